"""How strong a scrim has to be: just so that every text can be read on the photo behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.render.contrast import Colour, Pixels, Region, blocks, luminance, tones, worst

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
    """How often the scrim has to be laid on so that every text passes; `most` where that is not enough."""
    found = [least, *(_for_one(photo, colours, mask, text, most) for text in texts)]
    return min(max(found), most)


def laid_on(level: int, times: float) -> int:
    """What `times` scrims of that level cover, one over the other: 0 to 255."""
    clear: float = (1 - level / 255) ** times
    return round(255 * (1 - clear))


def _for_one(photo: Pixels, colours: Pixels, mask: Mask, text: Inked, most: float) -> float:
    """Judged by blocks of pixels, each by the one of them that is hardest to read on."""
    clear = 1 - blocks(mask[text.region][..., None], lightest=False).astype(np.float32) / 255
    shade = colours[text.region]
    lighter = luminance(text.colour) > sum(tones(shade)) / 2
    ground = blocks(photo[text.region], lightest=lighter).astype(np.float32)
    over = blocks(shade, lightest=lighter).astype(np.float32)
    rounded = np.ceil if lighter else np.floor

    def can_be_read(step: int) -> bool:
        mixed = over + (ground - over) * clear ** (step / _STEPS)
        pixels = rounded(mixed).clip(0, 255).astype(np.uint8)
        return worst(text.colour, tones(pixels)) >= text.needed * _SPARE

    return bisect_left(range(round(most * _STEPS) + 1), True, key=can_be_read) / _STEPS
