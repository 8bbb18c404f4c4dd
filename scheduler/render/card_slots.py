"""The slots of a drawing: how designers name them, where they are, and whether they can be there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, get_args
from xml.etree import ElementTree as ET

from scheduler.render.card_manifest import PictureName, Size, TextName, Valign
from scheduler.render.card_safety import Problem, line, tag
from scheduler.render.layout.fit import Box

TEXTS: tuple[TextName, ...] = get_args(TextName)
PICTURES: tuple[PictureName, ...] = get_args(PictureName)

#: "slot:quote"; drawing programs add a number to a name that is there twice, and Illustrator hides the colon.
_NAME = re.compile(r"(?:(slot|if|unless)\s*(?::|_x3A_)\s*([a-z]+)|(scrim))(?:[ _-]?\d+)?")
_NAMED_BY = ("label", "data-name", "id")  # Inkscape's layers, Illustrator's, everyone's
_NUMBER = r"([-+]?[\d.]+(?:[eE][-+]?\d+)?)(?:px)?"
_SHIFTS = (
    re.compile(rf"translate\(\s*{_NUMBER}(?:[\s,]+{_NUMBER})?\s*\)"),
    re.compile(rf"matrix\(\s*1[\s,]+0[\s,]+0[\s,]+1[\s,]+{_NUMBER}[\s,]+{_NUMBER}\s*\)"),
)

#: What preserveAspectRatio says, as SVG itself says it of pictures: which side of its slot a logo stands at, and
#: where in it the lines of a text.
_SIDES = {"xMin": 0.0, "xMid": 0.5, "xMax": 1.0}
_HEIGHTS: Mapping[str, Valign] = {"YMin": "top", "YMid": "middle", "YMax": "bottom"}
_TOUCHING = 0.5  # pixels that two slots may share: a drawing's numbers are rounded

Shift = tuple[float, float]


class Name(NamedTuple):
    """What the name of an element asks for: ("slot", "quote"), ("if", "portrait"), ("scrim", "")."""

    role: str
    of: str


class Slot(NamedTuple):
    name: str
    box: Box
    rounded: float  # pixels: the radius of its corners; half its side makes a circle
    line: int
    side: float | None = None  # what the drawing says where a logo stands in it: 0 is left, 1 is right
    valign: Valign | None = None  # and where the lines of a text do

    def mirror(self, width: int) -> Slot:
        side = None if self.side is None else 1 - self.side
        return self._replace(box=self.box.mirror(width), side=side)


class Frame(NamedTuple):
    """How the units of a drawing become pixels of the card."""

    left: float
    top: float
    scale: float


class Wrong(ValueError):
    """A flaw of a drawing that leaves nothing to go on with."""

    def __init__(self, at: int, what: str, todo: str):
        self.problem = Problem(at, what, todo)
        super().__init__(what)


def name_of(element: ET.Element) -> Name | None:
    names = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
    for key in _NAMED_BY:
        if found := _NAME.fullmatch(names.get(key, "").strip()):
            return Name(found[1] or found[3], found[2] or "")
    return None


def shifted(element: ET.Element, shift: Shift | None) -> Shift | None:
    """`shift` and what the element adds to it. None where it does more than move."""
    transform = element.get("transform", "").strip()
    if not transform or shift is None:
        return shift
    for pattern in _SHIFTS:
        if found := pattern.fullmatch(transform):
            return shift[0] + float(found[1]), shift[1] + float(found[2] or 0)
    return None


def slot(element: ET.Element, name: str, shift: Shift | None, frame: Frame) -> Slot:
    """What a rectangle named slot:… says. `shift` is that of all groups around it and its own."""
    at = line(element)
    if name not in {*TEXTS, *PICTURES}:
        known = ", ".join((*TEXTS, *PICTURES))
        raise Wrong(at, f"there is no slot called {name}", f"take one of {known}")
    if shift is None:
        raise Wrong(at, f"slot:{name} or a group around it is turned or scaled", "flatten the transform")
    x, y, width, height, rounded = _measured(element, name)
    left, top, scale = frame
    box = Box((x + shift[0] - left) * scale, (y + shift[1] - top) * scale, width * scale, height * scale)
    stands = element.get("preserveAspectRatio", "")
    return Slot(name, box, rounded * scale, at, _SIDES.get(stands[:4]), _HEIGHTS.get(stands[4:8]))


def _measured(element: ET.Element, name: str) -> tuple[float, float, float, float, float]:
    kind = tag(element)
    if kind == "rect":
        x, y, width, height = (_number(element, name, key) for key in ("x", "y", "width", "height"))
        rounded = max(_number(element, name, "rx"), _number(element, name, "ry"))
        return x, y, width, height, min(rounded, width / 2, height / 2)
    if kind in {"circle", "ellipse"} and name in PICTURES:
        across, down = ("r", "r") if kind == "circle" else ("rx", "ry")
        rx, ry = _number(element, name, across), _number(element, name, down)
        x, y = _number(element, name, "cx") - rx, _number(element, name, "cy") - ry
        return x, y, 2 * rx, 2 * ry, min(rx, ry)
    shapes = "a rectangle or a circle" if name in PICTURES else "a rectangle"
    raise Wrong(line(element), f"slot:{name} is a <{kind}>", f"draw it as {shapes}")


def _number(element: ET.Element, name: str, key: str) -> float:
    value = element.get(key, "0").strip()
    try:
        return float(value.removesuffix("px"))
    except ValueError as wrong:
        raise Wrong(
            line(element), f'the {key} of slot:{name} is "{value}"', "give it in pixels, as a plain number"
        ) from wrong


def check(slots: Sequence[Slot], size: Size) -> None:
    for each in slots:
        box = each.box
        if box.width < 1 or box.height < 1:
            raise Wrong(each.line, f"slot:{each.name} is empty", "give it a width and a height")
        outside = (
            box.x < -0.5 or box.y < -0.5 or box.right > size.width + 0.5 or box.bottom > size.height + 0.5
        )
        if outside and each.name in TEXTS:
            raise Wrong(each.line, f"slot:{each.name} reaches over the edge of the card", "move or narrow it")
    for one, other in combinations(slots, 2):
        if one.name == other.name:
            todo = "delete one, or put each into a group named if:… or unless:…"
            raise Wrong(other.line, f"slot:{one.name} is there twice", todo)
        if one.box.inset(_TOUCHING).overlaps(other.box) and not {one.name, other.name} & {
            "photo",
            "portrait",
        }:
            raise Wrong(other.line, f"slot:{one.name} and slot:{other.name} overlap", "move them apart")
