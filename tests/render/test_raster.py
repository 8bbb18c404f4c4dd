"""Ink and PNG."""

from __future__ import annotations

import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image

from scheduler.render import fonts, png
from scheduler.render.layout.block import Placed
from scheduler.render.output import Output
from scheduler.render.raster import Canvas, Canvases


@settings(max_examples=30, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 100), st.integers(1, 9), st.just(3))))
def test_a_png_holds_the_pixels(pixels: png.Bytes) -> None:
    image = Image.open(io.BytesIO(png.encode(pixels)))
    assert (np.asarray(image) == pixels).all()


@settings(max_examples=60, deadline=None)
@given(st.integers(33, 140), st.lists(st.tuples(st.integers(0, 139), st.integers(0, 40)), max_size=3))
def test_what_a_text_does_not_touch_is_compressed_once_and_the_bytes_are_the_same(
    height: int, inked: list[tuple[int, int]]
) -> None:
    art = np.random.default_rng(height).integers(0, 9, (height, 7, 3), np.uint8)
    kept: png.Bands = {}
    png.encode(art, kept)
    card, changed = art.copy(), [(top, min(height, top + rows)) for top, rows in inked if top < height]
    for top, bottom in changed:
        card[top:bottom] += 40
    assert png.encode(card, kept, changed) == png.encode(card)
    assert png.encode(art, kept) == png.encode(art)


def test_ink_covers_and_blends() -> None:
    face = fonts.faces("sans", 600)[0]
    ((glyph,),) = (cluster.glyphs for cluster in face.shape("l", 0, 1, "en"))
    canvas = Canvas()
    canvas.start(np.full((40, 40, 3), 200, np.uint8))
    canvas.ink([Placed(glyph, 10.5, 35.0)], 40, (0, 100, 255))
    drawn = np.asarray(Image.open(io.BytesIO(canvas.card(Output()).data)))
    assert tuple(drawn[20, 15]) == (0, 100, 255)  # inside the stem
    assert tuple(drawn[20, 35]) == (200, 200, 200)
    edges = {tuple(pixel) for pixel in drawn[20]} - {(0, 100, 255), (200, 200, 200)}
    assert all(0 < red < 200 and 100 < green < 200 and 200 < blue < 255 for red, green, blue in edges)


def test_ink_outside_the_canvas_is_cut() -> None:
    face = fonts.faces("sans", 600)[0]
    ((glyph,),) = (cluster.glyphs for cluster in face.shape("H", 0, 1, "en"))
    canvas = Canvas()
    canvas.start(np.zeros((40, 40, 3), np.uint8))
    canvas.ink([Placed(glyph, 20.0, 10.0)], 60, (255, 255, 255))
    assert np.asarray(Image.open(io.BytesIO(canvas.card(Output()).data))).any()


def test_canvases_are_used_again() -> None:
    canvases = Canvases()
    with canvases.lend() as first, canvases.lend() as second:
        assert first is not second
    with canvases.lend() as again:
        assert again in (first, second)


def test_one_canvas_serves_every_size() -> None:
    canvas = Canvas()
    for height, width in ((40, 60), (20, 80), (90, 44)):
        art = np.full((height, width, 3), height, np.uint8)
        canvas.start(art)
        assert (np.asarray(Image.open(io.BytesIO(canvas.card(Output()).data))) == art).all()


def test_art_is_laid_over_the_ink() -> None:
    canvas = Canvas()
    canvas.start(np.zeros((20, 40, 3), np.uint8))
    canvas.lay(Image.new("RGB", (10, 5), (200, 100, 0)), Image.new("L", (10, 5), 128), 30, 15)
    drawn = np.asarray(Image.open(io.BytesIO(canvas.card(Output()).data)))
    assert tuple(drawn[16, 35]) == (100, 50, 0)
    assert not drawn[:15].any()
    assert not drawn[:, :30].any()
