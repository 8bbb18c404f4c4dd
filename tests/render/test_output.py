"""A card's pixels as a file that the channel takes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from scheduler.domain.errors import PullquoteError
from scheduler.render.contrast import Pixels
from scheduler.render.output import JPEG, PNG, WEBP, Card, Output, encode, is_busy


def gradient() -> Pixels:
    y, x = np.mgrid[0:480, 0:640]
    return np.stack([x * 96 // 640, y * 96 // 480, (x + y) * 96 // 1120], -1).astype(np.uint8)


def photograph() -> Pixels:
    """Coarse noise, made smooth, and grain: what a lens sees."""
    random = np.random.default_rng(7)
    coarse = Image.fromarray(random.integers(40, 215, (20, 30, 3), np.uint8))
    smooth = np.asarray(coarse.resize((320, 240), Image.Resampling.BICUBIC)).astype(int)
    return (smooth + random.integers(-6, 7, smooth.shape)).clip(0, 255).astype(np.uint8)


def made(pixels: Pixels, **asked: object) -> Card:
    return encode(pixels, Output(**asked))  # type: ignore[arg-type]


def opened(card: Card) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(card.data)).convert("RGB"))


def test_flat_art_is_png_to_the_pixel() -> None:
    card = made(gradient())
    assert card[1:4] == (PNG, 640, 480)
    assert (opened(card) == gradient()).all()


def test_a_photograph_is_jpeg_close_to_the_pixels() -> None:
    assert is_busy(photograph())
    card = made(photograph())
    assert card[1:4] == (JPEG, 320, 240)
    assert np.abs(opened(card).astype(int) - photograph()).mean() < 4


def test_a_type_can_be_wanted() -> None:
    assert made(photograph(), prefer=PNG).type == PNG
    webp = made(gradient(), types=frozenset({PNG, WEBP}), prefer=WEBP)
    assert webp.type == WEBP
    assert (opened(webp) == gradient()).all()  # flat art loses nothing


def test_a_type_that_is_wanted_but_not_taken_is_not_made() -> None:
    assert made(gradient(), types=frozenset({PNG}), prefer=WEBP).type == PNG


def test_the_quality_goes_down_before_the_size() -> None:
    whole = len(made(photograph()).data)
    small = made(photograph(), max_bytes=whole // 2)
    assert small[1:4] == (JPEG, 320, 240)
    assert len(small.data) <= whole // 2
    tiny = made(photograph(), max_bytes=whole // 5)
    assert tiny.width < 320
    assert tiny.width / tiny.height == pytest.approx(320 / 240, rel=0.02)
    assert opened(tiny).shape == (tiny.height, tiny.width, 3)


def test_flat_art_over_the_limit_is_packed_harder_first() -> None:
    packed = made(gradient(), max_bytes=len(made(gradient()).data) // 4)
    assert packed.type == PNG
    assert (opened(packed) == gradient()).all()


def test_what_cannot_be_that_small_is_refused() -> None:
    with pytest.raises(PullquoteError, match="as small as 1,000 bytes of image/png: use a calmer template"):
        made(photograph(), types=frozenset({PNG}), max_bytes=1000)


@pytest.mark.parametrize("limit", [5_000, 20_000, 10**9])
@pytest.mark.parametrize("picture", [gradient, photograph])
def test_the_same_pixels_make_the_same_bytes(picture, limit) -> None:  # type: ignore[no-untyped-def]
    first, again = (made(picture(), max_bytes=limit) for _ in range(2))
    assert first == again
