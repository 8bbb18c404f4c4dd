"""Quote cards: a template, a size, a text and a brand in; a PNG out, or a sentence that says why not.

What does not depend on the text is prepared once for each template, size and brand, and kept: that is what makes
the next card fast.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render import card_drawing, card_manifest, contrast
from scheduler.render.card_manifest import Manifest, TextName
from scheduler.render.card_setting import CardRefused, CardText, Ground, Place, set_texts
from scheduler.render.contrast import Pixels
from scheduler.render.layout.fit import Box
from scheduler.render.raster import Canvases, rasterise

__all__ = ["Card", "CardRefused", "CardRenderer", "CardText"]

_KEPT = 12  # grounds: 3.5 MB each at 1080 × 1080


@dataclass(frozen=True)
class Card:
    data: bytes
    type: str
    width: int  # pixels
    height: int


class CardRenderer:
    """Draws cards, from any thread.

    `folders` hold one folder for each template. The first that has a template's name wins: put the user's first.
    """

    def __init__(self, folders: Sequence[Path]):
        self._folders = tuple(folders)
        self._canvases = Canvases()
        self._grounds: OrderedDict[tuple[object, ...], Ground] = OrderedDict()
        self._lock = Lock()

    def templates(self) -> list[str]:
        return sorted(
            {found.parent.name for f in self._folders for found in f.glob(f"*/{card_manifest.FILE}")}
        )

    def sizes(self, template: str) -> list[str]:
        return list(card_manifest.read(self._folder(template)).sizes)

    def check(self, template: str, size: str, text: CardText, brand: Mapping[str, str]) -> None:
        """Refuse whatever `render` would, without drawing."""
        set_texts(self._ground(template, size, brand), text)

    def render(self, template: str, size: str, text: CardText, brand: Mapping[str, str]) -> Card:
        """The same input makes the same bytes. CardRefused where the text makes no good card."""
        ground = self._ground(template, size, brand)
        settings = set_texts(ground, text)
        height, width, _ = ground.art.shape
        with self._canvases.lend() as canvas:
            canvas.start(ground.art)
            for block, inks in settings.values():
                for colour, glyphs in inks:
                    canvas.ink(glyphs, block.size, colour)
            return Card(canvas.png(), "image/png", width, height)

    def _folder(self, template: str) -> Path:
        for folder in self._folders:
            if template == Path(template).name and (folder / template / card_manifest.FILE).is_file():
                return folder / template
        known = ", ".join(self.templates()) or "none"
        raise NotFound(f"there is no card template {template!r}; there is {known}")

    def _ground(self, template: str, size: str, brand: Mapping[str, str]) -> Ground:
        """Kept until its files change."""
        folder = self._folder(template)
        files = (folder / card_manifest.FILE, folder / card_drawing.FILE)
        changed = tuple(file.stat().st_mtime_ns for file in files if file.exists())
        key = (folder, changed, size, *sorted(brand.items()))
        with self._lock:
            if key not in self._grounds:
                self._grounds[key] = _prepare(folder, size, brand)
            self._grounds.move_to_end(key)
            while len(self._grounds) > _KEPT:
                self._grounds.popitem(last=False)
            return self._grounds[key]


def _prepare(folder: Path, size: str, brand: Mapping[str, str]) -> Ground:
    manifest = card_manifest.read(folder)
    if size not in manifest.sizes:
        known = ", ".join(manifest.sizes)
        raise NotFound(f"the card template {folder.name!r} has no size {size!r}; it has {known}")
    colours = manifest.colours(brand)
    drawing = card_drawing.draw(folder, manifest.sizes[size], colours)
    if odd := drawing.boxes.keys() ^ manifest.slot.keys():
        names = ", ".join(sorted(odd))
        raise PullquoteError(
            f"the template {folder}: only one of its drawing and its TOML has the slot {names}"
        )
    art = _art(folder, drawing.art)
    places = {name: _place(manifest, size, name, drawing.boxes[name], art) for name in manifest.slot}
    return Ground(art, colours, places)


def _art(folder: Path, svg: str) -> Pixels:
    try:
        return rasterise(svg)
    except ValueError as wrong:
        raise PullquoteError(f"the template {folder / card_drawing.FILE}: {wrong}") from wrong


def _place(manifest: Manifest, size: str, name: TextName, box: Box, art: Pixels) -> Place:
    slot, numbers = manifest.slot[name], manifest.sizes[size]
    manner = slot.manner(numbers)
    left = box.x - manner.largest if slot.hang else box.x  # no mark is wider than its size
    behind = art[math.floor(box.y) : math.ceil(box.bottom), max(0, math.floor(left)) : math.ceil(box.right)]
    return Place(name, size, numbers.width, slot, manner, box, contrast.tones(behind))
