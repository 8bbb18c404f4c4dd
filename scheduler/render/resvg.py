"""A drawing made into pixels by resvg, which has two bindings.

`resvg-py` is everywhere and answers with a compressed PNG. `svg2png-py`, of the extra `art`, answers with the pixels,
in a tenth of the time; it is used where it is installed. Both draw the same.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
import resvg_py
from PIL import Image

HAS_FAST = find_spec("svg2png_py") is not None


def drawn(svg: str) -> Image.Image:
    """RGBA. ValueError where it cannot be drawn."""
    return fast(svg) if HAS_FAST else plain(svg)


def plain(svg: str) -> Image.Image:
    png: bytes = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True)
    with Image.open(io.BytesIO(png), formats=("PNG",)) as image:
        return image.convert("RGBA")


def fast(svg: str) -> Image.Image:
    import svg2png_py  # noqa: PLC0415  an optional extra

    try:
        data, width, height = svg2png_py.svg_to_rgba(svg, svg2png_py.FontDatabase())  # no fonts
    except RuntimeError as wrong:
        raise ValueError(str(wrong)) from wrong
    return _divided(data, width, height)


def _divided(data: bytes, width: int, height: int) -> Image.Image:
    """The colours of what can be seen through, freed of their share, rounded as resvg does it for a PNG."""
    image = Image.frombuffer("RGBA", (width, height), data, "raw", "RGBA", 0, 1)
    if image.getchannel("A").getextrema()[0] == 255:
        return image
    pixels = np.frombuffer(data, np.uint8).reshape(-1, 4)
    seen = np.flatnonzero((pixels[:, 3] != 0) & (pixels[:, 3] != 255))
    divided = pixels.copy()
    divided[seen, :3] = _shares()[pixels[seen, 3:], pixels[seen, :3]]
    return Image.frombytes("RGBA", (width, height), divided.tobytes())


@cache
def _shares() -> npt.NDArray[np.uint8]:
    """By alpha and by level."""
    shares = np.zeros((256, 256))
    shares[1:] = np.arange(256) / (np.arange(1, 256) / 255)[:, None] + 0.5
    return shares.clip(0, 255).astype(np.uint8)
