"""The parts of a thread while somebody writes it: added, split, joined, moved. No word is lost on the way."""

from __future__ import annotations

from scheduler.domain.errors import PullquoteError
from scheduler.domain.fit import PARAGRAPH
from scheduler.domain.text import sentences

MOST = 50  # parts of a thread

Parts = list[str]


def change(parts: Parts, what: str, number: int, at: int = 0) -> tuple[Parts, int]:
    """The parts after a button was pressed at part `number`, counted from 1, and the part to go on with.

    `at` is where to split, in code points; 0 is the border nearest to the middle.
    """
    if not 1 <= number <= len(parts):
        raise PullquoteError("That part is not there any more: load the page again.")
    match what:
        case "add":
            return _checked([*parts[:number], "", *parts[number:]]), number + 1
        case "remove" if len(parts) > 1:
            return [*parts[: number - 1], *parts[number:]], max(1, number - 1)
        case "split":
            return _checked(
                [*parts[: number - 1], *split(parts[number - 1], at), *parts[number:]]
            ), number + 1
        case "join" if number < len(parts):
            return [
                *parts[: number - 1],
                _joined(*parts[number - 1 : number + 1]),
                *parts[number + 1 :],
            ], number
        case "up" if number > 1:
            return _swapped(parts, number - 1), number - 1
        case "down" if number < len(parts):
            return _swapped(parts, number), number + 1
        case _:
            raise PullquoteError("That cannot be done to this part of the thread.")


def split(text: str, at: int = 0) -> Parts:
    """One text as two."""
    border = at or _middle(text)
    first, second = text[:border].rstrip(), text[border:].lstrip()
    if not first or not second:
        raise PullquoteError("There is nothing to split: put the cursor between two words, or write more.")
    return [first, second]


def _middle(text: str) -> int:
    """The border of paragraphs that is nearest to the middle; of sentences, of words where there is none."""
    starts = [start for start, _ in sentences(text)]
    whole = [start for start in starts if text[:start].endswith("\n\n")]
    spaces = [i + 1 for i, letter in enumerate(text) if letter.isspace()]
    for borders in (whole, starts, spaces):
        inside = [border for border in borders if text[:border].strip() and text[border:].strip()]
        if inside:
            return min(inside, key=lambda border: abs(border - len(text) / 2))
    return 0


def _joined(first: str, second: str) -> str:
    return PARAGRAPH.join(part for part in (first.rstrip(), second.lstrip()) if part)


def _swapped(parts: Parts, number: int) -> Parts:
    """Part `number` and the one after it, the other way round."""
    return [*parts[: number - 1], parts[number], parts[number - 1], *parts[number + 1 :]]


def _checked(parts: Parts) -> Parts:
    if len(parts) > MOST:
        raise PullquoteError(f"A thread has up to {MOST} parts.")
    return parts
