"""Pictures that people upload, and that others make to do harm."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms

from scheduler.domain.errors import PullquoteError
from scheduler.render import photo
from scheduler.render.photo import Picture, contain, cover, receive

RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (30, 60, 200)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def thirds(width: int = 300, height: int = 90) -> Image.Image:
    """Red, green and blue from left to right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(GREEN, (width // 3, 0, 2 * width // 3, height))
    image.paste(BLUE, (2 * width // 3, 0, width, height))
    return image


def shown(picture: Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.data))


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=True))


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn to the right
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 0.0)  # where
    data = saved(thirds(), exif=exif)
    picture = receive(data, "photo.jpg")
    assert (picture.width, picture.height) == (90, 300)
    assert near(shown(picture).getpixel((45, 20)), RED)
    assert not shown(picture).getexif()
    assert b"A camera" in data
    assert b"A camera" not in picture.data


def test_colours_become_those_of_screens() -> None:
    swapped = _profile_that_swaps_red_and_green()
    picture = receive(saved(Image.new("RGB", (40, 40), (255, 0, 0)), icc_profile=swapped), "photo.jpg")
    assert near(shown(picture).getpixel((9, 9)), (0, 255, 0))
    assert "icc_profile" not in shown(picture).info


def _profile_that_swaps_red_and_green() -> bytes:
    """sRGB with the tags of two primaries exchanged."""
    data = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return data.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")


def test_a_profile_that_is_none_changes_nothing() -> None:
    picture = receive(saved(thirds(), icc_profile=b"no profile"), "photo.jpg")
    assert near(shown(picture).getpixel((20, 20)), RED)


@pytest.mark.parametrize("mode", ["CMYK", "L", "P", "1", "I;16", "LA", "RGBA"])
def test_every_kind_of_pixel_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new("I;16", (60, 30), 40_000) if mode == "I;16" else thirds(60, 30).convert(mode)
    picture = receive(saved(image, kind), "photo")
    assert (picture.width, picture.height) == (60, 30)
    assert shown(picture).mode in {"RGB", "RGBA"}


def test_a_large_picture_is_made_smaller_and_an_opaque_one_becomes_a_jpeg() -> None:
    picture = receive(saved(Image.new("RGBA", (4000, 1000), (9, 9, 9, 255)), "PNG"), "photo.png")
    assert (picture.width, picture.height, picture.type) == (2048, 512, "image/jpeg")


def test_what_can_be_seen_through_stays_so() -> None:
    logo = Image.new("RGBA", (200, 100))
    logo.paste((9, 9, 9, 255), (50, 0, 150, 100))
    picture = receive(saved(logo, "WEBP", lossless=True), "logo.webp")
    assert picture.type == "image/png"
    assert contain(picture, 100, 100).size == (100, 50)
    assert contain(picture, 100, 100).getpixel((1, 20))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("focus", "seen"), [((0.0, 0.5), RED), ((0.5, 0.5), GREEN), ((1.0, 0.5), BLUE), ((0.9, 0.1), BLUE)]
)
def test_the_focus_stays_in_sight(focus: tuple[float, float], seen: tuple[int, int, int]) -> None:
    picture = receive(saved(thirds()), "photo.jpg", focus)
    cut = cover(picture, 80, 80)
    assert cut.size == (80, 80)
    assert near(cut.getpixel((40, 40)), seen)


@pytest.mark.parametrize("size", [(10, 300), (300, 10), (33, 47), (1200, 630), (5000, 200)])
def test_a_picture_fills_whatever_shape(size: tuple[int, int]) -> None:
    picture = receive(saved(Image.new("RGB", (400, 300), GREEN)), "photo.jpg")
    cut = np.asarray(cover(picture, *size).convert("RGB"))
    assert cut.shape == (size[1], size[0], 3)
    assert near(cut[0, 0], GREEN)
    assert near(cut[-1, -1], GREEN)


def _png_that_says(width: int, height: int) -> bytes:
    """The header of a huge picture, and hardly any data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100_000))
        + chunk(b"IEND", b"")
    )


WHOLE = saved(thirds(600, 400))


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is no JPEG, PNG or WebP"),
        (b"hello", "is no JPEG, PNG or WebP"),
        (saved(thirds(), "GIF"), "is no JPEG, PNG or WebP"),
        (saved(thirds(), "TIFF"), "is no JPEG, PNG or WebP"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "is no JPEG, PNG or WebP"),
        (WHOLE[: len(WHOLE) // 2], "is damaged or breaks off"),
        (saved(thirds(), "PNG")[:-40], "is damaged or breaks off"),
        (saved(thirds(), "WEBP")[:-30], "is"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG"),
        (b"\xef\xbb\xbf<!-- x --> <SVG onload='alert(1)'/>", "is an SVG"),
        (_png_that_says(50_000, 50_000), "has 2500 megapixels"),
        (_png_that_says(8000, 5001), "has 41 megapixels"),
        (_png_that_says(6000, 6000), "is damaged or breaks off"),
    ],
)
def test_what_is_no_picture_is_refused_in_a_sentence(data: bytes, complaint: str) -> None:
    with pytest.raises(PullquoteError) as refused:
        receive(data, "me.jpg")
    sentence = str(refused.value)
    assert sentence.startswith("me.jpg")
    assert complaint in sentence
    assert ": " in sentence  # and what to do


def test_a_file_that_is_too_large_is_not_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo, "MOST_BYTES", 100)
    with pytest.raises(PullquoteError, match="larger than"):
        receive(WHOLE, "me.jpg")


def test_a_huge_picture_is_refused_before_it_is_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(*_: Any) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "load", decode)
    with pytest.raises(PullquoteError, match="megapixels"):
        receive(_png_that_says(50_000, 50_000), "me.png")
