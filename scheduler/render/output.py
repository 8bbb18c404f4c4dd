"""A card's pixels as a file: of a type and a size that the channel takes, and the same bytes for the same pixels.

Flat art is PNG, which keeps its edges; what is like a photograph is JPEG, a fifth as large. Where that is more
than the channel's limit, the quality goes down to what the eye still forgives, and then the size.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from scheduler.domain.errors import PullquoteError
from scheduler.render import png
from scheduler.render.contrast import Pixels

PNG, JPEG, WEBP = "image/png", "image/jpeg", "image/webp"

UNLIMITED = 2**31  # bytes
_SCALES = (1.0, 0.85, 0.7, 0.5)  # at half its size, the least type is still as tall as a caption
_QUALITIES = (90, 85, 80, 72, 64)  # JPEG below that shows blocks around letters
_WEBP_QUALITIES = (85, 78, 70, 60)
_SHARP = 80  # from this quality on, colour is kept at full resolution: red letters on blue have no fringe
_ROWS = 24  # of the picture that are tried, to tell a photograph
_BUSY = (
    0.5  # bytes a pixel that a photograph takes at least, with only its runs compressed; gradients take 0.3
)


Write = Callable[[], bytes]


@dataclass(frozen=True)
class Output:
    """What a channel takes."""

    types: frozenset[str] = frozenset({PNG, JPEG})
    max_bytes: int = UNLIMITED
    prefer: str = ""  # a type to use whatever the picture is


class Card(NamedTuple):
    data: bytes
    type: str
    width: int  # pixels
    height: int
    best: bool = True  # nothing had to be given up to fit the limit


def encode(
    pixels: Pixels, output: Output, kept: png.Bands | None = None, changed: Sequence[png.Rows] = ()
) -> Card:
    """The best file within the limit. `kept` and `changed` are for `png.encode`."""
    best = True
    for scaled in _scaled(pixels):
        bands = kept if scaled is pixels else None
        for kind, write in _tries(scaled, output, partial(png.encode, scaled, bands, changed)):
            if len(data := write()) <= output.max_bytes:
                height, width, _ = scaled.shape
                return Card(data, kind, width, height, best)
            best = False
    takes = " or ".join(sorted(output.types)) or "nothing"
    raise PullquoteError(
        f"The card cannot be made as small as {output.max_bytes:,} bytes of {takes}: use a calmer template."
    )


def _scaled(pixels: Pixels) -> Iterator[Pixels]:
    yield pixels
    image = Image.fromarray(pixels)
    for scale in _SCALES[1:]:
        size = round(image.width * scale), round(image.height * scale)
        yield np.asarray(image.resize(size, Image.Resampling.LANCZOS))


def _tries(pixels: Pixels, output: Output, quick: Write) -> Iterator[tuple[str, Write]]:
    """The types in the order of preference; each from its best quality down."""
    ways = {PNG: _pngs, JPEG: _jpegs, WEBP: _webps}
    for kind in _order(pixels, output):
        for write in ways[kind](pixels, quick):
            yield kind, write


def _order(pixels: Pixels, output: Output) -> Iterator[str]:
    """Looks at the picture only where the preferred type is too large, or there is none."""
    if output.prefer in output.types:
        yield output.prefer
    rest = (JPEG, WEBP, PNG) if is_busy(pixels) else (PNG, WEBP, JPEG)
    yield from (kind for kind in rest if kind in output.types and kind != output.prefer)


def is_busy(pixels: Pixels) -> bool:
    """Whether it is like a photograph: few of its pixels repeat the one above."""
    above = np.linspace(0, len(pixels) - 2, min(_ROWS, len(pixels) - 1)).astype(np.intp)
    rows = np.ascontiguousarray(pixels[above + 1] - pixels[above])
    return len(png.deflate(rows)) > _BUSY * rows.size / 3


def _pngs(pixels: Pixels, quick: Write) -> Iterator[Write]:
    yield quick
    yield lambda: _saved(pixels, "PNG", compress_level=9)


def _jpegs(pixels: Pixels, _quick: Write) -> Iterator[Write]:
    for quality in _QUALITIES:
        colour = "4:4:4" if quality >= _SHARP else "4:2:0"
        yield lambda q=quality, c=colour: _saved(pixels, "JPEG", quality=q, subsampling=c)  # type: ignore[misc]


def _webps(pixels: Pixels, _quick: Write) -> Iterator[Write]:
    if not is_busy(pixels):
        yield lambda: _saved(pixels, "WEBP", lossless=True, quality=0, method=1)
    for quality in _WEBP_QUALITIES:
        yield lambda q=quality: _saved(pixels, "WEBP", quality=q, method=2)  # type: ignore[misc]


def _saved(pixels: Pixels, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()
