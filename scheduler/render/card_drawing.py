"""The `card.svg` of a card template: an ordinary drawing, in which a rectangle named `slot:quote` is a text box.

A drawing is somebody's to edit, so it is read with suspicion: it may not reach outside itself, and what would
come out differently from machine to machine is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_manifest import Size
from scheduler.render.contrast import Colour
from scheduler.render.environment import fill
from scheduler.render.layout.fit import Box

FILE = "card.svg"

_SLOT = "slot:"
_FORBIDDEN = {
    "script": "a drawing runs nothing",
    "foreignObject": "it would not be drawn",
    "style": "set properties on the elements themselves",
    "image": "draw it, or trace it to paths",
    "text": "make it paths, or a slot: the art is drawn without fonts",
}
_DEEPEST = 50  # resvg ends the process at some hundreds of groups in one another
_REACHES_OUT = re.compile(r"url\(\s*['\"]?(?!#)", re.IGNORECASE)


class Drawing(NamedTuple):
    art: str  # the SVG without its slots
    boxes: dict[str, Box]


def draw(folder: Path, size: Size, colours: Mapping[str, Colour]) -> Drawing:
    templates = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=True
    )
    brand = {role: "#{:02x}{:02x}{:02x}".format(*colour) for role, colour in colours.items()}
    svg = fill(templates, FILE, {**size.numbers, "brand": brand})
    try:
        return _split(svg, size)
    except (ValueError, ET.ParseError) as wrong:
        raise PullquoteError(f"the template {folder / FILE}: {wrong}") from wrong


def _split(svg: str, size: Size) -> Drawing:
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise ValueError("remove its document type: a drawing needs none")
    root = ET.fromstring(svg)  # noqa: S314  without a document type there are no entities
    _check_nesting(root)
    if (root.get("width"), root.get("height")) != (str(size.width), str(size.height)):
        raise ValueError(f"its width and height must be the size's own, {size.width} and {size.height}")
    for element in root.iter():
        _look_at(element)
    boxes = dict(_take_slots(root))
    _check(boxes, size)
    return Drawing(ET.tostring(root, encoding="unicode"), boxes)


def _check_nesting(root: ET.Element) -> None:
    """Neither so deep that drawing it ends the process, nor so often used in itself that it never ends."""
    level, depth = [root], 1
    while level := [child for element in level for child in element]:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError(f"it is nested more than {_DEEPEST} deep: flatten its groups")
    using = {element.get("id") for element in root.iter() if any(map(_is_use, element.iter()))}
    for use in filter(_is_use, root.iter()):
        if any(value.startswith("#") and value[1:] in using for value in use.attrib.values()):
            raise ValueError("a <use> shows another <use>: draw one of them out")


def _look_at(element: ET.Element) -> None:
    tag = _tag(element)
    if tag in _FORBIDDEN:
        raise ValueError(f"<{tag}> is not allowed: {_FORBIDDEN[tag]}")
    for name, value in element.attrib.items():
        link = name.rpartition("}")[2] == "href" and not value.startswith("#")
        if link or _REACHES_OUT.search(value):
            raise ValueError(
                f'{name}="{value}" reaches outside the drawing: only #names within it are allowed'
            )


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_use(element: ET.Element) -> bool:
    return _tag(element) == "use"


def _take_slots(element: ET.Element) -> Iterator[tuple[str, Box]]:
    """Take the slots out of the drawing and yield where they are."""
    for child in list(element):
        name = child.get("id", "")
        if name.startswith(_SLOT):
            element.remove(child)
            yield name.removeprefix(_SLOT), _box(child)
        elif inside := list(_take_slots(child)):
            if "transform" in child.attrib:
                raise ValueError(
                    f"slot:{inside[0][0]} is in a group that is transformed: flatten the transform"
                )
            yield from inside


def _box(rectangle: ET.Element) -> Box:
    name = rectangle.get("id")
    if "transform" in rectangle.attrib:
        raise ValueError(f"{name} is transformed: flatten the transform")
    try:
        x, y, width, height = (float(rectangle.attrib[k]) for k in ("x", "y", "width", "height"))
    except (KeyError, ValueError) as wrong:
        raise ValueError(f"{name} must be a rectangle with x, y, width and height in pixels") from wrong
    return Box(x, y, width, height)


def _check(boxes: Mapping[str, Box], size: Size) -> None:
    for name, box in boxes.items():
        if box.x < 0 or box.y < 0 or box.right > size.width or box.bottom > size.height:
            raise ValueError(f"slot:{name} reaches over the edge of the card")
    for (name, box), (other, its) in combinations(boxes.items(), 2):
        if box.overlaps(its):
            raise ValueError(f"slot:{name} and slot:{other} overlap")
