"""One cut of one font: what it covers, how it shapes, how tall it is. Measures are in ems, y points up."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

import regex
import uharfbuzz as hb

#: Shaped to nothing, or to a space of the right width, whether the font has them or not.
_NEEDS_NO_GLYPH = regex.compile(r"[\p{Default_Ignorable_Code_Point}\p{Zs}]")


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
    x: float  # of its origin, from the start of the text
    y: float  # of its origin, above the baseline
    ink: Ink


class Face:
    """A variable font held at one point of its axes."""

    def __init__(self, face: hb.Face, variations: Mapping[str, float]):
        self.font = hb.Font(face)
        self.font.set_variations(dict(variations))
        self.em: int = face.upem
        self._covers = frozenset(face.unicodes)
        self._inks: dict[int, Ink] = {}
        extents = self.font.get_font_extents("ltr")
        self.ascent: float = extents.ascender / self.em
        self.descent: float = -extents.descender / self.em
        cap = self.font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT)
        self.cap_height: float = cap / self.em

    def shows(self, cluster: str) -> bool:
        return self._has(cluster) or self._has(unicodedata.normalize("NFC", cluster))

    def _has(self, cluster: str) -> bool:
        return all(ord(c) in self._covers or _NEEDS_NO_GLYPH.match(c) for c in cluster)

    def shape(self, text: str, start: int, end: int, language: str, pen: float) -> tuple[list[Glyph], float]:
        """The glyphs of `text[start:end]`, shaped in its context from `pen` on, and where they leave it."""
        buffer = hb.Buffer()
        buffer.add_str(text, start, end - start)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        if language:
            buffer.language = language
        hb.shape(self.font, buffer)
        glyphs = []
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            x, y = pen + at.x_offset / self.em, at.y_offset / self.em
            glyphs.append(Glyph(self, info.codepoint, info.cluster, x, y, self._ink(info.codepoint)))
            pen += at.x_advance / self.em
        return glyphs, pen

    def _ink(self, glyph: int) -> Ink:
        if glyph not in self._inks:
            e = self.font.get_glyph_extents(glyph)
            edges = (e.x_bearing, e.x_bearing + e.width, e.y_bearing, e.y_bearing + e.height)
            self._inks[glyph] = Ink(*(edge / self.em for edge in edges))
        return self._inks[glyph]
