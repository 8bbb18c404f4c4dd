"""How strong a scrim has to be: just so that every text can be read on the photo behind it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from scheduler.render.contrast import Colour, Pixels, Region, blocks, luminance, tones, worst

_STEPS = 255
_SPARE = 1.005  # of the contrast: rounding to whole levels must not undo it

Mask = npt.NDArray[np.uint8]  # height × width


class Inked(NamedTuple):
    """Where a colour is, and how far it has to stand out."""

    colour: Colour
    region: Region
    needed: float  # contrast


def strength(
    photo: Pixels, colours: Pixels, mask: Mask, texts: Sequence[Inked], *, least: float, most: float
) -> float:
    """The least share of the scrim with which every text passes; `most` where none is enough."""
    found = [least, *(_for_one(photo, colours, mask, text, most) for text in texts)]
    return min(max(found), most)


def _for_one(photo: Pixels, colours: Pixels, mask: Mask, text: Inked, most: float) -> float:
    """Judged by blocks of pixels, each by the one of them that is hardest to read on."""
    covered = blocks(mask[text.region][..., None], lightest=False).astype(np.float32) / 255
    shade = colours[text.region]
    lighter = luminance(text.colour) > sum(tones(shade)) / 2
    ground = blocks(photo[text.region], lightest=lighter).astype(np.float32)
    over = blocks(shade, lightest=lighter).astype(np.float32)
    rounded = np.ceil if lighter else np.floor

    def can_be_read(step: int) -> bool:
        share = covered * (step / _STEPS)
        mixed = rounded(ground + (over - ground) * share).clip(0, 255).astype(np.uint8)
        return worst(text.colour, tones(mixed)) >= text.needed * _SPARE

    return bisect_left(range(round(most * _STEPS) + 1), True, key=can_be_read) / _STEPS
