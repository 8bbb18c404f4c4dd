"""The words of a sentence, told apart by how they are written: what the grammar of attributions is made of."""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTED = "\x01"  # stands for each code point of a quote, its marks included, in the masked text

#: Every upper-case letter of the Latin, Greek and Cyrillic scripts.
_LETTERS = "".join(
    c for c in map(chr, [*range(0x41, 0x5B), *range(0xC0, 0x250), *range(0x370, 0x530)]) if c.isupper()
)
UPPER = f"[{_LETTERS}]"

_TOKEN = re.compile(
    rf"(?P<quote>{QUOTED}+)"
    rf"|(?P<initial>{UPPER}\.(?:[ ]?{UPPER}\.)*(?!\w))"
    rf"|(?P<name>{UPPER}\w*(?:[’'&-]\w+)*)"
    r"|(?P<word>[^\W\d_]\w*(?:[’'-]\w+)*)"
    r"|(?P<number>\d[\w.,%/]*)"
    r"|(?P<dash>[—–―]+|--+|(?<=\s)-(?=\s))"
    r"|(?P<mark>[,;:!?…()\[\]/])"
)


class Token(NamedTuple):
    kind: str  # quote, initial, name (capitalised), word, number, dash or mark
    text: str
    low: str  # in lower case, with straight apostrophes
    start: int  # in the body
    end: int


def tokens(masked: str, start: int, end: int) -> list[Token]:
    """The tokens of one sentence. Full stops inside it only abbreviate, and are left out."""
    found = []
    for m in _TOKEN.finditer(masked, start, end):
        text = m[0]
        low = text.lower()
        if "’" in low:
            low = low.replace("’", "'")
        found.append(Token(m.lastgroup or "", text, low, *m.span()))
    return found


def is_possessive(token: Token) -> bool:
    return token.low.endswith(("'s", "s'"))


def is_name(token: Token) -> bool:
    return token.kind in {"name", "initial"}
