"""The words of a sentence, told apart by how they are written: what the grammar of attributions is made of."""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTED = "\x01"  # stands for each code point of a quote, its marks included, in the masked text

#: The letters of the Latin, Greek and Cyrillic scripts.
_LETTERS = [chr(c) for c in (*range(0x41, 0x7B), *range(0xC0, 0x250), *range(0x370, 0x530))]
UPPER = f"[{''.join(c for c in _LETTERS if c.isupper())}]"
LOWER = f"[{''.join(c for c in _LETTERS if c.islower())}]"

_TOKEN = re.compile(
    rf"(?P<word>{LOWER}\w*(?:[’'-]\w+)*)"
    rf"|(?P<quote>{QUOTED}+)"
    rf"|(?P<initial>{UPPER}\.(?:[ ]?{UPPER}\.)*(?!\w))"
    rf"|(?P<name>{UPPER}\w*(?:[’'&-]\w+)*)"
    r"|(?P<mark>[,;:!?…()\[\]])"
    r"|(?P<number>\d[\w.,%/]*)"
    r"|(?P<dash>[—–―]+|--+|(?<=\s)-(?=\s))"
    r"|(?P<letters>[^\W\d_]\w*)"
)


class Token(NamedTuple):
    kind: str  # word, quote, initial, name (capitalised), mark, number, dash, or letters of another script
    text: str
    low: str  # in lower case, with straight apostrophes
    start: int  # in the body
    end: int


def tokens(masked: str, start: int, end: int) -> list[Token]:
    """The tokens of one sentence. Full stops inside it only abbreviate, and are left out."""
    found, make = [], Token._make
    for m in _TOKEN.finditer(masked, start, end):
        text = low = m[0]
        kind = m.lastgroup or ""
        if kind == "name":
            low = text.lower()
        if "’" in low:
            low = low.replace("’", "'")
        found.append(make((kind, text, low, m.start(), m.end())))
    return found


def is_possessive(token: Token) -> bool:
    return token.low.endswith(("'s", "s'"))


def is_name(token: Token) -> bool:
    return token.kind in {"name", "initial"}
