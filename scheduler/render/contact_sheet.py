"""Every template at every size on one picture, for whoever chooses or draws them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

import numpy as np
from PIL import Image

from scheduler.render import fonts
from scheduler.render.contrast import Colour, Pixels
from scheduler.render.layout.block import place
from scheduler.render.layout.fit import Box, Manner, fit
from scheduler.render.layout.paragraph import Paragraph
from scheduler.render.output import PNG, Card, Output
from scheduler.render.raster import Canvas

HEIGHT = 360  # pixels of a card on the sheet
GAP = 28
LABEL = 30  # pixels under a card for its name, and as many for its size
_ROW = HEIGHT + 2 * LABEL + GAP
_PAPER, _INK, _SOFT = (218, 218, 214), (28, 28, 26), (84, 84, 80)  # darker than the cards of most brands
_EMPTY, _WRONG = (232, 232, 228), (163, 40, 24)
_MANNER = Manner(smallest=13, largest=20)


@dataclass(frozen=True)
class Cell:
    """A template at a size: its card or its frames, or why there is none."""

    template: str
    size: str
    cards: tuple[Card, ...] = ()
    reason: str = ""
    width: int = 1  # of the size, in pixels
    height: int = 1


class Note(NamedTuple):
    box: Box
    text: str
    colour: Colour


def sheet(cells: Sequence[Cell]) -> bytes:
    """A PNG with a row for each template. Of a carousel, the first frame is shown."""
    rows = [list(row) for _, row in groupby(cells, key=lambda cell: cell.template)]
    width = GAP + max((sum(_shown(cell)[0] + GAP for cell in row) for row in rows), default=0)
    picture = Image.new("RGB", (width + -width % 4, _ROW * len(rows) + GAP), _PAPER)
    notes: list[Note] = []
    for number, row in enumerate(rows):
        left = GAP
        for cell in row:
            notes += _paste(picture, cell, left, GAP + number * _ROW)
            left += _shown(cell)[0] + GAP
    return _written(np.array(picture), notes)


def _paste(picture: Image.Image, cell: Cell, left: int, top: int) -> Iterator[Note]:
    width, height = _shown(cell)
    frames = f", {len(cell.cards)} frames" if len(cell.cards) > 1 else ""
    name = Box(left, top + height + 8, width, LABEL)
    yield Note(name, f"{cell.template} {cell.size}", _INK)
    below = replace(name, y=name.y + LABEL - 4)
    yield Note(below, f"{cell.width} × {cell.height}{frames}", _SOFT)
    if cell.cards:
        with Image.open(io.BytesIO(cell.cards[0].data)) as card:
            smaller = card.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
        picture.paste(smaller, (left, top))
    else:
        picture.paste(_EMPTY, (left, top, left + width, top + height))
        yield Note(Box(left + 16, top + 16, width - 32, height - 32), cell.reason, _WRONG)


def _shown(cell: Cell) -> tuple[int, int]:
    return round(cell.width * HEIGHT / cell.height), HEIGHT


def _written(pixels: Pixels, notes: Sequence[Note]) -> bytes:
    canvas = Canvas()
    canvas.start(pixels)
    for note in (each for each in notes if each.text):
        paragraph = Paragraph(note.text, fonts.faces("sans", 500), language="en", hang=False)
        if found := fit(paragraph, note.box, _MANNER):
            block = place(paragraph, found, note.box, _MANNER)
            canvas.ink(block.glyphs, block.size, note.colour)
    return canvas.card(Output(frozenset({PNG}), prefer=PNG)).data
