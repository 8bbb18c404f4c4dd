"""From marks to stretches: what stands between an opening and a closing mark, however badly they are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from scheduler.extract.blocks import Block
from scheduler.extract.marks import Mark, Way

_LOOK_AHEAD = 40  # marks that are weighed to tell a nested quote from one that was never closed
_CLAUSE = 90  # code points: the longest "…, said NAME of PLACE." that is looked for after a lost mark
_MAX_BROKEN = 3  # paragraphs that one quote may be broken into without a mark between them
_ENDS = frozenset(".!?…”\"'’」。！？")


class How(Enum):
    CLOSED = "closed"
    GOES_ON = "goes on"  # its paragraph ended, and the next one takes it up again
    UNCLOSED = "unclosed"  # no closing mark
    UNOPENED = "unopened"  # no opening mark
    SINGLE = "single"  # single marks in a text that uses double ones


@dataclass(frozen=True, slots=True)
class Stretch:
    """`body[start:end]` without marks, `body[opens:closes]` with them."""

    start: int
    end: int
    opens: int
    closes: int
    block: int
    how: How


def pair(
    body: str, blocks: Sequence[Block], marks: Sequence[Sequence[Mark]], says: re.Pattern[str]
) -> list[Stretch]:
    """The outermost quoted stretches, in order. `says` finds a word that only speech is told with."""
    return _Pairing(body, blocks, marks, says).run()


class _Pairing:
    """A state machine over the marks of one paragraph after the other."""

    def __init__(
        self, body: str, blocks: Sequence[Block], marks: Sequence[Sequence[Mark]], says: re.Pattern[str]
    ) -> None:
        self.body, self.blocks, self.marks, self.says = body, blocks, marks, says
        self.found: list[Stretch] = []
        self.opened: Mark | None = None
        self.home = 0  # the block in which it was opened
        self.depth = 0  # of quotes inside it
        self.surplus: list[int] = []  # running count of closing minus opening marks of this block

    def run(self) -> list[Stretch]:
        for i, marks in enumerate(self.marks):
            if not marks and self.opened is None:
                continue
            self.surplus = list(accumulate((-1 if m.way is Way.OPEN else 1 for m in marks), initial=0))
            for k, mark in enumerate(marks):
                self._take(i, k, mark)
            if self.opened is not None:
                self._end_of_block(i)
        return self.found

    def _take(self, i: int, k: int, mark: Mark) -> None:
        if self.opened is None:
            if mark.way is not Way.CLOSE:
                self._open(mark, i)
            elif k == 0:
                self._lost_opener(i, mark)
        elif mark.way is Way.OPEN:
            if self._closes_later(k):
                self.depth += 1
            else:
                self._abandon(mark, i)
                self._open(mark, i)
        elif self.depth:
            self.depth -= 1
        else:
            self._emit(mark.start, mark.end, How.CLOSED)

    def _open(self, mark: Mark, i: int) -> None:
        self.opened, self.home, self.depth = mark, i, 0

    def _closes_later(self, k: int) -> bool:
        """More closing than opening marks from here on: the new one is inside the one that is open."""
        last = min(k + _LOOK_AHEAD, len(self.surplus) - 1)
        return self.surplus[last] > self.surplus[k]

    def _emit(self, end: int, closes: int, how: How) -> None:
        assert self.opened is not None
        self._append(self.opened.end, end, self.opened.start, closes, self.home, how)
        self.opened = None

    def _append(self, start: int, end: int, opens: int, closes: int, block: int, how: How) -> None:
        text = self.body[start:end]
        start += len(text) - len(text.lstrip())
        end -= len(text) - len(text.rstrip())
        if start < end and any(c.isalnum() for c in self.body[start:end]):
            self.found.append(Stretch(start, end, opens, closes, block, how))

    def _lost_opener(self, i: int, mark: Mark) -> None:
        """A closing mark first: the quote began with its paragraph, if words of speech follow."""
        start = self.blocks[i].start
        after = self.body[mark.end : mark.end + _CLAUSE]
        if self.body[mark.start - 1] in ",.!?" and self.says.match(after):
            self._append(start, mark.start, start, mark.end, i, How.UNOPENED)

    def _abandon(self, mark: Mark, i: int) -> None:
        """A new quote opens, and the one before was never closed."""
        assert self.opened is not None
        if self.home != i:
            return
        end = self._before_clause(mark.start)
        if end or self.body[self.opened.end : mark.start].rstrip()[-1:] in set(".!?…"):
            self._emit(end or mark.start, end or mark.start, How.UNCLOSED)

    def _before_clause(self, end: int) -> int:
        """Where the words end before a ', she said.' that leads up to `end`; 0 where there is none."""
        assert self.opened is not None
        start = max(self.opened.end, end - _CLAUSE)
        clause = self.body[start:end].rstrip()
        comma = max(clause.rfind(c, 0, -1) for c in ",!?")
        return start + comma + 1 if comma > 0 and self.says.match(clause[comma + 1 :]) else 0

    def _end_of_block(self, i: int) -> None:
        """The paragraph ends and the quote is open: it is taken up again, broken in two, or was never closed."""
        assert self.opened is not None
        end = self.blocks[i].end
        if i + 1 == len(self.blocks):
            self._emit(end, end, How.UNCLOSED)
        elif self._reopens(i + 1):
            self._emit(end, end, How.GOES_ON)
        elif self._closes_first(i + 1) and i - self.home < _MAX_BROKEN:
            if not self._is_broken(i):
                self._emit(end, end, How.GOES_ON)
                start = self.blocks[i + 1].start
                self._open(Mark(start, start, Way.OPEN), i + 1)
        elif not self._broken_twice(i):
            self._emit(end, end, How.UNCLOSED)

    def _reopens(self, i: int) -> bool:
        first = self.marks[i][0] if self.marks[i] else None
        return first is not None and first.start - self.blocks[i].start <= 1 and first.way is not Way.CLOSE

    def _closes_first(self, i: int) -> bool:
        return i < len(self.marks) and bool(self.marks[i]) and self.marks[i][0].way is Way.CLOSE

    def _is_broken(self, i: int) -> bool:
        """The break after block `i` stands in the middle of a sentence."""
        return self.body[self.blocks[i].end - 1] not in _ENDS or self.body[self.blocks[i + 1].start].islower()

    def _broken_twice(self, i: int) -> bool:
        return (
            i - self.home < _MAX_BROKEN - 1
            and not self.marks[i + 1]
            and self._is_broken(i)
            and self.body[self.blocks[i + 1].start].islower()
            and self._closes_first(i + 2)
        )
