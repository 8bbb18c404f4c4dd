"""A scrim as strong as it has to be. Numbers in names are those of the cases that the card research set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.render.contrast import Colour, Pixels, luminance, tones, worst
from scheduler.render.scrim import Inked, Mask, strength

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
WHOLE = (slice(0, 40), slice(0, 60))


def flat(colour: Colour) -> Pixels:
    return np.full((40, 60, 3), colour, np.uint8)


def laid(photo: Pixels, shade: Pixels, mask: Mask, share: float) -> Pixels:
    """As Pillow does it: the mask is rounded, then the mix."""
    covered = (np.round(mask * share)[..., None]) / 255
    return np.round(photo + (shade.astype(float) - photo) * covered).astype(np.uint8)


FULL = np.full((40, 60), 255, np.uint8)


def needed(photo: Pixels, ink: Colour, shade: Colour, ratio: float = 4.5) -> float:
    return strength(photo, flat(shade), FULL, [Inked(ink, WHOLE, ratio)], least=0, most=1)


def test_11_white_on_white_gets_a_scrim_that_passes_at_every_pixel() -> None:
    share = needed(flat(WHITE), WHITE, BLACK)
    assert share == pytest.approx(0.535, abs=0.02)
    assert worst(WHITE, tones(laid(flat(WHITE), flat(BLACK), FULL, share))) >= 4.5
    assert worst(WHITE, tones(laid(flat(WHITE), flat(BLACK), FULL, share - 0.02))) < 4.5


def test_11_a_black_photo_needs_none() -> None:
    assert needed(flat(BLACK), WHITE, BLACK) == 0


def test_11_dark_ink_gets_a_light_scrim() -> None:
    share = needed(flat((60, 60, 60)), BLACK, WHITE)
    assert worst(BLACK, tones(laid(flat((60, 60, 60)), flat(WHITE), FULL, share))) >= 4.5


def test_11_one_bright_pixel_counts() -> None:
    photo = flat(BLACK)
    photo[33, 57] = WHITE
    assert needed(photo, WHITE, BLACK) > 0.5


def test_11_a_scrim_that_cannot_do_it_is_laid_on_as_strongly_as_it_may_be() -> None:
    texts = [Inked(WHITE, WHOLE, 4.5)]
    assert strength(flat(WHITE), flat(BLACK), FULL // 4, texts, least=0, most=1) == 1
    assert strength(flat(WHITE), flat(BLACK), FULL, texts, least=0, most=0.3) == 0.3
    assert strength(flat(BLACK), flat(BLACK), FULL, texts, least=0.2, most=1) == 0.2


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([(WHITE, BLACK), ((250, 240, 200), (10, 20, 40)), (BLACK, WHITE)]),
)
def test_11_whatever_the_photo_every_pixel_passes(seed: int, pair: tuple[Colour, Colour]) -> None:
    ink, shade = pair
    photo = np.random.default_rng(seed).integers(0, 256, (40, 60, 3), np.uint8)
    mask = np.linspace(200, 255, 60, dtype=np.uint8)[None, :].repeat(40, 0)
    share = strength(photo, flat(shade), mask, [Inked(ink, WHOLE, 4.5)], least=0, most=1)
    assert worst(ink, tones(laid(photo, flat(shade), mask, share))) >= 4.5
    assert luminance(ink) != luminance(shade)
