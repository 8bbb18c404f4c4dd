"""Pixels: static art from SVG, and the ink of glyphs on it."""

from __future__ import annotations

import io
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import resvg_py
import uharfbuzz as hb
from PIL import Image

from scheduler.render import png
from scheduler.render.contrast import Colour, Pixels
from scheduler.render.layout.block import Placed

_SPARE = 4  # canvases kept for each size: 7 MB each at 1080 × 1080


def rasterise(svg: str) -> Pixels:
    """ValueError where it is no SVG, or leaves a part of the canvas unpainted."""
    drawn = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    with Image.open(io.BytesIO(drawn)) as image:
        art = np.asarray(image.convert("RGBA"))
    if art[..., 3].min() < 255:
        raise ValueError("the background is not painted everywhere")
    return np.ascontiguousarray(art[..., :3])


class Canvas:
    """The pixels of one card and the rows of its PNG: made once, used for many cards of one size."""

    def __init__(self, width: int, height: int):
        self._pixels = np.empty((height, width, 3), np.uint8)
        self._bytes = self._pixels.reshape(-1)
        self._rows = png.rows_for(width, height)
        self._raster = hb.RasterDraw()

    def start(self, art: Pixels) -> None:
        np.copyto(self._pixels, art)

    def ink(self, glyphs: Sequence[Placed], size: int, colour: Colour) -> None:
        """What is outside the canvas is cut."""
        if not glyphs:
            return
        height, width, _ = self._pixels.shape
        first = max(0, math.floor(min(g.y - g.face.ink(g.id).top * size for g in glyphs)))
        end = min(height, math.ceil(max(g.y - g.face.ink(g.id).bottom * size for g in glyphs)))
        self._raster.reset()
        self._raster.extents = hb.RasterExtents(0, first, width, end - first, width)
        for glyph in glyphs:
            scale = size / glyph.face.em
            self._raster.transform = (scale, 0, 0, -scale, glyph.x, glyph.y)
            self._raster.draw_glyph(glyph.face.font, glyph.id)
        self._blend(np.frombuffer(self._raster.render().buffer, np.uint8), first * width, colour)

    def _blend(self, covered: Pixels, start: int, colour: Colour) -> None:
        """`covered` is how much of each pixel is ink, 0 to 255, from the pixel `start` on.

        Channel by channel, and only where there is ink: several times as fast as whole pixels.
        """
        inked = np.flatnonzero(covered != 0)
        share = covered[inked].astype(np.uint16)
        rest = 255 - share
        at = (inked + start) * 3
        for level in colour:
            mixed = self._bytes[at] * rest + share * np.uint16(level) + 128
            self._bytes[at] = (mixed + (mixed >> 8)) >> 8  # divided by 255, rounded
            at += 1

    def png(self) -> bytes:
        return png.encode(self._pixels, self._rows)


class Canvases:
    """Lends canvases, so that there are never more than cards being drawn at one time, and a few to spare."""

    def __init__(self) -> None:
        self._spare: defaultdict[tuple[int, int], list[Canvas]] = defaultdict(list)

    @contextmanager
    def lend(self, width: int, height: int) -> Iterator[Canvas]:
        spare = self._spare[width, height]
        try:
            canvas = spare.pop()
        except IndexError:
            canvas = Canvas(width, height)
        yield canvas
        if len(spare) < _SPARE:
            spare.append(canvas)
