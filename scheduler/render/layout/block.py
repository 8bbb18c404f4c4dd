"""A paragraph in its place: which glyph goes where, in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from scheduler.render.layout import bidi
from scheduler.render.layout.face import Cluster, Glyph
from scheduler.render.layout.fit import Box, Fit, Manner, extent, height, pitch
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

    @property
    def right(self) -> float:
        return max(placed.x + placed.glyph.ink.right * self.size for placed in self.glyphs)


def place(paragraph: Paragraph, found: Fit, box: Box, manner: Manner) -> Block:
    step, baseline = pitch(paragraph, manner, found.size), _first_baseline(paragraph, found, box, manner)
    lines: list[str] = []
    glyphs: list[Placed] = []
    for number, (first, end) in enumerate(pairwise([0, *found.ends])):
        words = paragraph.words[first:end]
        lines.append(_said(paragraph.text, words))
        left = _left(paragraph, first, end, found.size, box, manner)
        glyphs += _line(_shown(paragraph, words), found.size, left, baseline + number * step)
    return Block(found.size, tuple(lines), tuple(glyphs))


def _said(text: str, words: Sequence[Word]) -> str:
    end = words[-1].start + len(words[-1].text)
    return text[words[0].start : end] + "‐" * words[-1].divided


def _shown(paragraph: Paragraph, words: Sequence[Word]) -> list[Cluster]:
    """The clusters of a line from left to right."""
    clusters = paragraph.clusters[words[0].first : words[-1].after]
    if words[-1].divided:
        clusters = [*clusters, *(each.at(words[-1].start) for each in paragraph.hyphen)]
    levels = [cluster.level for cluster in clusters]
    return [clusters[at] for at in bidi.visual(levels)] if any(levels) else clusters


def _first_baseline(paragraph: Paragraph, found: Fit, box: Box, manner: Manner) -> float:
    """In the middle is where the letters' tops and feet are as far from the box's edges: what the eye sees."""
    lines, size = len(found.ends), found.size
    highest = box.y + extent(paragraph, manner)[0] * size
    lowest = highest + box.height - height(paragraph, manner, size, lines)
    if manner.valign == "top":
        return highest
    if manner.valign == "bottom":
        return lowest
    if manner.valign == "ink":
        return (highest + lowest) / 2
    seen = (paragraph.rise + paragraph.fall) * size + (lines - 1) * pitch(paragraph, manner, size)
    centred = box.y + (box.height - seen) / 2 + paragraph.rise * size
    return min(max(centred, highest), lowest)


def _left(paragraph: Paragraph, first: int, end: int, size: int, box: Box, manner: Manner) -> float:
    """Where the line's own left edge falls, so that its ink meets the edge of the box that it is aligned to.

    "left" is the side that lines start at, "right" the other: in Arabic and Hebrew they change places.
    """
    measure, words = paragraph.measure, paragraph.words
    start, stop = paragraph.at[words[first].first], paragraph.at[words[end - 1].after]
    before, ink = measure.left[first] - start, measure.right[end - 1] - start
    if paragraph.leftward:  # the line's right edge is where it starts
        width = (stop - start) * size
        at_left, at_right = box.x + ink * size - width, box.right + before * size - width
    else:
        at_left, at_right = box.x - before * size, box.right - ink * size
    if manner.align == "center":
        return (at_left + at_right) / 2
    return at_right if (manner.align == "right") != paragraph.starts_right else at_left


def _line(clusters: Sequence[Cluster], size: int, left: float, baseline: float) -> list[Placed]:
    edges = accumulate((cluster.advance for cluster in clusters), initial=0.0)
    return [
        Placed(glyph, left + (edge + glyph.x) * size, baseline - glyph.y * size)
        for cluster, edge in zip(clusters, edges, strict=False)
        for glyph in cluster.glyphs
    ]
