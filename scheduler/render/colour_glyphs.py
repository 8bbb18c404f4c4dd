"""Glyphs that bring their own colours: emoji, painted by HarfBuzz from the font's COLR table."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import uharfbuzz as hb

from scheduler.render.contrast import Pixels
from scheduler.render.layout.block import Placed
from scheduler.render.layout.face import Face, Ink
from scheduler.render.png import Rows

_KEPT = 128  # painted glyphs: 40 KB each at 100 px


class Painted(NamedTuple):
    colours: Pixels  # red, green, blue, each already multiplied by what covers
    rest: npt.NDArray[np.uint16]  # 255 less what covers
    left: int  # pixels from the glyph's origin
    top: int


def draw(placed: Placed, size: int, pixels: Pixels) -> Rows:
    """At whole pixels, so that a glyph is painted once for each size. What is outside is cut. It says which rows."""
    glyph, x, y = placed
    painted = _painted(glyph.face, glyph.id, glyph.ink, size)
    height, width, _ = painted.colours.shape
    left, top = round(x) + painted.left, round(y) + painted.top
    rows = slice(max(0, top), max(0, min(pixels.shape[0], top + height)))
    columns = slice(max(0, left), max(0, min(pixels.shape[1], left + width)))
    within = (slice(rows.start - top, rows.stop - top), slice(columns.start - left, columns.stop - left))
    below = pixels[rows, columns].astype(np.uint16)
    pixels[rows, columns] = (below * painted.rest[within] + 127) // 255 + painted.colours[within]
    return rows.start, rows.stop


@lru_cache(_KEPT)
def _painted(face: Face, glyph: int, ink: Ink, size: int) -> Painted:
    scale = size / face.em
    left, right = math.floor(ink.left * size) - 1, math.ceil(ink.right * size) + 1
    top, bottom = math.ceil(ink.top * size) + 1, math.floor(ink.bottom * size) - 1
    paint = hb.RasterPaint()
    paint.transform = (scale, 0, 0, scale, 0, 0)
    paint.extents = hb.RasterExtents(left, bottom, right - left, top - bottom)
    paint.paint_glyph(face.font, glyph)
    image = paint.render()
    rows = np.frombuffer(image.buffer, np.uint8).reshape(top - bottom, image.extents.stride // 4, 4)
    bgra = rows[::-1, : right - left]  # it counts rows from below
    colours = np.ascontiguousarray(bgra[..., 2::-1])
    return Painted(colours, 255 - bgra[..., 3:].astype(np.uint16), left, -top)
