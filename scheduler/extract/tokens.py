"""The words of a sentence, told apart by how they are written: what the grammar of attributions is made of."""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTED = "\x01"  # stands for each code point of a quote, its marks included, in the masked text

#: Every upper-case letter of the Latin, Greek and Cyrillic scripts, as far as living languages need them.
UPPER = f"[{''.join(c for c in map(chr, (*range(0x41, 0x180), *range(0x386, 0x430))) if c.isupper())}]"

_TOKEN = re.compile(
    rf"(?P<name>{UPPER}(?:\.(?:[ ]?[^\W\d_]\.)*(?!\w)|\w*(?:[’'&-]\w+)*))"  # a capitalised word, or initials
    r"|(?P<word>[^\W\d_]\w*(?:[’'-]\w+)*)"
    r"|(?P<mark>[,;:!?…()\[\]])"
    r"|(?P<dash>[—–―]+|--+|(?<=\s)-(?=\s))"
    r"|(?P<number>\d(?:[\w.,/]*[\w%])?)"
    rf"|(?P<quote>{QUOTED}+)"
)

_ARTICLE = re.compile(rf"(?:al|el|ad|an|ar|as|ash|at|az|ben|bin|ibn|ul)-{UPPER}")  # Aisha al-Rashid


class Token(NamedTuple):
    kind: str  # name (capitalised), word, mark, dash, number or quote
    text: str
    low: str  # in lower case, with straight apostrophes
    start: int  # in the body
    end: int


def tokens(masked: str, start: int, end: int) -> list[Token]:
    """The tokens of one sentence. Full stops inside it only abbreviate, and are left out."""
    if masked.count(QUOTED, start, end) == end - start:  # many a paragraph is a quote and nothing else
        return [Token("quote", masked[start:end], masked[start:end], start, end)]
    found, make = [], Token._make
    for m in _TOKEN.finditer(masked, start, end):
        text = low = m[0]
        kind = m.lastgroup or ""
        if kind == "name":
            low = text.lower()
        elif "-" in text and kind == "word" and _ARTICLE.match(text):
            kind, low = "name", text.lower()
        if "’" in low:
            low = low.replace("’", "'")
        found.append(make((kind, text, low, m.start(), m.end())))
    return found


def is_possessive(token: Token) -> bool:
    return token.low.endswith(("'s", "s'"))


def is_name(token: Token) -> bool:
    return token.kind == "name"
