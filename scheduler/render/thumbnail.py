"""Small pictures for choosing between large ones."""

from __future__ import annotations

import io

from PIL import Image

WIDTH = 320  # pixels: 160 on a page, on a screen with two pixels for each of its own
TYPE = "image/webp"
_QUALITY = 80


def shrink(data: bytes) -> bytes:
    """A picture of ours as a small WebP."""
    with Image.open(io.BytesIO(data)) as image:
        image.draft("RGB", (WIDTH, WIDTH * image.height // image.width))
        small = image.convert("RGB")
    small.thumbnail((WIDTH, 2 * WIDTH), Image.Resampling.LANCZOS, reducing_gap=3)
    kept = io.BytesIO()
    small.save(kept, "WEBP", quality=_QUALITY, method=2)
    return kept.getvalue()
