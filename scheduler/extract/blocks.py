"""The paragraphs of a body. A line is a paragraph, unless the whole text was wrapped by hand."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple


class Block(NamedTuple):
    """One paragraph: `body[start:end]`, without the space around it."""

    start: int
    end: int


_LINE = re.compile(r"\S[^\n]*")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_WRAPPED_AT = range(40, 100)  # code points in a line that was wrapped by hand
_HEADING = 200  # code points: a heading is no longer
_FEWEST = 4  # words: a shorter line is more likely a name


def blocks(body: str) -> list[Block]:
    lines = [Block(m.start(), m.start() + len(m[0].rstrip())) for m in _LINE.finditer(body)]
    return _joined(body, lines) if _is_wrapped(body, lines) else lines


def is_heading(text: str, small: frozenset[str]) -> bool:
    """Whether a line Is Set Like a Heading, in which capitals do not mean names. `small` words need none."""
    if len(text) >= _HEADING:
        return False
    count = 0
    for m in _WORD.finditer(text):
        if m[0][0].islower() and m[0] not in small:
            return False
        count += 1
    return count >= _FEWEST


def _is_wrapped(body: str, lines: list[Block]) -> bool:
    """Many lines that stop in the middle of a sentence, all about as long."""
    joints = [(a, b) for a, b in pairwise(lines) if _single_break(body, a, b)]
    cut = sum(a.end - a.start in _WRAPPED_AT and body[b.start].islower() for a, b in joints)
    return cut >= 3 and cut >= 0.3 * len(joints)


def _single_break(body: str, a: Block, b: Block) -> bool:
    return body.count("\n", a.end, b.start) == 1


def _joined(body: str, lines: list[Block]) -> list[Block]:
    paragraphs: list[Block] = []
    for line in lines:
        if paragraphs and _single_break(body, paragraphs[-1], line):
            paragraphs[-1] = Block(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return paragraphs
