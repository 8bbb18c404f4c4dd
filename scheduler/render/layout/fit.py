"""The largest size at which a paragraph fits its box, and the lines it then has."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from scheduler.render.layout.paragraph import Paragraph
from scheduler.render.layout.wrap import Lines, Measure, balanced, greedy

_GIVES = (0.92, 0.84, 0.75)  # of the largest size: what it may shrink to for better lines
_PRICE = 0.0105  # of the size, that a price of 1 is worth
_LINE = 0.012  # and a line more
_EMPTY = 0.1  # and all of the box's width, if it were left empty beside the lines
_SPARED = 4.0  # what a line more must spare
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Box:
    """Pixels from the top left corner of the card."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def overlaps(self, other: Box) -> bool:
        beside = self.right <= other.x or other.right <= self.x
        return not (beside or self.bottom <= other.y or other.bottom <= self.y)

    def inset(self, by: float) -> Box:
        return Box(self.x + by, self.y + by, self.width - 2 * by, self.height - 2 * by)

    def mirror(self, width: float) -> Box:
        """On the other side of a card that is so wide."""
        return Box(width - self.right, self.y, self.width, self.height)

    def beside(self, other: Box) -> float:
        """How much of the lower one's height the two share."""
        shared = min(self.bottom, other.bottom) - max(self.y, other.y)
        return shared / min(self.height, other.height)

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Box(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)


@dataclass(frozen=True)
class Manner:
    """How text behaves in its box."""

    smallest: int  # pixels to the em: the least that can be read
    largest: int
    leading: tuple[float, float] = (1.25, 1.15)  # ems from baseline to baseline, at those two sizes
    lines: int | None = None  # at most
    align: str = "left"  # left | center | right
    valign: str = "top"  # top | middle | bottom | ink

    def pitch(self, size: int) -> float:
        """Pixels from baseline to baseline: the larger the type, the closer its lines."""
        loose, close = self.leading
        share = (size - self.smallest) / max(1, self.largest - self.smallest)
        return size * (loose + (close - loose) * share)


class Fit(NamedTuple):
    size: int
    ends: tuple[int, ...]  # of each line, in words


def fit(paragraph: Paragraph, box: Box, manner: Manner) -> Fit | None:
    """The largest size, or one a little smaller where that makes much better lines.

    None where even the smallest size is too large.
    """
    limit = _largest(paragraph, box, manner)
    if limit is None:
        return None
    found = [
        (_size(paragraph, lines, box, manner, limit), lines)
        for lines in _candidates(paragraph.measure, box.width / limit, manner)
    ]
    good = [pair for pair in found if pair[0] >= min(limit, manner.smallest)]
    size, best = max(good, key=lambda pair: pair[0] / limit - _cost(paragraph, pair[0], pair[1], box))
    return Fit(size, best.ends)


def _cost(paragraph: Paragraph, size: int, lines: Lines, box: Box) -> float:
    """Of the size, what these lines cost."""
    empty = 1 - _widest(paragraph, lines) * size / box.width
    return _PRICE * lines.price + _LINE * len(lines.ends) + _EMPTY * empty


def _widest(paragraph: Paragraph, lines: Lines) -> float:
    """In ems."""
    return max(paragraph.measure.width(first, end) for first, end in pairwise([0, *lines.ends]))


def _candidates(words: Measure, tight: float, manner: Manner) -> list[Lines]:
    """Lines that fit at the largest size, or at one that gives a little for better ones, or for one more or less."""
    count = len(greedy(words, tight))
    if count == 1:
        return [Lines(0.0, (len(words),))]
    found = [lines for give in (1, *_GIVES) if (lines := balanced(words, tight / give, count))]
    fewer, more = (balanced(words, tight / _GIVES[-1], count + by) for by in (-1, 1))
    if more and (manner.lines is None or count < manner.lines):
        found += [more] * (more.price + _SPARED < min(lines.price for lines in found))
    return [*found, fewer] if fewer else found


def _size(paragraph: Paragraph, lines: Lines, box: Box, manner: Manner, limit: int) -> int:
    """The largest at which these lines fit."""
    size = min(limit, int(box.width / _widest(paragraph, lines) + _ROUNDING))
    while height(paragraph, manner, size, len(lines.ends)) > box.height:
        size -= 1
    return size


def _largest(paragraph: Paragraph, box: Box, manner: Manner) -> int | None:
    sizes = range(manner.smallest, manner.largest + 1)
    fitting = bisect_left(sizes, True, key=lambda size: not _goes(paragraph, box, manner, size))
    return sizes[fitting - 1] if fitting else None


def _goes(paragraph: Paragraph, box: Box, manner: Manner, size: int) -> bool:
    words, room = paragraph.measure, box.width / size
    ends = greedy(words, room)
    if manner.lines is not None and len(ends) > manner.lines:
        return False
    return height(paragraph, manner, size, len(ends)) <= box.height and all(
        words.width(first, end) <= room for first, end in pairwise([0, *ends])
    )


def height(paragraph: Paragraph, manner: Manner, size: int, lines: int) -> float:
    """In pixels, from the top of the first line, accents and all, to the foot of the last one."""
    above, below = extent(paragraph, manner)
    return (above + below) * size + (lines - 1) * pitch(paragraph, manner, size)


def extent(paragraph: Paragraph, manner: Manner) -> tuple[float, float]:
    """Ems that a line takes above its baseline and below: a mark alone, only those of its ink."""
    return paragraph.ink if manner.valign == "ink" else (paragraph.ascent, paragraph.descent)


def pitch(paragraph: Paragraph, manner: Manner, size: int) -> float:
    """As the manner says, or as far apart as the tallest script in the text needs its lines."""
    return max(manner.pitch(size), paragraph.leading * size)
