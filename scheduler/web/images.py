"""Images for networks that fetch them themselves. An address is its own key: signed, and good for a time."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from scheduler.bootstrap import Pullquote
from scheduler.domain.errors import NotFound
from scheduler.services import public
from scheduler.store import assets

LONGEST = 365 * 24 * 3600  # seconds that a cache is asked to keep an image


def routes(app: Pullquote) -> APIRouter:
    router = APIRouter()

    @router.api_route("/i/{name}", methods=["GET", "HEAD"])
    def image(name: str) -> Response:
        found = public.opened(app.vault, name.rpartition(".")[0], app.clock())
        return _answer(app, *found) if found else _gone()

    return router


def _answer(app: Pullquote, digest: str, seconds: int) -> Response:
    with app.reading() as session:
        try:
            asset = assets.get(session, digest)
        except NotFound:
            return _gone()
    headers = {
        "Cache-Control": f"public, max-age={min(seconds, LONGEST)}, immutable",
        "ETag": f'"{digest}"',
        "Cross-Origin-Resource-Policy": "cross-origin",  # Teams shows it on its own pages
    }
    return Response(asset.data, media_type=asset.type, headers=headers)


def _gone() -> Response:
    """The same for a wrong signature, an old one and a lost image: the answer tells nobody anything."""
    return Response("There is no such image, or its address is no longer good.", 404, media_type="text/plain")
