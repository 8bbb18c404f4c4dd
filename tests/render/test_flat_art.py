"""Flat art that keeps of the same rows one."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.render.contrast import Pixels
from scheduler.render.flat_art import FlatArt

RANDOM = np.random.default_rng(7)
BARS = np.repeat(RANDOM.integers(0, 256, (5, 30, 3), np.uint8), [8, 1, 20, 8, 3], axis=0)
NOISE = RANDOM.integers(0, 256, (40, 30, 3), np.uint8)


@pytest.mark.parametrize("pixels", [BARS, NOISE])
def test_it_is_read_as_the_pixels_it_was_made_of(pixels: Pixels) -> None:
    art, canvas = FlatArt(pixels), np.empty_like(pixels)
    art.into(canvas)
    assert (canvas == pixels).all()
    assert (np.asarray(art) == pixels).all()
    assert art.shape == pixels.shape
    for region in ((slice(6, 31), slice(2, 17)), (slice(None), slice(0, 1)), (slice(39, 40), slice(None))):
        assert (art[region] == pixels[region]).all()


def test_rows_that_are_the_same_are_kept_once() -> None:
    assert FlatArt(BARS).nbytes < BARS.nbytes / 4
    assert FlatArt(NOISE).nbytes < NOISE.nbytes * 1.1
