"""One cut of one font: what it covers, how it shapes, how tall it is. Measures are in ems, y points up."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

import regex
import uharfbuzz as hb

#: Shaped to nothing, or to a space of the right width, whether the font has them or not. Not the overrides of
#: direction: they can make a name read backwards.
_NEEDS_NO_GLYPH = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Zs}--\u202d\u202e]", regex.VERSION1)


class Ink(NamedTuple):
    """What a glyph draws, from its origin."""

    left: float
    right: float
    top: float
    bottom: float


class Glyph(NamedTuple):
    face: Face
    id: int
    start: int  # the code point of the text that it comes from
    x: float  # of its origin, from the left edge of its cluster
    y: float  # of its origin, above the baseline
    ink: Ink


class Cluster(NamedTuple):
    """Glyphs that stand and fall together, and the code points that they show."""

    start: int
    level: int  # odd where it runs from right to left
    advance: float
    glyphs: tuple[Glyph, ...]

    def at(self, start: int) -> Cluster:
        return self._replace(start=start, glyphs=tuple(g._replace(start=start) for g in self.glyphs))

    @property
    def left(self) -> float:
        return min(glyph.x + glyph.ink.left for glyph in self.glyphs)

    @property
    def right(self) -> float:
        return max(glyph.x + glyph.ink.right for glyph in self.glyphs)


class Face:
    """A font held at one point of its axes. It is opened when it is first asked for a glyph.

    `scripts` matches what it is asked for at all; `scale` evens its letters with those of other scripts; its lines
    need `leading` ems; `bolder`, in ems, thickens a font that comes in one weight only.
    """

    def __init__(
        self,
        opened: Callable[[], hb.Face],
        variations: Mapping[str, float],
        *,
        scripts: regex.Pattern[str] | None = None,
        scale: float = 1.0,
        leading: float = 0.0,
        colour: bool = False,
        bolder: float = 0.0,
    ):
        self._opened, self._variations = opened, variations
        self._scripts, self._scale = scripts, scale
        self.leading, self.colour, self._bolder = leading, colour, bolder
        self._inks: dict[int, Ink] = {}

    @cached_property
    def font(self) -> hb.Font:
        font = hb.Font(self._opened())
        font.set_variations(dict(self._variations))
        if self._bolder:
            font.synthetic_bold = (self._bolder, self._bolder, True)  # in place: the squares stay
        return font

    @cached_property
    def em(self) -> float:
        """In the font's units."""
        return float(self.font.face.upem / self._scale)

    @cached_property
    def ascent(self) -> float:
        return float(self.font.get_font_extents("ltr").ascender / self.em)

    @cached_property
    def descent(self) -> float:
        return float(-self.font.get_font_extents("ltr").descender / self.em)

    @cached_property
    def cap_height(self) -> float:
        return float(self.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT) / self.em)

    @property
    def of_capitals(self) -> bool:
        """Whether its letters have the height of capitals, by which the eye centres them."""
        return self._scripts is None

    def shows(self, cluster: str) -> bool:
        if self._scripts is not None and not self._scripts.search(cluster):
            return False
        return self._has(cluster) or self._has(unicodedata.normalize("NFC", cluster))

    def _has(self, cluster: str) -> bool:
        nominal = self.font.get_nominal_glyph
        return all(_NEEDS_NO_GLYPH.match(c) or nominal(ord(c)) for c in cluster)

    def shape(self, text: str, start: int, end: int, language: str, level: int = 0) -> list[Cluster]:
        """`text[start:end]` in its context, in the order in which it is read."""
        buffer = hb.Buffer()
        buffer.add_str(text, start, end - start)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if level % 2 else "ltr"
        if language:
            buffer.language = language
        hb.shape(self.font, buffer)
        shaped = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        clusters = [
            self._cluster(at, level, list(parts))
            for at, parts in groupby(shaped, key=lambda each: each[0].cluster)
        ]
        return clusters[::-1] if level % 2 else clusters

    def _cluster(
        self, start: int, level: int, shaped: list[tuple[hb.GlyphInfo, hb.GlyphPosition]]
    ) -> Cluster:
        em, pen, glyphs = self.em, 0, []
        for info, at in shaped:
            x, y = (pen + at.x_offset) / em, at.y_offset / em
            glyphs.append(Glyph(self, info.codepoint, start, x, y, self._ink(info.codepoint)))
            pen += at.x_advance
        return Cluster(start, level, pen / em, tuple(glyphs))

    def _ink(self, glyph: int) -> Ink:
        if glyph not in self._inks:
            e = self.font.get_glyph_extents(glyph)
            edges = (e.x_bearing, e.x_bearing + e.width, e.y_bearing, e.y_bearing + e.height)
            self._inks[glyph] = Ink(*(edge / self.em for edge in edges))
        return self._inks[glyph]
