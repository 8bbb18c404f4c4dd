"""The pixels of a card: art, the ink of glyphs on it, and art above that."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import uharfbuzz as hb
from PIL import Image

from scheduler.render import colour_glyphs
from scheduler.render.contrast import Colour, Pixels
from scheduler.render.flat_art import FlatArt
from scheduler.render.layout.block import Placed
from scheduler.render.output import Card, Output, encode
from scheduler.render.png import Bands, Rows

_TRACE = 1  # pixels beside a glyph's own box that a smooth edge may touch
_SPARE = 4  # canvases kept: 4 MB each once they have drawn 1080 × 1350


class Canvas:
    """The pixels of one card at a time, in memory that is used for many."""

    def __init__(self) -> None:
        self._memory = np.empty(0, np.uint8)
        self._changed: list[Rows] = []
        self._pixels: Pixels = np.empty((0, 0, 3), np.uint8)
        self._raster = hb.RasterDraw()

    def start(self, art: Pixels | FlatArt) -> None:
        self._changed = []
        size = math.prod(art.shape)
        if self._memory.size < size:
            self._memory = np.empty(size, np.uint8)
        self._pixels = self._memory[:size].reshape(art.shape)
        if isinstance(art, FlatArt):
            art.into(self._pixels)
        else:
            np.copyto(self._pixels, art)

    def ink(self, glyphs: Sequence[Placed], size: int, colour: Colour) -> None:
        """What is outside the canvas is cut."""
        for placed in glyphs:
            if placed.glyph.face.colour:
                self._changed.append(colour_glyphs.draw(placed, size, self._pixels))
        self._draw([placed for placed in glyphs if not placed.glyph.face.colour], size, colour)

    def _draw(self, glyphs: Sequence[Placed], size: int, colour: Colour) -> None:
        if not glyphs:
            return
        height, width, _ = self._pixels.shape
        top = max(0, math.floor(min(y - glyph.ink.top * size for glyph, _, y in glyphs)))
        bottom = min(height, math.ceil(max(y - glyph.ink.bottom * size for glyph, _, y in glyphs)))
        left = max(0, math.floor(min(x + glyph.ink.left * size for glyph, x, _ in glyphs)) - _TRACE)
        right = min(width, math.ceil(max(x + glyph.ink.right * size for glyph, x, _ in glyphs)) + _TRACE)
        if left >= right or top >= bottom:
            return
        self._changed.append((top, bottom))
        self._raster.reset()
        self._raster.extents = hb.RasterExtents(left, top, right - left, bottom - top, width)
        for glyph, x, y in glyphs:
            scale = size / glyph.face.em
            self._raster.transform = (scale, 0, 0, -scale, x, y)
            self._raster.draw_glyph(glyph.face.font, glyph.id)
        self._blend(np.frombuffer(self._raster.render().buffer, np.uint8), top * width + left, colour)

    def _blend(self, covered: Pixels, start: int, colour: Colour) -> None:
        """`covered` is how much of each pixel is ink, 0 to 255, from the pixel `start` on.

        Channel by channel, and only where there is ink: several times as fast as whole pixels.
        """
        inked = np.flatnonzero(covered != 0)
        share = covered[inked].astype(np.uint16)
        rest = 255 - share
        at = (inked + start) * 3
        for level in colour:
            mixed = self._memory[at] * rest + share * np.uint16(level) + 128
            self._memory[at] = (mixed + (mixed >> 8)) >> 8  # divided by 255, rounded
            at += 1

    def lay(self, colours: Image.Image, mask: Image.Image, left: int, top: int) -> None:
        """Art over what is there."""
        below = self._pixels[top : top + colours.height, left : left + colours.width]
        mixed = Image.fromarray(below)
        mixed.paste(colours, (0, 0), mask)
        below[:] = np.asarray(mixed)
        self._changed.append((top, top + colours.height))

    def card(self, output: Output, kept: Bands | None = None) -> Card:
        """`kept` has what is compressed already of the art that it started from."""
        return encode(self._pixels, output, kept, self._changed)


class Canvases:
    """Lends canvases: never more than cards are being drawn at one time, and a few to spare."""

    def __init__(self) -> None:
        self._spare: list[Canvas] = []

    @contextmanager
    def lend(self) -> Iterator[Canvas]:
        try:
            canvas = self._spare.pop()
        except IndexError:
            canvas = Canvas()
        yield canvas
        if len(self._spare) < _SPARE:
            self._spare.append(canvas)
