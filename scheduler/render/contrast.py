"""Whether an ink can be read on its ground: relative luminance and contrast ratio as WCAG 2.2 defines them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Colour = tuple[int, int, int]  # sRGB
Pixels = npt.NDArray[np.uint8]  # height × width × 3

ENOUGH, ENOUGH_IF_LARGE = 4.5, 3.0  # WCAG 2.2, 1.4.3 (level AA)

_PHONE = 360  # CSS pixels: a card is mostly seen as wide as a phone
_LARGE, _LARGE_BOLD, _BOLD = 24.0, 18.66, 700  # CSS pixels: 18 and 14 points


def _linear() -> npt.NDArray[np.float64]:
    level = np.arange(256) / 255
    return np.where(level <= 0.04045, level / 12.92, ((level + 0.055) / 1.055) ** 2.4)


_LINEAR = _linear()


def luminance(colour: Colour) -> float:
    red, green, blue = (float(_LINEAR[level]) for level in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def tones(pixels: Pixels) -> tuple[float, float]:
    """The luminance of the darkest and of the lightest pixel."""
    linear = _LINEAR[pixels] @ (0.2126, 0.7152, 0.0722)
    return float(linear.min()), float(linear.max())


def worst(ink: Colour, ground: tuple[float, float]) -> float:
    """The contrast of `ink` with the tone of `ground` that it is closest to."""
    own, (darkest, lightest) = luminance(ink), ground
    if darkest <= own <= lightest:
        return 1.0
    return min(_ratio(own, darkest), _ratio(own, lightest))


def needed(size: int, weight: int, width: int) -> float:
    """The least contrast for text of `size` pixels on a card that is `width` pixels wide."""
    seen = size * _PHONE / width
    large = seen >= (_LARGE_BOLD if weight >= _BOLD else _LARGE)
    return ENOUGH_IF_LARGE if large else ENOUGH


def _ratio(a: float, b: float) -> float:
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)
