"""Breaking words into lines. Pure numbers: where each word starts and ends if all stood on one line."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

_RUNT = 60.0  # a last line of one word: worse than any rag
_ROUNDING = 1e-6
_LAST = 0.3  # how much the shortness of the last line counts


class Lines(NamedTuple):
    price: float  # the lower, the better they look
    ends: tuple[int, ...]  # of each, in words


@dataclass(frozen=True)
class Measure:
    """The words of a paragraph, in any unit."""

    left: Sequence[float]
    right: Sequence[float]
    reluctance: Sequence[float]  # of ending a line after the word

    def __len__(self) -> int:
        return len(self.left)

    def width(self, first: int, end: int) -> float:
        return self.right[end - 1] - self.left[first]


def greedy(words: Measure, room: float) -> list[int]:
    """The end of each line, as many words on each as go. A word that is wider than `room` stands alone."""
    ends: list[int] = []
    first = 0
    for word in range(1, len(words)):
        if words.width(first, word + 1) > room:
            ends.append(word)
            first = word
    return [*ends, len(words)]


def balanced(words: Measure, room: float, lines: int) -> Lines | None:
    """Exactly `lines` lines, as even as can be. None where no breaks fit `room`."""
    if lines < 1:
        return None
    ideal = words.width(0, len(words)) / lines
    best = {0: Lines(0.0, ())}  # by the words set so far
    for to_come in range(lines - 1, -1, -1):
        best = _one_more(words, best, room, ideal, least=_least(words, room, to_come))
    return best.get(len(words))


def _least(words: Measure, room: float, lines: int) -> int:
    """How many words must be set already, so that the others can still fit `lines` lines."""
    spaces = [left - right for right, left in zip(words.right, words.left[1:], strict=False)]
    widest = max([_ROUNDING, *spaces])
    return bisect_left(words.left, words.right[-1] - (room + widest) * lines)


def _one_more(
    words: Measure, best: Mapping[int, Lines], room: float, ideal: float, *, least: int
) -> dict[int, Lines]:
    """The innermost loop of a card."""
    longer: dict[int, Lines] = {}
    for first, (price, ends) in best.items():
        for end in range(max(first + 1, least), len(words.right) + 1):
            width = words.right[end - 1] - words.left[first]
            if width > room:
                break
            total = price + _price(words, first, end, width / ideal)
            if end not in longer or total < longer[end].price:
                longer[end] = Lines(total, (*ends, end))
    return longer


def _price(words: Measure, first: int, end: int, width: float) -> float:
    """1 for a line that is 10 % too short or too long; `width` 1 would be ideal."""
    rag = 100 * (1 - width) ** 2
    if end < len(words.right):
        return rag + words.reluctance[end - 1]
    runt = _RUNT if end - first == 1 and first else 0.0
    return runt + (rag * _LAST if width < 1 else rag)
