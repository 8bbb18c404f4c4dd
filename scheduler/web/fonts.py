"""The pages' two fonts: of those that draw the cards, the letters that pages need. Made when first asked for."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

import uharfbuzz as hb
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp

from scheduler.web.static_files import FOR_EVER


class Cut(NamedTuple):
    package: str
    file: str
    optical_size: float
    weights: tuple[float, float]


#: By name. A change of what is cut takes another number: browsers keep a font for a year.
CUTS = {
    "sans-1.ttf": Cut("fontpkg_inter", "Inter[opsz,wght].ttf", 14, (400, 700)),
    "serif-1.ttf": Cut("fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", 20, (400, 700)),
}
LETTERS = (  # Latin, punctuation, currencies and the arrows and marks of the pages; the rest is the system's
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x2010, 0x203A),
    (0x20AC, 0x20AC),
    (0x2190, 0x2193),
    (0x2212, 0x2212),
)
FEATURES = ("kern", "mark", "ccmp", "locl", "tnum", "calt")


def serve() -> ASGIApp:
    return GZipMiddleware(Router([Route("/{name}", _font)]))


def _font(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in CUTS:
        return Response(status_code=404)
    return Response(cut(name), media_type="font/ttf", headers={"Cache-Control": FOR_EVER})


@cache
def cut(name: str) -> bytes:
    """Without its names: what is cut from a font must not be called by a name that is reserved for the whole."""
    wanted = CUTS[name]
    with resources.as_file(resources.files(wanted.package).joinpath("files", wanted.file)) as path:
        face = hb.Face(hb.Blob.from_file_path(str(path)))
        ask = hb.SubsetInput()
        for first, last in LETTERS:
            ask.unicode_set.update(range(first, last + 1))
        ask.flags = hb.SubsetFlags.NO_HINTING
        ask.name_id_set.clear()
        features = ask.layout_feature_tag_set
        features.clear()
        features.update(sum(ord(c) << 8 * (3 - i) for i, c in enumerate(tag)) for tag in FEATURES)
        ask.pin_axis_location(face, "opsz", wanted.optical_size)
        ask.set_axis_range(face, "wght", *wanted.weights, 400)
        return bytes(hb.subset(face, ask).blob.data)
