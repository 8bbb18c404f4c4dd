"""A paragraph in its place: which glyph goes where, in pixels."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from scheduler.render.layout.face import Glyph
from scheduler.render.layout.fit import Box, Fit, Manner, height
from scheduler.render.layout.paragraph import Paragraph, Word


class Placed(NamedTuple):
    glyph: Glyph
    x: float  # of its origin, in pixels from the top left corner of the card
    y: float


@dataclass(frozen=True)
class Block:
    size: int
    lines: tuple[str, ...]
    glyphs: tuple[Placed, ...]

    @property
    def left(self) -> float:
        """Where its ink starts, with the marks that hang."""
        return min(placed.x + placed.glyph.ink.left * self.size for placed in self.glyphs)


def place(paragraph: Paragraph, found: Fit, box: Box, manner: Manner) -> Block:
    size, pitch = found.size, manner.pitch(found.size)
    first_baseline = _first_baseline(paragraph, found, box, manner)
    lines: list[str] = []
    glyphs: list[Placed] = []
    for number, (first, end) in enumerate(pairwise([0, *found.ends])):
        words = paragraph.words[first:end]
        lines.append(paragraph.text[words[0].start : words[-1].start + len(words[-1].text)])
        left = _left(paragraph, first, end, size, box, manner)
        glyphs += _line(words, size, left, first_baseline + number * pitch)
    return Block(size, tuple(lines), tuple(glyphs))


def _first_baseline(paragraph: Paragraph, found: Fit, box: Box, manner: Manner) -> float:
    """In the middle is where capitals and the last baseline are as far from the box's edges: what the eye sees."""
    lines = len(found.ends)
    highest = box.y + paragraph.ascent * found.size
    lowest = highest + box.height - height(paragraph, manner, found.size, lines)
    if manner.valign == "top":
        return highest
    if manner.valign == "bottom":
        return lowest
    capitals = paragraph.face.cap_height * found.size
    seen = capitals + (lines - 1) * manner.pitch(found.size)
    centred = box.y + (box.height - seen) / 2 + capitals
    return min(max(centred, highest), lowest)


def _left(paragraph: Paragraph, first: int, end: int, size: int, box: Box, manner: Manner) -> float:
    """Where the text's own zero falls, so that this line's ink meets the edge it is aligned to."""
    words = paragraph.measure
    if manner.align == "right":
        return box.right - words.right[end - 1] * size
    return box.x - words.left[first] * size


def _line(words: list[Word], size: int, left: float, baseline: float) -> list[Placed]:
    return [Placed(g, left + g.x * size, baseline - g.y * size) for word in words for g in word.glyphs]
