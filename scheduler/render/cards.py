"""Quote cards: a template, a size, a text and a brand in; an image out, or a sentence that says why not.

What does not depend on the text is prepared once for each template, size and brand, and kept: that is what makes
the next card fast.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.frames import MOST
from scheduler.render import (
    card_check,
    card_drawing,
    card_ground,
    card_key,
    card_manifest,
    card_overflow,
    card_source,
    contrast,
    heap,
)
from scheduler.render.art_cache import ArtCache
from scheduler.render.card_contrast import proven
from scheduler.render.card_drawing import Drawing
from scheduler.render.card_ground import Scene
from scheduler.render.card_hands import OWN, Hands, keeping
from scheduler.render.card_manifest import Manifest, TextName
from scheduler.render.card_safety import Problem
from scheduler.render.card_setting import CardRefused, CardText, Ground, Place, Setting, set_texts
from scheduler.render.card_worker import Worker
from scheduler.render.environment import default_templates
from scheduler.render.layout.direction import runs_leftward
from scheduler.render.layout.shaping import blank
from scheduler.render.output import Card, Output
from scheduler.render.own_font import OwnFont
from scheduler.render.photo import Picture
from scheduler.render.raster import Canvases

__all__ = ["Card", "CardRefused", "CardRenderer", "CardText", "Output"]

_KEPT = 12  # grounds: up to 3.5 MB each at 1080 × 1080
_WHITE = (255, 255, 255)
_NONE: Mapping[str, Picture] = {}
_OURS: Mapping[str, OwnFont] = {}
_SAID = ("speaker", "role", "outlet", "title", "figure", "counter", "mark")


class CardRenderer:
    """Draws cards, from any thread.

    `folders` hold one folder for each template. The first that has a template's name wins: put the user's first.
    """

    def __init__(self, folders: Sequence[Path], cache: ArtCache | None = None):
        self._folders = tuple(folders)
        self._worker = Worker()
        own, others = OWN, self._worker.hands()
        self._own, self._others = (keeping(own, cache), keeping(others, cache)) if cache else (own, others)
        self._canvases = Canvases()
        self._grounds: OrderedDict[tuple[object, ...], Ground] = OrderedDict()
        self._lock = Lock()
        self._busy: dict[Path, Lock] = {}  # a lock for each template that is being prepared

    def close(self) -> None:
        self._worker.close()

    def _hands(self, folder: Path) -> Hands:
        """Whoever draws the templates of that folder: ours are known to be harmless, and are drawn here."""
        return self._own if folder.is_relative_to(default_templates()) else self._others

    def templates(self) -> list[str]:
        return sorted(
            {found.parent.name for f in self._folders for found in f.glob(f"*/{card_manifest.FILE}")}
        )

    def sizes(self, template: str) -> list[str]:
        return list(card_manifest.read(self._folder(template)).sizes)

    def dimensions(self, template: str) -> dict[str, tuple[int, int]]:
        """Pixels across and down of each size."""
        sizes = card_manifest.read_kept(self._folder(template)).sizes
        return {name: (size.width, size.height) for name, size in sizes.items()}

    def splits(self, template: str) -> bool:
        """Whether it has a carousel for a long quote."""
        return card_manifest.read_kept(self._folder(template)).slot["quote"].overflow == "split"

    def shows(self, template: str, slot: TextName) -> bool:
        """Whether it has a place for that, where there is any."""
        return slot in card_manifest.read_kept(self._folder(template)).slot

    def has_photo(self, template: str) -> bool:
        """Whether it shows the photo of the article, the brand or a person's choice, at any size."""
        return any(map(card_source.has_photo, self._folder(template).glob("*.svg")))

    def label(self, template: str) -> str:
        return card_manifest.read_kept(self._folder(template)).label

    def about(self, template: str) -> str:
        return card_manifest.read_kept(self._folder(template)).about

    def problems(self, template: str | Path) -> tuple[Path, list[Problem]]:
        """The folder of a template, by its name or by its place, and everything that is wrong with it."""
        folder = template if isinstance(template, Path) else self._folder(template)
        return folder, card_check.check(folder, self._hands(folder.resolve()))

    def version(self, template: str) -> str:
        """Another one whenever one of its files changes."""
        return card_key.files_digest(self._folder(template))

    def check(
        self,
        template: str,
        size: str,
        text: CardText,
        brand: Mapping[str, str],
        pictures: Mapping[str, Picture] = _NONE,
        fonts: Mapping[str, OwnFont] = _OURS,
    ) -> None:
        """Refuse whatever `render` would, without drawing the text."""
        ground = self._ground(template, size, brand, text, pictures, fonts)
        proven(ground, set_texts(ground, text).values(), pictures)

    def key(
        self,
        template: str,
        size: str,
        text: CardText,
        brand: Mapping[str, str],
        pictures: Mapping[str, Picture] = _NONE,
        fonts: Mapping[str, OwnFont] = _OURS,
        output: Output = Output(),  # noqa: B008  it is frozen
    ) -> str:
        """Of everything that the card depends on: whoever has drawn it under that key need not draw it again."""
        inputs = {
            "size": size,
            "text": text,
            "brand": brand,
            "pictures": pictures,
            "fonts": fonts,
            "output": output,
        }
        return card_key.key(self._folder(template), inputs)

    def spread(
        self,
        template: str,
        size: str,
        text: CardText,
        brand: Mapping[str, str],
        pictures: Mapping[str, Picture] = _NONE,
        fonts: Mapping[str, OwnFont] = _OURS,
        most: int = MOST,
    ) -> list[CardText]:
        """The texts of its cards: one, or the frames of a long quote where the template has a carousel.

        Raises CardRefused where it is more than `most` cards hold.
        """
        slot = card_manifest.read_kept(self._folder(template)).slot["quote"]

        def check(each: CardText) -> Mapping[TextName, Setting]:
            return set_texts(self._ground(template, size, brand, each, pictures, fonts), each)

        texts = card_overflow.spread(text, slot, check, most)
        return _as_large(texts, check) if len(texts) > 1 else texts

    def render(
        self,
        template: str,
        size: str,
        text: CardText,
        brand: Mapping[str, str],
        pictures: Mapping[str, Picture] = _NONE,
        fonts: Mapping[str, OwnFont] = _OURS,
        output: Output = Output(),  # noqa: B008  it is frozen
    ) -> Card:
        """The same input makes the same bytes. CardRefused where the text makes no good card.

        `pictures` has "photo", "portrait", "logo" and "logo_dark", as far as there are any.
        """
        ground = self._ground(template, size, brand, text, pictures, fonts)
        settings = set_texts(ground, text)
        art = proven(ground, settings.values(), pictures)
        with self._canvases.lend() as canvas:
            canvas.start(art)
            for _, block, inks in settings.values():
                for _, colour, glyphs in inks:
                    canvas.ink(glyphs, block.size, colour)
            if over := ground.scene.over:
                canvas.lay(over.colours, over.mask, over.left, over.top)
            return canvas.card(output, ground.scene.bands if ground.scene.flat is not None else None)

    def _folder(self, template: str) -> Path:
        for folder in self._folders:
            if template == Path(template).name and (folder / template / card_manifest.FILE).is_file():
                return folder / template
        known = ", ".join(self.templates()) or "none"
        raise NotFound(f"there is no card template {template!r}; there is {known}")

    def _ground(
        self,
        template: str,
        size: str,
        brand: Mapping[str, str],
        text: CardText,
        pictures: Mapping[str, Picture] = _NONE,
        fonts: Mapping[str, OwnFont] = _OURS,
    ) -> Ground:
        """Kept until its files change: one for each size, brand, and choice of parts that the drawing makes."""
        folder = self._folder(template)
        manifest = card_manifest.read_kept(folder)
        file = card_source.file_for(folder, size, _size(manifest, folder, size))
        asks = card_source.asks_for(file)
        there = frozenset(asks & what_is_there(text, pictures))
        frame = (text.frame, text.frames) if "frame" in asks else (1, 1)
        mirrored = manifest.mirrored and runs_leftward(text.language)
        key = (file, card_key.files_digest(folder), size, there, frame, mirrored, *sorted(brand.items()))
        with self._lock:
            busy = self._busy.setdefault(folder, Lock())
        with busy:  # a template that takes long keeps nobody else waiting
            ground = self._kept(key)
            if ground is None:
                ground = _prepare(manifest, file, size, brand, there, frame, mirrored, self._hands(folder))
                self._keep(key, ground)
        return replace(ground, fonts=fonts)

    def _kept(self, key: tuple[object, ...]) -> Ground | None:
        with self._lock:
            if key in self._grounds:
                self._grounds.move_to_end(key)
            return self._grounds.get(key)

    def _keep(self, key: tuple[object, ...], ground: Ground) -> None:
        with self._lock:
            self._grounds[key] = ground
            while len(self._grounds) > _KEPT:
                self._grounds.popitem(last=False)
            several = len(self._grounds) > 1
        if several:  # of one, little is left over, and it would take a third longer
            heap.give_back()


def _as_large(
    frames: Sequence[CardText], check: Callable[[CardText], Mapping[TextName, Setting]]
) -> list[CardText]:
    """The frames of one quote, all set as large as the fullest of them can be."""
    least = min(check(frame)["quote"].block.size for frame in frames)
    return [replace(frame, size=least) for frame in frames]


def what_is_there(text: CardText, pictures: Mapping[str, Picture]) -> frozenset[str]:
    """What the parts of a drawing named `if:…` and `unless:…` can ask for."""
    said = {name for name in _SAID if not blank(getattr(text, name))}
    shown = {"logo" if name == "logo_dark" else name for name in pictures}
    turns = {"first"} if text.frame == 1 else set()
    return frozenset({*said, *shown, *turns, *({"last"} if text.frame == text.frames else ())})


def _size(manifest: Manifest, folder: Path, size: str) -> card_manifest.Size:
    if size not in manifest.sizes:
        known = ", ".join(manifest.sizes)
        raise NotFound(f"the card template {folder.name!r} has no size {size!r}; it has {known}")
    return manifest.sizes[size]


def _prepare(
    manifest: Manifest,
    file: Path,
    size: str,
    brand: Mapping[str, str],
    there: frozenset[str],
    frame: tuple[int, int],
    mirrored: bool,
    hands: Hands,
) -> Ground:
    numbers, colours = manifest.sizes[size], manifest.colours(brand)
    filled = card_source.filled(file, manifest.drawn[size], colours, frame, hands)
    drawing = card_drawing.draw(filled, numbers, there)
    drawing = drawing.mirror(numbers.width) if mirrored else drawing
    if odd := drawing.boxes.keys() - manifest.slot.keys():
        raise PullquoteError(f"the template {file.parent}: its TOML has no slot {', '.join(sorted(odd))}")
    if "quote" not in drawing.boxes:
        raise PullquoteError(f"the template {file}: it has no slot:quote; draw a rectangle of that name")
    try:
        scene = card_ground.prepare(drawing, numbers, manifest.scrim, colours.get("paper", _WHITE), hands)
    except ValueError as wrong:
        raise PullquoteError(f"the template {file}: {wrong}") from wrong
    places = {name: _place(manifest, size, name, drawing, scene) for name in drawing.boxes}
    return Ground(scene, colours, places, mirrored)


def _place(manifest: Manifest, size: str, name: TextName, drawing: Drawing, scene: Scene) -> Place:
    slot, numbers, box = manifest.slot[name], manifest.sizes[size], drawing.boxes[name]
    drawn = manifest.drawn[size]
    manner = slot.manner(drawn, numbers.width / drawn.width)
    manner = replace(manner, valign=drawing.valigns.get(name, manner.valign))
    hang = manner.largest if slot.hang else 0  # no mark is wider than its size
    if scene.flat is None:
        return Place(name, size, numbers.width, slot, manner, box, (0.0, 1.0))
    rows = slice(math.floor(box.y), math.ceil(box.bottom))
    behind = scene.flat[rows, max(0, math.floor(box.x - hang)) : math.ceil(box.right + hang)]
    return Place(name, size, numbers.width, slot, manner, box, contrast.tones(behind))
