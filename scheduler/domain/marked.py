"""An article's body in paragraphs, with its quotes marked where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PARAGRAPH = re.compile(r"[^\n]+")


@dataclass(frozen=True)
class Run:
    """A stretch of the body; `quote` is the number of the quote that it belongs to, or None."""

    text: str
    quote: int | None = None


def paragraphs(body: str, segments: Iterable[tuple[int, int, int]]) -> list[list[Run]]:
    """`segments` are start, end and number of a quote. One that overlaps an earlier one is not marked."""
    marks = list(_apart(segments))
    return [list(_runs(body, found.start(), found.end(), marks)) for found in _PARAGRAPH.finditer(body)]


def _apart(segments: Iterable[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    last = 0
    for start, end, number in sorted(segments):
        if start >= last and end > start:
            yield start, end, number
            last = end


def _runs(body: str, start: int, end: int, marks: list[tuple[int, int, int]]) -> Iterator[Run]:
    at = start
    inside = [(max(a, start), min(b, end), number) for a, b, number in marks if a < end and b > start]
    for first, last, number in inside:
        if first > at:
            yield Run(body[at:first])
        yield Run(body[first:last], number)
        at = last
    if at < end:
        yield Run(body[at:end])
