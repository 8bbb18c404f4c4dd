"""Setting a card's texts in its slots, or refusing to, in a sentence that names slot, size and reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from scheduler.domain.errors import PullquoteError
from scheduler.render import fonts, own_font
from scheduler.render.card_ground import Scene
from scheduler.render.card_manifest import Slot, TextName
from scheduler.render.contrast import Colour
from scheduler.render.layout.block import Block, Placed, place
from scheduler.render.layout.direction import runs_leftward
from scheduler.render.layout.fit import Box, Fit, Manner, fit
from scheduler.render.layout.paragraph import HANGING, Paragraph, paragraph
from scheduler.render.layout.punctuation import Dressed, dress, marks_of
from scheduler.render.layout.shaping import Faces, blank, unshowable
from scheduler.render.own_font import OwnFont

_LISTED = 6  # characters that a refusal names
_SHOWN = 40  # characters of a word that it shows
_DIVIDES = 1.35  # how much larger the text must get for a word to be divided
_SMALL = 1.6  # times a slot's smallest size: above that no word is divided
_MOST = 10_000  # characters: no card holds as many, and setting them only to find out takes its time


@dataclass(frozen=True)
class CardText:
    quote: str  # without quotation marks: the card puts those of the language
    speaker: str
    role: str = ""
    outlet: str = ""
    language: str = "en"  # BCP 47
    title: str = ""  # the article's headline
    figure: str = ""  # the number that the quote is about: "42 %"
    frame: int = 1  # of a carousel: which one this is,
    frames: int = 1  # and of how many
    size: int = 0  # pixels: of a frame's quote, so that all are of one size; 0 where it is this card's alone

    @property
    def mark(self) -> str:
        """The language's opening quotation mark."""
        return marks_of(self.language).opening.strip()

    @property
    def counter(self) -> str:
        return f"{self.frame}/{self.frames}" if self.frames > 1 else ""


@dataclass
class CardRefused(PullquoteError):
    """This text makes no good card of this size."""

    slot: str
    size: str
    reason: str

    def __str__(self) -> str:
        return f"the {self.slot} does not go on the {self.size} card: {self.reason}"


class TooMuch(CardRefused):
    """It would go if it were shorter."""


@dataclass(frozen=True)
class Place:
    """A slot on the card of one size."""

    name: TextName
    size: str
    card_width: int
    slot: Slot
    manner: Manner
    box: Box
    tones: tuple[float, float]  # the darkest and the lightest luminance of flat art there; else 0 and 1

    def refused(self, reason: str) -> CardRefused:
        return CardRefused(self.name, self.size, reason)

    def too_much(self, reason: str) -> TooMuch:
        return TooMuch(self.name, self.size, reason)

    def joined(self, other: Place) -> Place:
        tones = (min(self.tones[0], other.tones[0]), max(self.tones[1], other.tones[1]))
        return replace(self, box=self.box.joined(other.box), tones=tones)


@dataclass(frozen=True)
class Ground:
    """Everything about a card but its texts."""

    scene: Scene
    colours: Mapping[str, Colour]
    places: Mapping[TextName, Place]
    mirrored: bool = False  # it has changed sides already
    fonts: Mapping[str, OwnFont] = field(default_factory=dict)  # of the brand, for the roles of ours


class Inked(NamedTuple):
    """Glyphs of one colour."""

    role: str
    colour: Colour
    glyphs: list[Placed]


class Setting(NamedTuple):
    place: Place
    block: Block
    inks: list[Inked]


def set_texts(ground: Ground, text: CardText) -> dict[TextName, Setting]:
    """Each slot that has something to say, set. CardRefused where one cannot be set well."""
    if blank(text.quote):
        raise ground.places["quote"].refused("it is empty")
    said = {name: getattr(text, name) for name in ground.places if not blank(getattr(text, name))}
    swaps = runs_leftward(text.language) and not ground.mirrored
    places = _swapped(ground.places) if swaps else ground.places
    rooms = {name: _room(places, name, said) for name in said}
    if text.size:
        rooms["quote"] = _of_one_size(rooms["quote"], text.size)
    return {name: _set(rooms[name], words, text, ground) for name, words in said.items()}


def _swapped(places: Mapping[TextName, Place]) -> Mapping[TextName, Place]:
    """For Arabic and Hebrew, where the drawing stays as it is: slots side by side change places.

    Nothing leaves the room of the slots.
    """
    return {name: _in_row(place, _row(place, places.values())) for name, place in places.items()}


def _row(place: Place, places: Collection[Place]) -> list[Place]:
    """The slots beside it and beside those that stand in one column with it; and itself."""
    column = [
        other.box for other in places if (other.box.x, other.box.right) == (place.box.x, place.box.right)
    ]
    return [other for other in places if any(box.beside(other.box) > 0.5 for box in column)]


def _in_row(place: Place, row: Sequence[Place]) -> Place:
    if len({each.box.x for each in row}) == 1:
        # What stands alone at the right would only move towards the art beside it.
        return replace(place, manner=replace(place.manner, align="left"))
    left, right = min(each.box.x for each in row), max(each.box.right for each in row)
    tones = min(each.tones[0] for each in row), max(each.tones[1] for each in row)
    return replace(place, box=replace(place.box, x=left + right - place.box.right), tones=tones)


def _room(places: Mapping[TextName, Place], name: TextName, said: Mapping[TextName, str]) -> Place:
    """The slot's own place, and that of the slot it takes over where that one has nothing to say."""
    other = places[name].slot.takes
    free = other is not None and other in places and other not in said
    return places[name].joined(places[other]) if free and other else places[name]


def _of_one_size(where: Place, size: int) -> Place:
    """Neither larger nor smaller, on lines as far apart as the slot has them at that size."""
    manner = where.manner
    size = max(manner.smallest, min(manner.largest, size))
    leading = manner.pitch(size) / size
    return replace(where, manner=replace(manner, smallest=size, largest=size, leading=(leading, leading)))


def _set(where: Place, words: str, text: CardText, ground: Ground) -> Setting:
    slot = where.slot
    if len(words) > _MOST:
        raise where.too_much(f"its {len(words):,} characters are too many; shorten it")
    opens, closes = text.frame == 1, text.frame == text.frames
    dressed = dress(words, text.language, quoted=slot.quoted, opens=opens, closes=closes)
    faces = _faces(slot, dressed.text, text.language, ground.fonts)
    _refuse_unshowable(where, dressed.text, faces)
    block = _fitted(where, dressed.text, faces, text.language)
    return Setting(where, block, _inks(slot, block, dressed, ground.colours))


def _faces(slot: Slot, words: str, language: str, own: Mapping[str, OwnFont]) -> Faces:
    """The brand's own font for the role, then ours for what it lacks."""
    ours = fonts.faces(slot.font, slot.weight, words, language)
    return (own_font.face(own[slot.font], slot.weight), *ours) if slot.font in own else ours


def _refuse_unshowable(where: Place, text: str, faces: Faces) -> None:
    if missing := unshowable(text, faces):
        raise where.refused(f"no font here shows {_listed(missing)}; {fonts.remedy(missing)}")


def _fitted(where: Place, text: str, faces: Faces, language: str) -> Block:
    words = paragraph(text, faces, language=language, hang=where.slot.hang)
    found = fit(words, where.box, where.manner)
    if where.manner.lines != 1 and _is_held_back(words, found, where):
        divided = paragraph(text, faces, language=language, hang=where.slot.hang, divided=True)
        otherwise = fit(divided, where.box, where.manner)
        if otherwise and (found is None or otherwise.size > found.size * _DIVIDES):
            words, found = divided, otherwise
    if found is None:
        raise where.too_much(_too_much(where, words))
    block = place(words, found, where.box, where.manner)
    if block.left < 0 or block.right > where.card_width:
        raise where.refused("its opening mark hangs over the edge; give the template a wider margin")
    return block


def _is_held_back(words: Paragraph, found: Fit | None, where: Place) -> bool:
    """Whether a single word makes the text small, or too large."""
    smallest = where.manner.smallest
    size = smallest if found is None else found.size * _DIVIDES
    small = found is None or found.size < smallest * _SMALL
    return small and words.widest * size > where.box.width


def _too_much(where: Place, words: Paragraph) -> str:
    smallest = where.manner.smallest
    least = f"even at {smallest} px, the least that can be read"
    if words.widest * smallest > where.box.width:
        word = words.widest_word.text.strip(HANGING)
        return f"“{_cut(word)}” is too wide {least}; shorten or divide it"
    return f"its {len(words.text):,} characters are too many {least}; shorten it or use a larger size"


def _inks(slot: Slot, block: Block, dressed: Dressed, colours: Mapping[str, Colour]) -> list[Inked]:
    """The quotation marks may have their own colour."""
    words, end = dressed.opening, len(dressed.text) - dressed.closing
    parts = [
        (slot.mark_color, [placed for placed in block.glyphs if placed.glyph.start < words]),
        (slot.color, [placed for placed in block.glyphs if words <= placed.glyph.start < end]),
        (slot.mark_color, [placed for placed in block.glyphs if end <= placed.glyph.start]),
    ]
    named = [(role or slot.color, glyphs) for role, glyphs in parts if glyphs]
    return [Inked(role, colours[role], glyphs) for role, glyphs in named]


def _listed(characters: Sequence[str]) -> str:
    """“ཀ” (U+0F40), “ཁ” (U+0F41) and 3 more."""
    listed = ", ".join(map(_named, characters[:_LISTED]))
    more = len(characters) - _LISTED
    return f"{listed} and {more} more" if more > 0 else listed


def _named(character: str) -> str:
    points = " ".join(f"U+{ord(point):04X}" for point in character[:_LISTED])
    return f"“{_cut(character)}” ({points})" if character[0].isprintable() else points


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
