"""WCAG's own numbers."""

from __future__ import annotations

import numpy as np
import pytest

from scheduler.render.contrast import luminance, needed, tones, worst, worst_in

BLACK, WHITE, GREY = (0, 0, 0), (255, 255, 255), (119, 119, 119)


def test_known_ratios() -> None:
    paper = (luminance(WHITE),) * 2
    assert worst(BLACK, paper) == pytest.approx(21)
    assert worst(GREY, paper) == pytest.approx(4.48, abs=0.01)  # #777 on white just fails
    assert worst(WHITE, paper) == 1


def test_the_worst_of_a_ground_that_changes_is_what_counts() -> None:
    ground = tones(np.array([[BLACK, GREY]], np.uint8))
    assert ground == pytest.approx((0, luminance(GREY)))
    assert worst(WHITE, ground) == pytest.approx(4.48, abs=0.01)
    assert worst((60, 60, 60), ground) == 1


@pytest.mark.parametrize("ink", [BLACK, WHITE, GREY, (233, 196, 106), (120, 0, 0)])
@pytest.mark.parametrize("low", [0, 60, 190])
def test_blocks_of_pixels_never_pass_what_their_pixels_do_not(ink: tuple[int, int, int], low: int) -> None:
    pixels = np.random.default_rng(low).integers(low, low + 60, (45, 83, 3), np.uint8)
    found = worst(ink, tones(pixels))
    for enough in (1.5, 3.0, 4.5, 7.0):
        judged = worst_in(ink, pixels, enough)
        assert judged <= found
        assert (judged >= enough) == (found >= enough)


def test_type_is_large_by_what_a_phone_makes_of_it() -> None:
    assert needed(71, 400, 1080) == 4.5
    assert needed(72, 400, 1080) == 3
    assert needed(56, 700, 1080) == 3
    assert needed(72, 400, 1200) == 4.5
