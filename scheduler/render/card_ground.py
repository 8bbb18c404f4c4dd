"""The ground of a card: its art, made once for each template, size and brand, and the pictures of this one card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageOps

from scheduler.render import photo, scrim
from scheduler.render.card_drawing import Art, Drawing
from scheduler.render.card_hands import OWN, Hands
from scheduler.render.card_manifest import Scrim, Size
from scheduler.render.card_slots import Slot
from scheduler.render.contrast import Colour, luminance
from scheduler.render.flat_art import FlatArt
from scheduler.render.photo import Picture
from scheduler.render.png import Bands
from scheduler.render.scrim import Inked

_SMOOTH = 4  # a mask is drawn so many times as large, for smooth edges
_DARK = (
    0.3  # luminance of a ground from which white still stands out 3:1, as WCAG 2.2, 1.4.11 wants of a logo
)
_WHITE = (255, 255, 255)


class Layer(NamedTuple):
    """Art as pixels, within the bounds of what it paints."""

    colours: Image.Image  # RGB; of a scrim of one colour, a single pixel
    mask: Image.Image  # how much of it covers what is below
    left: int
    top: int
    is_scrim: bool = False
    is_opaque: bool = False  # the mask changes nothing

    def mirror(self, width: int) -> Layer:
        """On the other side of a card that is so wide."""
        left = width - self.left - self.mask.width
        return self._replace(
            colours=ImageOps.mirror(self.colours), mask=ImageOps.mirror(self.mask), left=left
        )


@dataclass(frozen=True)
class Scene:
    """A drawing, ready for pictures and texts."""

    size: Size
    under: tuple[Layer | Slot, ...]
    over: Layer | None
    scrim: Scrim
    paper: Colour
    flat: FlatArt | None  # the whole ground, where no picture and no scrim is in it
    bands: Bands = field(default_factory=dict)  # of `flat`, as far as they have been compressed


def prepare(
    drawing: Drawing, size: Size, brightness: Scrim, paper: Colour = _WHITE, hands: Hands = OWN
) -> Scene:
    """ValueError where it is no SVG that can be drawn, or leaves a part of the card unpainted."""
    made = [_layer(each, drawing, size, hands) if isinstance(each, Art) else each for each in drawing.under]
    under = tuple(layer for layer in made if layer is not None)
    _refuse_bare(under, size)
    over = _layer(drawing.over, drawing, size, hands) if drawing.over else None
    scene = Scene(size, under, over, brightness, paper, None)
    if all(isinstance(layer, Layer) and not layer.is_scrim for layer in under):
        return Scene(size, (), over, brightness, paper, FlatArt(np.asarray(paint(scene, {}, ()))))
    return scene


def _layer(art: Art, drawing: Drawing, size: Size, hands: Hands) -> Layer | None:
    layer = rasterise(art, hands)
    return layer.mirror(size.width) if layer and drawing.mirrored else layer


def rasterise(art: Art, hands: Hands = OWN) -> Layer | None:
    """None where it paints nothing."""
    whole = hands.rasterise(art.svg)
    mask = whole.getchannel("A")
    bounds = mask.getbbox()
    if bounds is None:
        return None
    if bounds != (0, 0, *whole.size):
        whole, mask = whole.crop(bounds), mask.crop(bounds)
    opaque = mask.getextrema() == (255, 255)
    colours = whole.convert("RGB")
    if art.is_scrim and _is_plain(colours):
        colours = colours.crop((0, 0, 1, 1))  # a twentieth of the memory, and of the time to judge it
    return Layer(colours, mask, *bounds[:2], art.is_scrim, opaque)


def _is_plain(colours: Image.Image) -> bool:
    return all(channel.getextrema()[0] == channel.getextrema()[1] for channel in colours.split())


def _refuse_bare(under: Sequence[Layer | Slot], size: Size) -> None:
    covered = Image.new("L", (size.width, size.height))
    for layer in under:
        if isinstance(layer, Slot):
            x, y, width, height = _pixels_of(layer)
            covered.paste(255, (x, y), _cut(width, height, round(layer.rounded)))
        elif not layer.is_scrim:
            covered.paste(255, (layer.left, layer.top), layer.mask)
    if covered.getextrema()[0] != 255:
        raise ValueError("the background is not painted everywhere: draw a rectangle under all of it")


def paint(scene: Scene, pictures: Mapping[str, Picture], texts: Sequence[Inked]) -> Image.Image:
    """The card without its texts, the scrim as strong as these texts need it to be."""
    hidden, card = _covered(scene, pictures)
    for layer in scene.under[hidden:]:
        if isinstance(layer, Slot):
            _hang(card, layer, pictures)
        elif layer.is_scrim:
            _shade(card, layer, scene.scrim, texts)
        else:
            card.paste(layer.colours, (layer.left, layer.top), None if layer.is_opaque else layer.mask)
    return card


def _covered(scene: Scene, pictures: Mapping[str, Picture]) -> tuple[int, Image.Image]:
    """How many of the layers nobody sees, and the picture over them; or none, and bare paper."""
    width, height = scene.size.width, scene.size.height
    for number, layer in enumerate(scene.under):
        if isinstance(layer, Layer) or layer.rounded or layer.name == "logo":
            continue
        picture = pictures.get(layer.name)
        if picture and _pixels_of(layer) == (0, 0, width, height):
            shown = photo.cover(picture, width, height)
            if shown.mode == "RGB":
                return number + 1, shown
    return 0, Image.new("RGB", (width, height), scene.paper)


def _shade(card: Image.Image, layer: Layer, limits: Scrim, texts: Sequence[Inked]) -> None:
    left, top = layer.left, layer.top
    right, bottom = left + layer.mask.width, top + layer.mask.height
    near = [text for each in texts if (text := each.within(left, top, right, bottom))]
    times = limits.least
    for text in near:
        times = _needed(card, layer, text, times, limits.most)
    mask = layer.mask.point([scrim.laid_on(level, times) for level in range(256)])
    card.paste(_spread(layer), (left, top, right, bottom), mask)


def _spread(layer: Layer) -> Image.Image:
    """Its colours, as large as its mask. Pillow pastes a picture in two thirds of the time that a colour takes."""
    if layer.colours.size == layer.mask.size:
        return layer.colours
    return Image.new("RGB", layer.mask.size, layer.colours.getpixel((0, 0)))


def _needed(card: Image.Image, layer: Layer, text: Inked, least: float, most: float) -> float:
    """How strong the scrim must be for one text. Only what lies behind it is looked at: a card has megabytes."""
    rows, columns = text.region
    box = columns.start, rows.start, columns.stop, rows.stop
    here = card.crop((box[0] + layer.left, box[1] + layer.top, box[2] + layer.left, box[3] + layer.top))
    colours = layer.colours if layer.colours.size == (1, 1) else layer.colours.crop(box)
    below, shade, covered = map(np.asarray, (here, colours, layer.mask.crop(box)))
    whole = text._replace(region=(slice(None), slice(None)))
    return scrim.strength(below, shade, covered, [whole], least=least, most=most)


def _hang(card: Image.Image, slot: Slot, pictures: Mapping[str, Picture]) -> None:
    """Put a picture into its slot: a logo whole, everything else as large as the slot."""
    x, y, width, height = _pixels_of(slot)
    name = slot.name
    if name == "logo" and "logo_dark" in pictures and _is_dark(card.crop((x, y, x + width, y + height))):
        name = "logo_dark"
    picture = pictures.get(name)
    if picture is None:
        return
    if slot.name == "logo":
        shown = photo.contain(picture, width, height)
        x, y = _beside_edge(slot, shown.size, card.width)
        card.paste(shown, (x, y), shown.getchannel("A") if shown.mode == "RGBA" else None)
        return
    shown = photo.cover(picture, width, height)
    mask = (
        _cut(width, height, round(slot.rounded)) if slot.rounded else None
    )  # one takes several times as long
    if shown.mode == "RGBA":
        clear = shown.getchannel("A")
        mask = ImageChops.multiply(mask, clear) if mask else clear
    card.paste(shown, (x, y), mask)


def _beside_edge(slot: Slot, size: tuple[int, int], card_width: int) -> tuple[int, int]:
    """A logo keeps to the side of the card that its slot is at; in the middle, to the middle."""
    box, (width, height) = slot.box, size
    off = box.x + box.width / 2 - card_width / 2
    nearest = 0.5 if abs(off) < card_width * 0.02 else float(off > 0)
    share = nearest if slot.side is None else slot.side
    return round(box.x + (box.width - width) * share), round(box.y + (box.height - height) / 2)


def _pixels_of(slot: Slot) -> tuple[int, int, int, int]:
    box = slot.box
    x, y = round(box.x), round(box.y)
    return x, y, max(1, round(box.right) - x), max(1, round(box.bottom) - y)


@lru_cache(8)
def _cut(width: int, height: int, radius: int) -> Image.Image:
    """The mask of a rectangle with round corners."""
    if not radius:
        return Image.new("L", (width, height), 255)
    large = Image.new("L", (width * _SMOOTH, height * _SMOOTH))
    edge = (0, 0, width * _SMOOTH - 1, height * _SMOOTH - 1)
    ImageDraw.Draw(large).rounded_rectangle(edge, radius * _SMOOTH, fill=255)
    return large.resize((width, height), Image.Resampling.BOX)


def _is_dark(behind: Image.Image) -> bool:
    red, green, blue = behind.resize((1, 1), Image.Resampling.BOX).convert("RGB").tobytes()
    return luminance((red, green, blue)) < _DARK
