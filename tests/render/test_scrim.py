"""A scrim as strong as it has to be. Numbers in names are those of the cases that the card research set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.render.contrast import Colour, Pixels, tones, worst
from scheduler.render.scrim import Inked, Mask, laid_on, strength

WHITE, BLACK = (255, 255, 255), (0, 0, 0)
WHOLE = (slice(0, 40), slice(0, 60))


def flat(colour: Colour) -> Pixels:
    return np.full((40, 60, 3), colour, np.uint8)


def laid(photo: Pixels, shade: Pixels, mask: Mask, times: float) -> Pixels:
    """As Pillow does it: the mask is rounded, then the mix."""
    levels = np.array([laid_on(level, times) for level in range(256)])
    covered = levels[mask][..., None] / 255
    return np.round(photo + (shade.astype(float) - photo) * covered).astype(np.uint8)


HALF = np.full((40, 60), 128, np.uint8)


def needed(photo: Pixels, ink: Colour, shade: Colour, ratio: float = 4.5) -> float:
    return strength(photo, flat(shade), HALF, [Inked(ink, WHOLE, ratio)], least=0, most=20)


def test_11_white_on_white_gets_a_scrim_that_passes_at_every_pixel() -> None:
    times = needed(flat(WHITE), WHITE, BLACK)
    assert laid_on(128, times) / 255 == pytest.approx(0.54, abs=0.02)
    assert worst(WHITE, tones(laid(flat(WHITE), flat(BLACK), HALF, times))) >= 4.5
    assert worst(WHITE, tones(laid(flat(WHITE), flat(BLACK), HALF, times - 0.1))) < 4.5


def test_11_a_black_photo_needs_none() -> None:
    assert needed(flat(BLACK), WHITE, BLACK) == 0


def test_11_dark_ink_gets_a_light_scrim() -> None:
    times = needed(flat((60, 60, 60)), BLACK, WHITE)
    assert worst(BLACK, tones(laid(flat((60, 60, 60)), flat(WHITE), HALF, times))) >= 4.5


def test_11_one_bright_pixel_counts() -> None:
    photo = flat(BLACK)
    photo[33, 57] = WHITE
    assert needed(photo, WHITE, BLACK) > 1


def test_11_a_scrim_is_laid_on_no_less_and_no_more_than_the_template_says() -> None:
    texts = [Inked(WHITE, WHOLE, 4.5)]
    assert strength(flat(WHITE), flat(BLACK), HALF // 4, texts, least=0, most=2) == 2
    assert strength(flat(BLACK), flat(BLACK), HALF, texts, least=0.2, most=1) == 0.2


def test_a_text_counts_where_it_lies_on_the_scrim() -> None:
    text = Inked(WHITE, (slice(10, 30), slice(0, 50)), 4.5)
    assert text.within(20, 25, 100, 100) == Inked(WHITE, (slice(0, 5), slice(0, 30)), 4.5)
    assert text.within(50, 0, 100, 100) is None


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([(WHITE, BLACK), ((250, 240, 200), (10, 20, 40)), (BLACK, WHITE)]),
)
def test_11_whatever_the_photo_every_pixel_passes(seed: int, pair: tuple[Colour, Colour]) -> None:
    ink, shade = pair
    photo = np.random.default_rng(seed).integers(0, 256, (40, 60, 3), np.uint8)
    mask = np.linspace(90, 250, 60, dtype=np.uint8)[None, :].repeat(40, 0)
    times = strength(photo, flat(shade), mask, [Inked(ink, WHOLE, 4.5)], least=0, most=20)
    assert worst(ink, tones(laid(photo, flat(shade), mask, times))) >= 4.5


def test_a_scrim_of_one_colour_may_be_given_as_one_pixel() -> None:
    photo = np.random.default_rng(3).integers(0, 256, (40, 60, 3), np.uint8)
    texts = [Inked(WHITE, WHOLE, 4.5)]
    one = np.array([[(9, 20, 40)]], np.uint8)
    assert strength(photo, one, HALF, texts, least=0, most=9) == strength(
        photo, flat((9, 20, 40)), HALF, texts, least=0, most=9
    )


@settings(max_examples=40)
@given(st.integers(0, 999), st.sampled_from([WHITE, (250, 220, 120), BLACK]))
def test_several_texts_need_what_the_one_needs_that_needs_most(seed: int, ink: Colour) -> None:
    """Each is judged from what those before it need, and first where it is hardest to read."""
    random = np.random.default_rng(seed)
    photo = random.integers(0, 256, (40, 60, 3), np.uint8)
    mask = random.integers(60, 200, (40, 60), np.uint8)
    shade = np.array([[tuple(255 - level for level in ink)]], np.uint8)
    texts = [
        Inked(ink, (slice(top, top + 12), slice(5, 50)), ratio) for top, ratio in ((0, 3), (14, 4.5), (27, 3))
    ]
    alone = [strength(photo, shade, mask, [text], least=0, most=9) for text in texts]
    assert strength(photo, shade, mask, texts, least=0, most=9) == max(alone)
    assert alone[1] == 9 or passes(photo, shade, mask, alone[1], texts[1])


def passes(photo: Pixels, shade: Pixels, mask: Mask, times: float, text: Inked) -> bool:
    return worst(text.colour, tones(laid(photo, shade, mask, times)[text.region])) >= text.needed
