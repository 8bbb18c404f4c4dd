"""Whether an ink can be read on its ground: relative luminance and contrast ratio as WCAG 2.2 defines them."""

from __future__ import annotations

from functools import reduce

import numpy as np
import numpy.typing as npt

Colour = tuple[int, int, int]  # sRGB
Pixels = npt.NDArray[np.uint8]  # height × width × 3
Region = tuple[slice, slice]  # rows and columns of pixels

ENOUGH, ENOUGH_IF_LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3 (level AA)

_BAND = 48  # rows that are weighed at a time: of a whole card, their luminances would be 50 MB
_BLOCK = 8  # pixels
_PHONE = 360  # CSS pixels: a card is mostly seen as wide as a phone
_MIDDLE = 0.18  # luminance: black and white are about as far from it
_LARGE, _LARGE_BOLD, _BOLD = 24.0, 18.66, 700  # CSS pixels: 18 and 14 points


def _linear() -> npt.NDArray[np.float64]:
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


_LINEAR = _linear()
_SHARES = [(_LINEAR * weight).astype(np.float32) for weight in (0.2126, 0.7152, 0.0722)]


def luminance(colour: Colour) -> float:
    red, green, blue = (float(_LINEAR[level]) for level in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def blocks(pixels: Pixels, *, lightest: bool) -> Pixels:
    """Squares of pixels, each channel the highest in it, or the lowest: never better to read on than its pixels."""
    choose = np.maximum if lightest else np.minimum
    for axis in (0, 1):
        pixels = np.moveaxis(pixels, axis, 0)
        whole = pixels.shape[0] // _BLOCK * _BLOCK
        merged = [choose.reduce(pixels[whole:], keepdims=True)] if whole < pixels.shape[0] else []
        if whole:
            merged.insert(0, reduce(choose, (pixels[row:whole:_BLOCK] for row in range(_BLOCK))))
        pixels = np.moveaxis(np.concatenate(merged), 0, axis)
    return pixels


def tones(pixels: Pixels) -> tuple[float, float]:
    """The luminance of the darkest and of the lightest pixel."""
    bands = [_luminances(pixels[row : row + _BAND]) for row in range(0, len(pixels), _BAND)]
    return min(float(band.min()) for band in bands), max(float(band.max()) for band in bands)


def extreme(pixels: Pixels, *, lightest: bool) -> int:
    """Which of a row of pixels is the lightest, or the darkest."""
    found = _luminances(pixels)
    return int(found.argmax() if lightest else found.argmin())


def worst_in(ink: Colour, pixels: Pixels, enough: float = ENOUGH) -> float:
    """The contrast of `ink` with the pixel that it is closest to.

    Blocks first: where even they are far enough, their pixels are, and a photo has two hundred thousand.
    """
    own = luminance(ink)
    is_light = own > _MIDDLE
    darkest, lightest = tones(blocks(pixels, lightest=is_light))  # no pixel is nearer to the ink than that
    clear = lightest < own if is_light else own < darkest
    found = _ratio(own, lightest if is_light else darkest) if clear else 1.0
    return found if found >= enough else worst(ink, tones(pixels))


def worst(ink: Colour, ground: tuple[float, float]) -> float:
    """The contrast of `ink` with the tone of `ground` that it is closest to."""
    own, (darkest, lightest) = luminance(ink), ground
    if darkest <= own <= lightest:
        return 1.0
    return min(_ratio(own, darkest), _ratio(own, lightest))


def worst_of(inked: Pixels, bare: Pixels) -> float:
    """The least contrast of each pixel with ink with the same one without."""
    one, other = _luminances(inked), _luminances(bare)
    return float(((np.maximum(one, other) + 0.05) / (np.minimum(one, other) + 0.05)).min())


def needed(size: int, weight: int, width: int) -> float:
    """The least contrast for text of `size` pixels on a card that is `width` pixels wide."""
    seen = size * _PHONE / width
    large = seen >= (_LARGE_BOLD if weight >= _BOLD else _LARGE)
    return ENOUGH_IF_LARGE if large else ENOUGH


def _luminances(pixels: Pixels) -> npt.NDArray[np.float32]:
    found = np.take(_SHARES[0], pixels[..., 0])
    for channel in (1, 2):
        found += np.take(_SHARES[channel], pixels[..., channel])
    return found


def _ratio(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
