"""From marks to stretches: what stands between an opening and a closing mark, however badly they are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from scheduler.extract.blocks import Block
from scheduler.extract.marks import Mark, Way

_LOOK_AHEAD = 40  # marks that are weighed to tell a nested quote from one that was never closed
_CLAUSE = 90  # code points: the longest ", said NAME of PLACE." that is looked for where a mark is missing
_SHORTEST = 4  # code points of an unclosed quote that is worth a look
_MAX_BROKEN = 3  # paragraphs that one quote may be broken into without a mark between them
_ENDS = frozenset(".!?…”\"'’」。！？")


class How(Enum):
    CLOSED = "closed"
    GOES_ON = "goes on"  # its paragraph ended, and the next one takes it up again
    UNCLOSED = "unclosed"  # no closing mark
    UNOPENED = "unopened"  # no opening mark
    SINGLE = "single"  # single marks in a text that uses double ones


class Stretch(NamedTuple):
    """`body[start:end]` without marks, `body[opens:closes]` with them."""

    start: int
    end: int
    opens: int
    closes: int
    block: int
    how: How


class _Opened(NamedTuple):
    """A quote that is open."""

    mark: Mark
    block: int
    depth: int = 0  # of quotes inside it


def pair(
    body: str, blocks: Sequence[Block], marks: Sequence[Sequence[Mark]], says: re.Pattern[str]
) -> list[Stretch]:
    """The outermost quoted stretches, in order. `says` finds a short clause that only speech is told with."""
    return _Pairing(body, blocks, marks, says).run()


class _Pairing:
    """A state machine over the marks of one paragraph after the other."""

    def __init__(
        self, body: str, blocks: Sequence[Block], marks: Sequence[Sequence[Mark]], says: re.Pattern[str]
    ) -> None:
        self.body, self.blocks, self.marks, self.says = body, blocks, marks, says
        self.found: list[Stretch] = []
        self.surplus: list[int] = []  # running count of closing minus opening marks
        self.counted = -1  # in this block

    def run(self) -> list[Stretch]:
        opened: _Opened | None = None
        for i, marks in enumerate(self.marks):
            for k, mark in enumerate(marks):
                opened = self._inside(opened, i, k, mark) if opened else self._outside(i, k, mark)
            if opened:
                opened = self._end_of_block(opened, i)
        return self.found

    def _outside(self, i: int, k: int, mark: Mark) -> _Opened | None:
        if mark.way is not Way.CLOSE:
            return _Opened(mark, i)
        if k == 0:
            self._lost_opener(i, mark)
        return None

    def _inside(self, opened: _Opened, i: int, k: int, mark: Mark) -> _Opened | None:
        if mark.way is Way.OPEN:
            if self._closes_later(i, k):
                return opened._replace(depth=opened.depth + 1)
            self._abandon(opened, mark, i)
            return _Opened(mark, i)
        if opened.depth:
            return opened._replace(depth=opened.depth - 1)
        self._emit(opened, mark.start, mark.end, How.CLOSED)
        return None

    def _closes_later(self, i: int, k: int) -> bool:
        """More closing than opening marks from here on: the new one is inside the one that is open."""
        if self.counted != i:
            steps = (-1 if m.way is Way.OPEN else 1 for m in self.marks[i])
            self.surplus, self.counted = list(accumulate(steps, initial=0)), i
        last = min(k + _LOOK_AHEAD, len(self.surplus) - 1)
        return self.surplus[last] > self.surplus[k]

    def _emit(self, opened: _Opened, end: int, closes: int, how: How) -> None:
        self._append(opened.mark.end, end, opened.mark.start, closes, opened.block, how)

    def _append(self, start: int, end: int, opens: int, closes: int, block: int, how: How) -> None:
        while start < end and self.body[start].isspace():
            start += 1
        while end > start and self.body[end - 1].isspace():
            end -= 1
        if self.body[start : start + 1].isalnum() or any(map(str.isalnum, self.body[start:end])):
            self.found.append(Stretch(start, end, opens, closes, block, how))

    def _lost_opener(self, i: int, mark: Mark) -> None:
        """A closing mark first: the quote began with its paragraph, if words of speech follow."""
        start = self.blocks[i].start
        after = self.body[mark.end : mark.end + _CLAUSE]
        if self.body[mark.start - 1] in ",.!?" and self.says.match(after):
            self._append(start, mark.start, start, mark.end, i, How.UNOPENED)

    def _abandon(self, opened: _Opened, mark: Mark, i: int) -> None:
        """A new quote opens in the same paragraph, and the one before was never closed."""
        if opened.block != i or mark.start - opened.mark.end < _SHORTEST:
            return
        end = self._before_clause(opened, mark.start)
        if end or self.body[opened.mark.end : mark.start].rstrip()[-1:] in {".", "!", "?", "…"}:
            end = end or mark.start
            self._emit(opened, end, end, How.UNCLOSED)

    def _before_clause(self, opened: _Opened, end: int) -> int:
        """Where the words stop before a ', she said.' that leads up to `end`; 0 where there is none."""
        start = max(opened.mark.end, end - _CLAUSE)
        clause = self.body[start:end].rstrip()
        comma = max(clause.rfind(c, 0, -1) for c in ",!?")
        return start + comma + 1 if comma > 0 and self.says.match(clause[comma + 1 :]) else 0

    def _end_of_block(self, opened: _Opened, i: int) -> _Opened | None:
        """The paragraph ends inside a quote: it is taken up again, broken in two, or was never closed."""
        end = self.blocks[i].end
        if self._reopens(i + 1):
            self._emit(opened, end, end, How.GOES_ON)
        elif self._closes_first(i + 1) and i - opened.block < _MAX_BROKEN:
            if self._is_broken(i):
                return opened
            self._emit(opened, end, end, How.GOES_ON)
            start = self.blocks[i + 1].start
            return _Opened(Mark(start, start, Way.OPEN), i + 1)
        elif self._is_broken_twice(opened, i):
            return opened
        elif not self._before_clause(opened, end):
            self._emit(opened, end, end, How.UNCLOSED)
        return None

    def _reopens(self, i: int) -> bool:
        if i >= len(self.blocks) or not self.marks[i]:
            return False
        first = self.marks[i][0]
        return first.start - self.blocks[i].start <= 1 and first.way is not Way.CLOSE

    def _closes_first(self, i: int) -> bool:
        return i < len(self.blocks) and bool(self.marks[i]) and self.marks[i][0].way is Way.CLOSE

    def _is_broken(self, i: int) -> bool:
        """The break after block `i` stands in the middle of a sentence."""
        return self.body[self.blocks[i].end - 1] not in _ENDS or self.body[self.blocks[i + 1].start].islower()

    def _is_broken_twice(self, opened: _Opened, i: int) -> bool:
        return (
            i - opened.block < _MAX_BROKEN - 1
            and self._closes_first(i + 2)
            and not self.marks[i + 1]
            and self._is_broken(i)
            and self.body[self.blocks[i + 1].start].islower()
        )
