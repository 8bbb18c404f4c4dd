"""Single quotation marks, told from apostrophes.

They hold the quotes of a British text, and headlines and terms in other texts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from scheduler.extract.blocks import Block
from scheduler.extract.marks import Mark, Way

#: Marks at the edge of a word: within a word it is always an apostrophe.
_EDGE = re.compile(r"[‘’'‚‛](?:(?!\w)|(?<![\w.,!?…’'].))")
_ELISION = re.compile(r"['’‘](?:\d0s|[nN]['’]|(?:[eE]m|[tT]is|[tT]was|[tT]il|[cC]ause|[bB]out|[rR]ound)\b)")
_FIRM = frozenset(".,!?…—–”\"’'")  # before a mark that closes, and hardly ever before an apostrophe
_SPEECH_ENDS = frozenset(".,!?…—")
_AFTER = frozenset(".,;:!?)")
_BEFORE = frozenset('([—–:“"-/')
_FIRST = frozenset('[“"…¿¡$£€')  # what a quote may start with, besides a letter or a digit


class _Edge(Enum):
    OPENS = 1
    CLOSES = 2
    MAYBE = 3  # closes, or is an apostrophe: the players’


class _Candidate(NamedTuple):
    at: int
    edge: _Edge


def single_marks(body: str, blocks: Sequence[Block]) -> list[list[Mark]]:
    """The single marks of each block that open or close a quote."""
    edges: list[list[_Candidate]] = [[] for _ in blocks]
    starts = [b.start for b in blocks]
    for m in _EDGE.finditer(body):
        edge = None if _ELISION.match(body, m.start()) else _edge(body, m.start())
        if edge is not None:
            edges[bisect_right(starts, m.start()) - 1].append(_Candidate(m.start(), edge))
    return [_without_apostrophes(candidates) for candidates in edges]


def prevail(body: str, singles: Sequence[Sequence[Mark]], doubles: Sequence[Sequence[Mark]]) -> bool:
    """Whether the quotes of this text stand in single marks."""
    return _speech(body, singles) > _speech(body, doubles)


def _speech(body: str, marks: Sequence[Sequence[Mark]]) -> int:
    """How many marks close words that end like speech, as terms and titles do not."""
    closing = (m for block in marks for m in block if m.way is not Way.OPEN)
    return sum(body[m.start - 1] in _SPEECH_ENDS or body[m.end : m.end + 1] == "," for m in closing)


def _edge(body: str, at: int) -> _Edge | None:
    before, after = body[at - 1 : at] or " ", body[at + 1 : at + 2] or " "
    if (before.isspace() or before in _BEFORE) and body[at] != "’":
        return _Edge.OPENS if after.isalnum() or after in _FIRST else None
    if before.isspace() or after.isalnum() or body[at] in {before, after}:  # '' is a double mark
        return None
    if before in _FIRM or (after in _AFTER and before != "s"):
        return _Edge.CLOSES
    return _Edge.MAYBE


def _without_apostrophes(candidates: list[_Candidate]) -> list[Mark]:
    """A doubtful mark closes only where no firm one does before the next quote opens."""
    found: list[Mark] = []
    firm_next = _firm_ahead(candidates)
    depth = 0
    for k, (at, edge) in enumerate(candidates):
        if edge is _Edge.OPENS:
            found.append(Mark(at, at + 1, Way.OPEN))
            depth += 1
        elif depth and (edge is _Edge.CLOSES or not firm_next[k]):
            found.append(Mark(at, at + 1, Way.CLOSE))
            depth -= 1
    return found


def _firm_ahead(candidates: list[_Candidate]) -> list[bool]:
    """For each candidate: does a firm closing mark follow before the next one that opens?"""
    ahead = [False] * len(candidates)
    firm = False
    for k in range(len(candidates) - 1, -1, -1):
        ahead[k] = firm
        firm = {_Edge.OPENS: False, _Edge.CLOSES: True}.get(candidates[k].edge, firm)
    return ahead
