"""Whether every text of a card can be read where it stands: its own ink on its own pixels, at full resolution."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from PIL import Image

from scheduler.render import card_ground, contrast, scrim
from scheduler.render.card_ground import Layer
from scheduler.render.card_setting import Ground, Inked, Setting
from scheduler.render.contrast import Pixels, Region
from scheduler.render.flat_art import FlatArt
from scheduler.render.photo import Picture

Art = Pixels | FlatArt


def proven(ground: Ground, settings: Iterable[Setting], pictures: Mapping[str, Picture]) -> Art:
    """The pixels under these texts. CardRefused where one cannot be read on them."""
    scene, told = ground.scene, list(_each(settings))
    pixels: Art = (
        np.asarray(card_ground.paint(scene, pictures, [text for _, _, text in told]))
        if scene.flat is None
        else scene.flat
    )
    todo = "change the brand's colours" + ("" if scene.flat is not None else ", or the photo")
    for setting, ink, text in told:
        _refuse_faint(setting, ink, text, pixels, scene.over, todo)
    return pixels


def _each(settings: Iterable[Setting]) -> Iterator[tuple[Setting, Inked, scrim.Inked]]:
    for setting in settings:
        place = setting.place
        needed = contrast.needed(setting.block.size, place.slot.weight, place.card_width)
        for ink in setting.inks:
            if (region := _region(ink, setting.block.size, place.card_width)) is not None:
                yield setting, ink, scrim.Inked(ink.colour, region, needed)


def _region(ink: Inked, size: int, card_width: int) -> Region | None:
    """The rectangle around these glyphs. None where they are only space."""
    drawn = [placed for placed in ink.glyphs if placed.glyph.ink.right > placed.glyph.ink.left]
    if not drawn:
        return None
    top = min(each.y - each.glyph.ink.top * size for each in drawn)
    bottom = max(each.y - each.glyph.ink.bottom * size for each in drawn)
    left = min(each.x + each.glyph.ink.left * size for each in drawn)
    right = max(each.x + each.glyph.ink.right * size for each in drawn)
    columns = slice(max(0, math.floor(left)), min(card_width, math.ceil(right)))
    return slice(max(0, math.floor(top)), max(1, math.ceil(bottom))), columns


def _refuse_faint(
    setting: Setting, ink: Inked, text: scrim.Inked, pixels: Art, over: Layer | None, todo: str
) -> None:
    place = setting.place
    if over is None and contrast.worst(text.colour, place.tones) >= text.needed:
        return
    behind = pixels[text.region]
    found = (
        contrast.worst_in(text.colour, behind, text.needed) if over is None else _through(over, text, behind)
    )
    if found < text.needed:
        shown = math.floor(found * 10) / 10  # 4.48 is not 4.5
        raise place.refused(
            f"the colour {ink.role!r} stands out only {shown}:1 from what is behind it and needs {text.needed}:1; "
            f"{todo}"
        )


def _through(over: Layer, text: scrim.Inked, behind: Pixels) -> float:
    """The contrast that is left where art lies above the text."""
    rows, columns = text.region
    corner = over.left - columns.start, over.top - rows.start
    ground = Image.fromarray(behind)
    inked = Image.new("RGB", ground.size, text.colour)
    for image in (ground, inked):
        image.paste(over.colours, corner, over.mask)
    return contrast.worst_of(np.asarray(inked), np.asarray(ground))
