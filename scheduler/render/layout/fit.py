"""The largest size at which a paragraph fits its box, and the lines it then has."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from scheduler.render.layout.paragraph import Paragraph
from scheduler.render.layout.wrap import Lines, Measure, balanced, greedy

_GIVE = 0.75  # of the largest size: how far it may shrink for better lines
_WORTH = 0.02  # of the size, that a line's price of 1 is worth


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
    align: str = "left"  # left | right
    valign: str = "top"  # top | middle | bottom

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
    words = paragraph.measure
    limit = _largest(paragraph, box, manner)
    if limit is None:
        return None
    tight, loose = box.width / limit, box.width / max(manner.smallest, limit * _GIVE)
    lines = len(greedy(words, tight))
    tried = (balanced(words, tight, lines), balanced(words, loose, lines), balanced(words, loose, lines - 1))
    found = [(_size(words, each, box, limit), each) for each in tried if each]
    size, best = max(found, key=lambda pair: pair[0] / limit - _WORTH * pair[1].price / len(pair[1].ends))
    return Fit(size, best.ends)


def _size(words: Measure, lines: Lines, box: Box, limit: int) -> int:
    widest = max(words.width(first, end) for first, end in pairwise([0, *lines.ends]))
    return min(limit, int(box.width / widest))


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
    return (paragraph.ascent + paragraph.descent) * size + (lines - 1) * manner.pitch(size)
