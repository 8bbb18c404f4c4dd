"""The ground of a card: art in layers, and pictures in their slots."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from scheduler.render.card_drawing import Art, Drawing
from scheduler.render.card_ground import Layer, Scene, paint, prepare
from scheduler.render.card_manifest import Scrim, Size
from scheduler.render.card_slots import Slot
from scheduler.render.layout.fit import Box
from scheduler.render.photo import Picture, receive

SIZE = Size(width=400, height=200)
PAPER = '<rect width="400" height="200" fill="#ffffff"/>'


def art(body: str, *, is_scrim: bool = False) -> Art:
    return Art(f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200">{body}</svg>', is_scrim)


def scene(*under: Art | Slot, over: Art | None = None) -> Scene:
    return prepare(Drawing(under, over, {}), SIZE, Scrim())


def picture(colour: str, size: tuple[int, int] = (300, 300)) -> Picture:
    data = io.BytesIO()
    Image.new("RGBA", size, colour).save(data, "PNG")
    return receive(data.getvalue(), "picture.png")


def slot(name: str, x: float, y: float, width: float, height: float, rounded: float = 0) -> Slot:
    return Slot(name, Box(x, y, width, height), rounded, 1)


def test_a_ground_without_pictures_is_drawn_once() -> None:
    flat = scene(art(PAPER), art('<rect width="10" height="10" fill="#102030"/>')).flat
    assert flat is not None
    assert flat.shape == (200, 400, 3)
    assert tuple(flat[3, 3]) == (16, 32, 48)
    assert tuple(flat[30, 30]) == (255, 255, 255)


@pytest.mark.parametrize(
    "body", ['<rect width="300" height="200"/>', '<rect width="400" height="200" opacity=".5"/>', ""]
)
def test_a_ground_with_holes_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match="not painted everywhere"):
        scene(art(body))


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="never closed"):
        scene(Art("<svg>"))


def test_pictures_lie_between_the_art() -> None:
    layers = scene(
        art(PAPER),
        slot("photo", 0, 0, 400, 200),
        art('<rect x="300" width="100" height="200" fill="#00ff00"/>'),
    )
    assert layers.flat is None
    card = paint(layers, {"photo": picture("#3030c0")}, ())
    assert card.getpixel((390, 100)) == (0, 255, 0)
    assert np.abs(np.subtract(card.getpixel((100, 100)), (0x30, 0x30, 0xC0))).max() < 6  # type: ignore[arg-type]
    assert paint(layers, {}, ()).getpixel((100, 100)) == (255, 255, 255)


@pytest.mark.parametrize("colour", ["#0000ff", "#0000ff80"])
def test_a_photo_as_large_as_the_card_hides_what_is_below_as_far_as_it_covers(colour: str) -> None:
    below, above = art(PAPER), art('<rect x="10" y="10" width="20" height="20" fill="#ff0000"/>')
    card = paint(scene(below, slot("photo", 0, 0, 400, 200), above), {"photo": picture(colour)}, ())
    assert card.getpixel((20, 20)) == (255, 0, 0)
    red, _, blue = card.getpixel((200, 100))
    assert (red > 100, blue > 240) == (colour != "#0000ff", True)


def test_a_portrait_has_the_shape_of_its_slot() -> None:
    card = paint(
        scene(art(PAPER), slot("portrait", 0, 0, 200, 200, 100)), {"portrait": picture("#000000")}, ()
    )
    assert card.getpixel((3, 3)) == (255, 255, 255)
    assert card.getpixel((100, 100)) == (0, 0, 0)


@pytest.mark.parametrize(("x", "left"), [(10, 10), (150, 170), (290, 330)])
def test_a_logo_is_whole_and_keeps_to_its_side_of_the_card(x: int, left: int) -> None:
    logo = picture("#ff0000", (60, 100))
    card = np.asarray(paint(scene(art(PAPER), slot("logo", x, 20, 100, 100)), {"logo": logo}, ()))
    rows, columns = np.nonzero((card != 255).any(axis=2))
    assert (columns.min(), columns.max() + 1, rows.min(), rows.max() + 1) == (left, left + 60, 20, 120)


def test_a_drawing_can_say_where_in_its_slot_a_logo_stands() -> None:
    left = slot("logo", 290, 20, 100, 100)._replace(side=0.0)
    logo = picture("#ff0000", (60, 100))
    card = np.asarray(paint(scene(art(PAPER), left), {"logo": logo}, ()))
    assert np.nonzero((card != 255).any(axis=2))[1].min() == 290


def test_a_dark_ground_has_the_logo_for_dark_grounds() -> None:
    logos = {"logo": picture("#111111"), "logo_dark": picture("#eeeeee")}
    here = slot("logo", 0, 0, 100, 100)
    dark = art('<rect width="400" height="200" fill="#101010"/>')
    assert max(paint(scene(dark, here), logos, ()).getpixel((50, 50))) > 200  # type: ignore[arg-type, type-var]
    assert max(paint(scene(art(PAPER), here), logos, ()).getpixel((50, 50))) < 50  # type: ignore[arg-type, type-var]


def test_of_a_scrim_of_one_colour_one_pixel_is_kept() -> None:
    fade = (
        '<linearGradient id="fade"><stop stop-opacity=".2"/><stop offset="1" stop-opacity=".8"/></linearGradient>'
        '<rect width="400" height="200" fill="url(#fade)"/>'
    )
    shaded = scene(art(PAPER), slot("photo", 0, 0, 400, 200), art(fade, is_scrim=True))
    assert [layer.colours.size for layer in shaded.under if isinstance(layer, Layer) and layer.is_scrim] == [
        (1, 1)
    ]
    card = paint(shaded, {"photo": picture("#ffffff")}, ())
    assert card.getpixel((2, 100))[0] > card.getpixel((200, 100))[0] > card.getpixel((397, 100))[0] > 20  # type: ignore[index]
