"""What a drawing may hold: it is somebody's to edit, so it is read with suspicion.

It may not reach outside its folder, and what would come out differently from machine to machine is refused.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from PIL import Image

from scheduler.render.card_lines import LINE
from scheduler.render.photo import MOST_BYTES, MOST_PIXELS

_FORBIDDEN = {
    "script": ("a drawing runs nothing", "delete it"),
    "foreignObject": ("it would not be drawn", "draw it, or make it a slot"),
    "text": ("the art is drawn without fonts", "turn it into paths, or make it a slot"),
    "animate": ("a card does not move", "delete it"),
    "set": ("a card does not move", "delete it"),
}
_DEEPEST = 50  # resvg ends the process at some hundreds of groups in one another
_REACHES_OUT = re.compile(
    r"url\((?!\s*['\"]?\s*#)|@|\\", re.IGNORECASE
)  # at-rules and escapes in styles, too
_STYLES = frozenset({"style", "fill", "stroke", "filter", "mask", "clip-path"})
_EMBEDDED = re.compile(r"data:image/(?:png|jpeg|jpg|webp);base64,(.*)", re.DOTALL)
_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class Problem(NamedTuple):
    """What is wrong with a template, for the person who made it."""

    line: int
    what: str
    todo: str
    file: str = ""

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}: {self.todo}" if self.line else f"{self.what}: {self.todo}"


def tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def line(element: ET.Element) -> int:
    return int(element.get(LINE, "0"))


def problems(root: ET.Element, folder: Path) -> Iterator[Problem]:
    yield from _nesting(root)
    for element in root.iter():
        yield from _of(element, folder)


def _nesting(root: ET.Element) -> Iterator[Problem]:
    """Neither so deep that drawing it ends the process, nor so often used in itself that it never ends."""
    level, depth = [root], 1
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > _DEEPEST:
            yield Problem(line(level[0]), f"it is nested more than {_DEEPEST} deep", "flatten its groups")
            return
    using = {element.get("id") for element in root.iter() if any(tag(e) == "use" for e in element.iter())}
    for use in (element for element in root.iter() if tag(element) == "use"):
        if any(value.startswith("#") and value[1:] in using for value in use.attrib.values()):
            yield Problem(line(use), "a <use> shows another <use>", "draw one of them out")


def _of(element: ET.Element, folder: Path) -> Iterator[Problem]:
    name = tag(element)
    if name in _FORBIDDEN:
        why, todo = _FORBIDDEN[name]
        yield Problem(line(element), f"<{name}> is not allowed, {why}", todo)
    if name == "style" and _REACHES_OUT.search(element.text or ""):
        yield Problem(
            line(element), "its <style> reaches outside the drawing", "keep only plain rules and url(#names)"
        )
    for attribute, value in element.attrib.items():
        local = attribute.rpartition("}")[2]
        if local == "href" and name == "image":
            yield from _image(element, value, folder)
        elif (local == "href" and not value.startswith("#")) or (
            (local in _STYLES or "url(" in value.lower()) and _REACHES_OUT.search(value)
        ):
            shown = value if len(value) <= 60 else f"{value[:60]}…"
            yield Problem(
                line(element),
                f'{local}="{shown}" reaches outside the drawing',
                "only #names within it are allowed",
            )


def _image(element: ET.Element, reference: str, folder: Path) -> Iterator[Problem]:
    try:
        embedded(reference, folder)
    except ValueError as wrong:
        what, _, todo = str(wrong).partition(": ")
        yield Problem(line(element), what, todo)


def embedded(reference: str, folder: Path) -> str:
    """The picture of an <image> as a data: address: it is within the drawing, or in the template's assets/."""
    data = _bytes(reference, folder)
    try:
        with Image.open(io.BytesIO(data), formats=tuple(_TYPES)) as image:
            kind, pixels = image.format or "", image.width * image.height
    except (OSError, SyntaxError, ValueError) as wrong:
        raise ValueError("its <image> is no PNG, JPEG or WebP: export it again as one of these") from wrong
    if pixels > MOST_PIXELS or len(data) > MOST_BYTES:
        raise ValueError("its <image> is too large: export it at the size that the card shows it")
    return f"data:{_TYPES[kind]};base64,{base64.b64encode(data).decode()}"


def _bytes(reference: str, folder: Path) -> bytes:
    if found := _EMBEDDED.fullmatch(reference):
        try:
            return base64.b64decode("".join(found[1].split()), validate=True)
        except binascii.Error as wrong:
            raise ValueError("its <image> is not embedded properly: export the drawing again") from wrong
    assets = (folder / "assets").resolve()
    file = (folder / reference).resolve()
    if ":" in reference or not file.is_relative_to(assets):
        shown = reference if len(reference) <= 60 else f"{reference[:60]}…"
        raise ValueError(
            f'<image href="{shown}"> reaches outside the drawing: embed the picture, or put it into assets/ beside '
            "the drawing"
        )
    if not file.is_file():
        raise ValueError(f"there is no {reference}: put the picture into assets/ beside the drawing")
    return file.read_bytes()
