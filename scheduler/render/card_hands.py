"""Whoever fills in a drawing and makes pixels of it: this process for our own, another one for somebody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from PIL import Image

from scheduler.domain.errors import PullquoteError
from scheduler.render.art_cache import ArtCache
from scheduler.render.card_lines import marked
from scheduler.render.environment import fill
from scheduler.render.resvg import drawn

Files = Mapping[str, str]  # name within the template's folder -> text

_MOST_TEXT = 8_000_000  # characters of a template's drawings, with the pictures embedded in them
_MOST_ELEMENTS = 200_000  # and the ends of them


class Hands(NamedTuple):
    fill: Callable[[Files, str, Mapping[str, Any]], str]
    rasterise: Callable[[str], Image.Image]  # RGBA; ValueError where it cannot be drawn


def fill_in(files: Files, path: str, values: Mapping[str, Any]) -> str:
    """The drawing at `path`, filled in, each element with its line; it may include the others of its folder."""
    folder, _, name = path.rpartition("/")

    def load(other: str) -> tuple[str, str, Callable[[], bool]] | None:
        return (marked(files[other]), f"{folder}/{other}", lambda: True) if other in files else None

    templates = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load), undefined=StrictUndefined, autoescape=True
    )
    svg = fill(templates, name, values)
    if len(svg) > _MOST_TEXT or svg.count("<") > _MOST_ELEMENTS:
        raise PullquoteError(
            f"The template {path} becomes too large when it is filled in: make its loops shorter."
        )
    return svg


OWN = Hands(fill_in, drawn)


def keeping(hands: Hands, cache: ArtCache) -> Hands:
    """The same, but nothing is drawn twice."""

    def rasterise(svg: str) -> Image.Image:
        image = cache.get(svg)
        if image is None:
            image = hands.rasterise(svg)
            cache.put(svg, image)
        return image

    return Hands(hands.fill, rasterise)


def files_of(folder: Path) -> Files:
    """The drawings of a template: what is within its folder, and lies there itself."""
    root = folder.resolve()
    found = (file for file in sorted(folder.rglob("*.svg")) if file.resolve().is_relative_to(root))
    files: dict[str, str] = {}
    left = _MOST_TEXT
    for file in found:
        left -= file.stat().st_size
        if left < 0:
            raise PullquoteError(
                f"The template {folder} has more than {_MOST_TEXT // 1_000_000} MB of drawings: put its pictures "
                "into assets/."
            )
        files[file.relative_to(folder).as_posix()] = _text(file)
    return files


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as wrong:
        raise PullquoteError(f"The template {file} is not UTF-8: save it as UTF-8.") from wrong
