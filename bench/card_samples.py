"""What the card bench draws: quotes, all different, and a photograph made of noise."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import product

import numpy as np
from PIL import Image, ImageFilter

from scheduler.render import photo
from scheduler.render.cards import CardText
from scheduler.render.photo import Picture

WHO = ("The harbour council", "My grandmother", "Every driver on that night shift", "The woman at the desk")
DID = ("kept the keys to the old ferry house", "wrote down each name that was called", "waited for the water")
AND = (
    "because nobody had told them",
    "and never once asked who would pay for it",
    "long before the papers came",
)
THEN = (
    "which is why we are still here",
    "so I went back in the morning and asked again",
    "and that was the end of it",
)
LONG = (
    "When the river rose that night we carried what we could: the children first, then the photographs, then the "
    "sewing machine my mother had paid for over eleven years. Nobody from the office came. In the morning a man in a "
    "clean jacket told us the flood map was accurate to within acceptable limits, and he asked us to sign. We did "
    "not sign. We asked him to take off his shoes and walk through our kitchen, as we had, and then to say it again."
)


def texts(most: int) -> list[CardText]:
    """At most 108, of about 140 characters."""
    return [
        CardText(quote, "Miriam Ashworth", "Former city treasurer", "The Harbour Ledger")
        for quote, _ in zip(_quotes(), range(most), strict=False)
    ]


def _quotes() -> Iterator[str]:
    return (f"{who} {did}, {and_}, {then}." for who, did, and_, then in product(WHO, DID, AND, THEN))


def photograph(width: int = 1600, height: int = 1350, seed: int = 4) -> Picture:
    """Soft shapes, bright and dark, under grain: about as hard to compress as a street."""
    random = np.random.default_rng(seed)
    light = random.integers(20, 235, (height // 90, width // 90, 1)) + random.integers(
        -28, 28, (1, width // 90, 3)
    )
    coarse = Image.fromarray(light.clip(0, 255).astype(np.uint8))
    shapes = coarse.resize((width, height), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(6))
    grain = random.normal(0, 5, (height, width, 1))
    pixels = (np.asarray(shapes) + grain).clip(0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=90)
    return photo.receive(file.getvalue(), "the sample")


def harbour(width: int = 1600, height: int = 1350) -> Picture:
    """A picture to look at, where `photograph` is one to measure with: hills over water at dusk."""
    across, down = np.linspace(0, 1, width), np.linspace(0, 1, height)[:, None]
    sky = np.array([(44, 62, 96), (238, 178, 128)])
    pixels = np.broadcast_to(sky[0] + (sky[1] - sky[0]) * down[..., None] ** 1.4, (height, width, 3)).copy()
    for number, tone in enumerate(((126, 112, 124), (82, 84, 104), (44, 56, 76))):
        ridge = 0.5 + 0.14 * number + 0.05 * np.sin(across * (5 + 3 * number) + 2 * number)
        pixels[down > ridge + 0.012 * np.sin(across * 41 + number)] = tone
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "JPEG", quality=90)
    return photo.receive(file.getvalue(), "the sample")
