"""Pictures from outside: read once with suspicion and kept as plain pixels, later cut to the shape of a slot.

What is kept has no metadata (where it was taken, by whom, with what), stands upright and is sRGB.
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from scheduler.domain.errors import PullquoteError

MOST_BYTES = 25_000_000
MOST_PIXELS = 40_000_000
LONGEST = 2048  # pixels that are kept of the longer side: more costs every card its decoding

#: Ours is lower, and is asked before anything is decoded.
Image.MAX_IMAGE_PIXELS = None

_FORMATS = ("JPEG", "PNG", "WEBP")
_SRGB = ImageCms.createProfile("sRGB")
#: What Pillow's decoders raise for files that are not what they say.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, struct.error, zlib.error)

Focus = tuple[float, float]  # what must stay in sight: from the left and from the top, 0 to 1
CENTRE: Focus = (0.5, 0.5)


@dataclass(frozen=True)
class Picture:
    """A picture as `receive` made it."""

    data: bytes
    type: str  # image/jpeg, or image/png where it can be seen through
    width: int  # pixels
    height: int
    focus: Focus = CENTRE


def receive(data: bytes, name: str, focus: Focus = CENTRE) -> Picture:
    """A file that somebody uploaded or a page showed. PullquoteError in one sentence where it is no use."""
    image = _upright(_decoded(data, name))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    kept = io.BytesIO()
    if _see_through(image):
        image.save(kept, "PNG")
        return Picture(kept.getvalue(), "image/png", *image.size, focus)
    image.convert("RGB").save(kept, "JPEG", quality=92, subsampling="4:2:0")
    return Picture(kept.getvalue(), "image/jpeg", *image.size, focus)


def cover(picture: Picture, width: int, height: int) -> Image.Image:
    """The picture filling `width` × `height`: cut at two sides, its focus as near to the middle as can be."""
    with Image.open(io.BytesIO(picture.data)) as image:
        left, top, right, bottom = _window(image.size, width / height, picture.focus)
        scale = max(width / (right - left), height / (bottom - top))
        wide = image.width
        image.draft("RGB", (round(image.width * scale), round(image.height * scale)))
        smaller = image.width / wide
        box = (left * smaller, top * smaller, right * smaller, bottom * smaller)
        way = Image.Resampling.HAMMING if box[2] - box[0] > width else Image.Resampling.BICUBIC
        return _colours(image).resize((width, height), way, box=box)


def contain(picture: Picture, width: int, height: int) -> Image.Image:
    """The whole picture, as large as it goes into `width` × `height`."""
    with Image.open(io.BytesIO(picture.data)) as image:
        scale = min(width / image.width, height / image.height)
        size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
        return _colours(image).resize(size, Image.Resampling.LANCZOS, reducing_gap=3)


def _decoded(data: bytes, name: str) -> Image.Image:
    if len(data) > MOST_BYTES:
        raise PullquoteError(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB: save it smaller and try again."
        )
    if b"<svg" in data[:1000].lower():
        raise PullquoteError(f"{name} is an SVG, which can carry more than a picture: export it as a PNG.")
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
        _refuse_huge(image, name)
        image.load()
    except UnidentifiedImageError as wrong:
        raise PullquoteError(f"{name} is no JPEG, PNG or WebP: export it as one of these.") from wrong
    except _BROKEN as wrong:
        raise PullquoteError(f"{name} is damaged or breaks off: export it again.") from wrong
    return image


def _refuse_huge(image: Image.Image, name: str) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise PullquoteError(
            f"{name} has {math.ceil(image.width * image.height / 1e6)} megapixels: make it smaller, "
            f"{MOST_PIXELS // 1_000_000} are the most."
        )


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera says, its colours those of screens, its metadata left behind."""
    profile = image.info.get("icc_profile")
    turned = ImageOps.exif_transpose(image)
    shown = _in_srgb(turned, profile) if profile else _colours(turned)
    shown.info.clear()
    return shown


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    plain = image if image.mode in {"RGB", "CMYK", "L"} else _colours(image)
    mode: Literal["RGB", "RGBA"] = "RGBA" if plain.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        found = ImageCms.profileToProfile(plain, source, _SRGB, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):  # it has no colours that can be trusted: as browsers, take sRGB
        return _colours(image)
    return found if found is not None else _colours(image)


def _colours(image: Image.Image) -> Image.Image:
    """RGB, or RGBA where there is anything to see through."""
    if image.mode in {"RGB", "RGBA"}:
        return image
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:  # 16 bits of grey
        return image.point(lambda level: level * (1 / 256)).convert("L").convert("RGB")
    clear = "transparency" in image.info or image.mode in {"LA", "PA", "La"}
    return image.convert("RGBA" if clear else "RGB")


def _see_through(image: Image.Image) -> bool:
    return image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)


def _window(size: tuple[int, int], shape: float, focus: Focus) -> tuple[float, float, float, float]:
    """The largest part of that shape (width over height) around the focus."""
    across, down = size
    width, height = min(across, down * shape), min(down, across / shape)
    left = min(max(focus[0] * across - width / 2, 0), across - width)
    top = min(max(focus[1] * down - height / 2, 0), down - height)
    return left, top, left + width, top + height
