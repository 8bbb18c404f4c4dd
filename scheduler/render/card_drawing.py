"""The `card.svg` of a card template: an ordinary drawing, in which a rectangle named `slot:quote` is a text box.

What it draws lies in layers, from the ground up: art, a picture's slot, more art, the scrim; and, above the
texts, whatever comes after the last slot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree as ET

from scheduler.domain.errors import PullquoteError
from scheduler.render import card_safety, card_slots
from scheduler.render.card_lines import LINE
from scheduler.render.card_manifest import Size, TextName, Valign
from scheduler.render.card_safety import Problem, line, tag
from scheduler.render.card_slots import TEXTS, Frame, Shift, Slot, Wrong, name_of, shifted
from scheduler.render.card_source import Filled
from scheduler.render.layout.fit import Box

_GROUPS = frozenset({"g", "svg", "a"})
_KEPT = frozenset("defs style clipPath mask linearGradient radialGradient pattern filter symbol".split())
_SHAPE = 0.02  # how far the proportions of a drawing may be from the card's


class Art(NamedTuple):
    svg: str
    is_scrim: bool = False


class Drawing(NamedTuple):
    under: tuple[Art | Slot, ...]  # from the ground up; the slots are those of pictures
    over: Art | None  # above the texts
    boxes: Mapping[TextName, Box]  # of the text slots
    valigns: Mapping[TextName, Valign] = {}  # of those for which it says where their lines stand
    mirrored: bool = False  # its slots have changed sides, and its art will

    def mirror(self, width: int) -> Drawing:
        """For a language that is written from the right."""
        under = tuple(each.mirror(width) if isinstance(each, Slot) else each for each in self.under)
        boxes = {of: box.mirror(width) for of, box in self.boxes.items()}
        return self._replace(under=under, boxes=boxes, mirrored=True)


class Flawed(PullquoteError):
    """A drawing with problems."""

    def __init__(self, filled: Filled, problems: Sequence[Problem]):
        self.problems = [problem._replace(file=filled.file.name) for problem in problems]
        super().__init__(f"the template {filled.file}, {problems[0]}")


def draw(filled: Filled, size: Size, there: frozenset[str] = frozenset()) -> Drawing:
    """`there` is what the card has: it decides which `if:` and `unless:` parts are drawn."""
    root = _parsed(filled)
    if found := list(card_safety.problems(root, filled.file.parent)):
        raise Flawed(filled, found)
    try:
        return _drawing(root, filled, size, there)
    except Wrong as wrong:
        raise Flawed(filled, [wrong.problem]) from wrong


def _parsed(filled: Filled) -> ET.Element:
    svg = re.sub(r"<!DOCTYPE[^\[>]*>", _blank, filled.svg)  # as Inkscape writes it: it declares nothing
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise Flawed(filled, [Problem(1, "it declares entities", "remove its document type")])
    try:
        return ET.fromstring(svg)  # noqa: S314  without a document type there are no entities
    except ET.ParseError as wrong:
        what = f"it is not well-formed ({wrong.msg.partition(':')[0]})"
        problem = Problem(filled.line_of(*wrong.position), what, "close each element, and write & as &amp;")
        raise Flawed(filled, [problem]) from wrong


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _drawing(root: ET.Element, filled: Filled, size: Size, there: frozenset[str]) -> Drawing:
    frame = _fit_to(root, size)
    _choose(root, there)
    _embed(root, filled)
    slots: list[Slot] = []
    under: list[Art | Slot] = []
    below: list[ET.Element] = []  # art that lies under the texts, and
    above: list[ET.Element] = []  # what does not unless another slot follows
    for element, shift in _walk(root, shifted(root, (0, 0))):
        name = name_of(element)
        if name is None or name.role not in {"slot", "scrim"}:
            above.append(element)
            continue
        below, above = below + above, []
        if name.role == "slot":
            slots.append(card_slots.slot(element, name.of, shift, frame))
            if name.of in TEXTS:
                continue
        scrim = _art(root, [element], is_scrim=True) if name.role == "scrim" else ()
        under += [*_art(root, below), *(scrim or slots[-1:])]
        below = []
    card_slots.check(slots, size)
    texts = {text: each for text in TEXTS for each in slots if each.name == text}
    boxes = {text: each.box for text, each in texts.items()}
    valigns = {text: each.valign for text, each in texts.items() if each.valign}
    return Drawing((*under, *_art(root, below)), next(iter(_art(root, above)), None), boxes, valigns)


def _fit_to(root: ET.Element, size: Size) -> Frame:
    """Make the drawing as large as the card, and say how its units become pixels."""
    left, top, width, height = _view(root)
    if abs(width / height - size.width / size.height) > _SHAPE * size.width / size.height:
        what = f"it is {width:g} × {height:g}, and the card {size.width} × {size.height}"
        raise Wrong(line(root), what, "draw it in the card's shape, or add a drawing for it: card@9x16.svg")
    root.set("viewBox", f"{left} {top} {width} {height}")
    root.set("width", str(size.width))
    root.set("height", str(size.height))
    root.set("preserveAspectRatio", "none")
    return Frame(left, top, size.width / width)


def _view(root: ET.Element) -> tuple[float, float, float, float]:
    given = root.get("viewBox", "").replace(",", " ").split()
    try:
        sides = given or ["0", "0", *(root.attrib[key].removesuffix("px") for key in ("width", "height"))]
        left, top, width, height = map(float, sides)
    except (KeyError, ValueError) as wrong:
        raise Wrong(line(root), "it does not say how large it is", "give <svg> a viewBox") from wrong
    if width <= 0 or height <= 0:
        raise Wrong(line(root), "it has no size", "give <svg> a viewBox")
    return left, top, width, height


def _choose(element: ET.Element, there: frozenset[str]) -> None:
    """Take away what is only for cards that have something else."""
    for child in list(element):
        name = name_of(child)
        if name and name.role in {"if", "unless"} and (name.of in there) != (name.role == "if"):
            element.remove(child)
        else:
            _choose(child, there)


def _embed(root: ET.Element, filled: Filled) -> None:
    for element in root.iter():
        if tag(element) == "image":
            for key in [key for key in element.attrib if key.rpartition("}")[2] == "href"]:
                element.set(key, card_safety.embedded(element.attrib[key], filled.file.parent))


def _walk(element: ET.Element, shift: Shift | None) -> Iterator[tuple[ET.Element, Shift | None]]:
    """What the drawing is made of, from the ground up: a group is one thing unless a slot is in it."""
    for child in element:
        moved = shifted(child, shift)
        if tag(child) in _GROUPS and not _has_role(child) and any(map(_has_role, child.iter())):
            yield from _walk(child, moved)
        elif tag(child) not in _KEPT:
            yield child, moved


def _has_role(element: ET.Element) -> bool:
    name = name_of(element)
    return name is not None and name.role in {"slot", "scrim"}


def _art(root: ET.Element, elements: Sequence[ET.Element], *, is_scrim: bool = False) -> Sequence[Art]:
    """Those elements of the drawing as one of their own, in their groups; none where there are none."""
    chosen = set(map(id, elements))
    portion = _portion(root, chosen) if chosen else None
    return [Art(ET.tostring(portion, encoding="unicode"), is_scrim)] if portion is not None else []


def _portion(element: ET.Element, chosen: set[int]) -> ET.Element | None:
    if id(element) in chosen or tag(element) in _KEPT:
        return element
    inside = [part for child in element if (part := _portion(child, chosen)) is not None]
    if not any(tag(part) not in _KEPT for part in inside):
        return None
    copy = ET.Element(element.tag, {key: value for key, value in element.attrib.items() if key != LINE})
    copy.extend(inside)
    return copy
