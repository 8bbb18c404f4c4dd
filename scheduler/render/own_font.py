"""Fonts that people upload: read with suspicion, with what they say about their licence, and used by a role."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

import uharfbuzz as hb

from scheduler.domain.errors import PullquoteError
from scheduler.render.layout.face import Face

MOST_BYTES = 8_000_000
_STARTS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_OTHERS = {
    b"wOFF": "a web font (WOFF)",
    b"wOF2": "a web font (WOFF2)",
    b"ttcf": "a collection of several fonts",
}
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}
_SAMPLE = "Hamburgefonstiv 0123456789"
_LONGEST_NOTE = 300  # characters of a licence that are kept

#: Entries of a font's name table, as OpenType numbers them.
_FAMILY, _TYPOGRAPHIC_FAMILY, _COPYRIGHT, _LICENCE, _LICENCE_URL = 1, 16, 0, 13, 14


@dataclass(frozen=True)
class OwnFont:
    """A font of a workspace. Two with the same bytes are the same."""

    digest: str  # SHA-256
    data: bytes = field(compare=False, repr=False)


@dataclass(frozen=True)
class Described:
    """What a font says about itself."""

    family: str
    licence: str  # "" where it says nothing


def describe(data: bytes, name: str) -> Described:
    """A font that was uploaded as `name`. PullquoteError in one sentence where it is no use."""
    if len(data) > MOST_BYTES:
        raise PullquoteError(
            f"{name} is larger than {MOST_BYTES // 1_000_000} MB: cut it to the scripts you use."
        )
    if other := _OTHERS.get(data[:4]):
        raise PullquoteError(f"{name} is {other}: upload the TTF or OTF of one style.")
    if not data.startswith(_STARTS):
        raise PullquoteError(f"{name} is no font: upload a TTF or OTF.")
    tables = _tables(data)
    if tables is None:
        raise PullquoteError(f"{name} is damaged or breaks off: export or download it again.")
    font = hb.Face(hb.Blob(data))
    if not _OUTLINES & tables or not _draws(font):
        raise PullquoteError(f"{name} draws no letters: it is damaged, or a font of symbols or bitmaps.")
    family = _entry(font, _TYPOGRAPHIC_FAMILY) or _entry(font, _FAMILY) or name
    licence = _entry(font, _LICENCE) or _entry(font, _LICENCE_URL)
    return Described(family, licence[:_LONGEST_NOTE])


def own(data: bytes) -> OwnFont:
    return OwnFont(hashlib.sha256(data).hexdigest(), data)


@lru_cache(32)
def face(font: OwnFont, weight: int) -> Face:
    """At that weight where it is a variable font, else as it is."""
    return Face(lambda: _opened(font), {"wght": weight})


@lru_cache(8)
def _opened(font: OwnFont) -> hb.Face:
    return hb.Face(hb.Blob(font.data))


def _tables(data: bytes) -> set[bytes] | None:
    """The names of its tables. None where one of them is not all there."""
    count = int.from_bytes(data[4:6], "big")
    entries = [data[at : at + 16] for at in range(12, 12 + 16 * count, 16)]
    ends = [int.from_bytes(entry[8:12], "big") + int.from_bytes(entry[12:16], "big") for entry in entries]
    if not entries or len(entries[-1]) < 16 or max(ends) > len(data):
        return None
    return {entry[:4] for entry in entries}


def _draws(font: hb.Face) -> bool:
    """Whether any letter has ink: a table that is damaged is as good as none to HarfBuzz."""
    drawn = hb.Font(font)
    letters = [letter for letter in (*_SAMPLE, *map(chr, sorted(font.unicodes)[:400])) if letter.isalnum()]
    found = (drawn.get_nominal_glyph(ord(letter)) for letter in letters)
    extents = (drawn.get_glyph_extents(glyph) for glyph in found if glyph)
    return any(each is not None and each.width and each.height for each in extents)


def _entry(font: hb.Face, number: int) -> str:
    return " ".join((font.get_name(hb.OTNameIdPredefined(number)) or "").split())
