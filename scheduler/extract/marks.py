"""Quotation marks: where they stand, and whether each opens or closes.

The direction comes from the context (an opening mark has space before it and none after), and the glyph only
breaks ties. So “…", "…”, „…“, »…« and ''…'' are all read the same way.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from scheduler.extract.blocks import Block


class Way(Enum):
    OPEN = "open"
    CLOSE = "close"
    EITHER = "either"  # the state decides: a straight mark with the same on both sides


class Mark(NamedTuple):
    start: int
    end: int
    way: Way


#: One character class first: the scanner then skips what cannot be a mark.
MARK = re.compile(r"[“”„‟\"«»‹›「」『』〝〟'`,](?:(?<!['`,])|(?<=')''?|(?<=`)`|(?<=,),(?=\w))")
_HABITS = {
    **dict.fromkeys(["“", "„", "‟", "«", "‹", "「", "『", "〝", "``", ",,"], Way.OPEN),
    **dict.fromkeys(["”", "»", "›", "」", "』", "〟"], Way.CLOSE),
}
_OPENS_AFTER = frozenset(" \n\t\xa0([{<>—–-/:=*_|‘'¿¡\ufeff")
_CLOSES_BEFORE = frozenset(" \n.,;:!?)]}<—–-/’'*_|…。、，．！？；：")
_FEET_AND_INCHES = re.compile(r"\d['’′]\s?\d{1,2}$")
_REVERSED = re.compile(r"(?<!\S)»\w")


def marks(body: str, blocks: list[Block]) -> list[list[Mark]]:
    """The quotation marks of each block. Single ones are read by `singles`."""
    found: list[list[Mark]] = [[] for _ in blocks]
    habits = _habits(body)
    i, block = -1, Block(0, 0)
    for m in MARK.finditer(body):
        start, end = m.span()
        while start >= block.end:
            i += 1
            block = blocks[i]
        mark = _read(body, block, start, end, habits)
        if mark is not None:
            found[i].append(mark)
    return found


def _habits(body: str) -> dict[str, Way]:
    """What each glyph does in this body where its context does not tell."""
    habits = dict(_HABITS)
    if "„" in body and body.count("“") >= body.count("”"):
        habits["“"] = Way.CLOSE  # „German“
    if "»" in body and _REVERSED.search(body):
        habits |= {"»": Way.OPEN, "«": Way.CLOSE}  # »German books«
    return habits


def _read(body: str, block: Block, start: int, end: int, habits: dict[str, Way]) -> Mark | None:
    glyph = body[start:end]
    if end - start == 3:  # a single mark within a double one made of two apostrophes
        opens = start <= block.start or body[start - 1] in _OPENS_AFTER
        start, end = (start, end - 1) if opens else (start + 1, end)
    before = body[start - 1] if start > block.start else " "
    free_left = before in _OPENS_AFTER or before.isspace()
    free_right = end >= block.end or body[end] in _CLOSES_BEFORE or body[end].isspace()
    if free_left == free_right:
        return Mark(start, end, habits.get(glyph, Way.EITHER))
    if free_left:
        return Mark(start, end, Way.OPEN)
    return None if _is_inches(body, start) else Mark(start, end, Way.CLOSE)


def _is_inches(body: str, at: int) -> bool:
    return body[at - 1].isdigit() and bool(_FEET_AND_INCHES.search(body[max(0, at - 6) : at]))
