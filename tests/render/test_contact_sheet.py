"""Every template at every size on one picture."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from scheduler.render.contact_sheet import GAP, HEIGHT, Cell, sheet
from scheduler.render.output import Card


def card(width: int, height: int, colour: tuple[int, int, int]) -> Card:
    data = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(data, "PNG")
    return Card(data.getvalue(), "image/png", width, height)


def seen(cells: list[Cell]) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(sheet(cells))))


def test_a_row_for_each_template_and_a_place_for_each_size() -> None:
    red, blue = card(100, 100, (255, 0, 0)), card(200, 100, (0, 0, 255))
    picture = seen(
        [
            Cell("one", "square", (red,), width=100, height=100),
            Cell("one", "wide", (blue, red), width=200, height=100),
            Cell("two", "square", (red,), width=100, height=100),
        ]
    )
    middle = GAP + HEIGHT // 2
    assert tuple(picture[middle, GAP + 10]) == (255, 0, 0)
    assert tuple(picture[middle, GAP + HEIGHT + GAP + 10]) == (0, 0, 255)
    assert tuple(picture[-middle, GAP + 10]) == (255, 0, 0)
    assert tuple(picture[-middle, GAP + HEIGHT + GAP + 10]) != (0, 0, 255)


def test_a_card_that_could_not_be_drawn_says_why() -> None:
    told = seen([Cell("one", "square", reason="it is too long; shorten it", width=100, height=100)])
    empty = seen([Cell("one", "square", reason="", width=100, height=100)])
    assert (told[GAP : GAP + HEIGHT] != empty[GAP : GAP + HEIGHT]).any()


def test_nothing_is_an_empty_sheet() -> None:
    assert seen([]).shape[2] == 3
