"""How strong a scrim has to be: just so that every text can be read on the photo behind it."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.render.contrast import Colour, Pixels, Region, blocks, extreme, luminance, tones, worst

_STEPS = 32  # between laying it on once and twice
_SPARE = 1.01  # of the contrast: rounding to whole levels must not undo it

Mask = npt.NDArray[np.uint8]  # height × width


class Inked(NamedTuple):
    """Where a colour is, and how far it has to stand out."""

    colour: Colour
    region: Region
    needed: float  # contrast

    def within(self, left: int, top: int, right: int, bottom: int) -> Inked | None:
        """What of it lies there, from that corner on. None where nothing does."""
        rows, columns = self.region
        across = slice(max(columns.start, left) - left, min(columns.stop, right) - left)
        down = slice(max(rows.start, top) - top, min(rows.stop, bottom) - top)
        if across.start >= across.stop or down.start >= down.stop:
            return None
        return self._replace(region=(down, across))


def strength(
    photo: Pixels, colours: Pixels, mask: Mask, texts: Sequence[Inked], *, least: float, most: float
) -> float:
    """How often the scrim has to be laid on so that every text passes; `most` where that is not enough.

    `colours` may be a single pixel, where all of the scrim has its colour.
    """
    for text in texts:
        least = max(least, _for_one(photo, colours, mask, text, least, most))
    return min(least, most)


def laid_on(level: int, times: float) -> int:
    """What `times` scrims of that level cover, one over the other: 0 to 255."""
    clear: float = (1 - level / 255) ** times
    return round(255 * (1 - clear))


def _for_one(photo: Pixels, colours: Pixels, mask: Mask, text: Inked, least: float, most: float) -> float:
    """Judged by blocks of pixels, each by the one of them that is hardest to read on.

    First for the block that is hardest of all where it starts: mostly what that needs is enough for every other.
    """
    clear = 1 - blocks(mask[text.region][..., None], lightest=False).reshape(-1, 1).astype(np.float32) / 255
    shade = colours if colours.shape[:2] == (1, 1) else colours[text.region]
    lighter = luminance(text.colour) > sum(tones(shade)) / 2
    ground = blocks(photo[text.region], lightest=lighter).reshape(-1, 3).astype(np.float32)
    over = np.broadcast_to(blocks(shade, lightest=lighter).reshape(-1, 3).astype(np.float32), ground.shape)
    rounded = np.ceil if lighter else np.floor

    def mixed(step: int, where: slice) -> Pixels:
        left = clear[where] ** (step / _STEPS)
        return rounded(over[where] + (ground[where] - over[where]) * left).clip(0, 255).astype(np.uint8)

    def can_be_read(step: int, where: slice = slice(None)) -> bool:
        return worst(text.colour, tones(mixed(step, where)[None])) >= text.needed * _SPARE

    steps = range(round(most * _STEPS) + 1)
    enough = math.floor(least * _STEPS)  # for the texts before it, and mostly for this one too
    if can_be_read(enough):
        return enough / _STEPS
    hardest = extreme(mixed(enough, slice(None)), lightest=lighter)
    for where in (slice(hardest, hardest + 1), slice(None)):
        enough = bisect_left(steps, True, lo=enough, key=partial(can_be_read, where=where))
        if can_be_read(enough):
            break
    return enough / _STEPS
