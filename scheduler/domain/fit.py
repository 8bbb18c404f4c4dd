"""Making texts fit: at sentence borders only, and never without showing it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from scheduler.domain.piece import Passage
from scheduler.domain.quote import Segment, spoken
from scheduler.domain.text import sentences

OMITTED = "[…]"
PARAGRAPH = "\n\n"

Fits = Callable[[str], bool]


def shorten(text: str, fits: Fits) -> str | None:
    """The most leading sentences of `text` that fit with the mark of omission. None: not even one does."""
    if fits(text):
        return text
    ends = [end for _, end in sentences(text)][:-1]
    shorter = (f"{text[:end]} {OMITTED}" for end in reversed(ends))
    return next((short for short in shorter if fits(short)), None)


def abridge(text: str, fits: Fits) -> str:
    """`text`, shortened at the end of a sentence, or else of a word, until it fits. "" where nothing does."""
    if (short := shorten(text, fits)) is not None:
        return short
    ends = [found.start() for found in re.finditer(r"\s", text)]
    return next((short for end in reversed(ends) if fits(short := f"{text[:end]}…")), "")


def thread(parts: Sequence[str], fits: Fits) -> list[str] | None:
    """Pack paragraphs into as few items as their order allows. None: one sentence alone does not fit.

    A paragraph is split, at sentence borders, only where it is too long for an item of its own. No word is
    lost or changed: the items, one after the other, are the paragraphs.
    """
    items: list[str] = []
    for part in filter(None, parts):
        if items and fits(joined := items[-1] + PARAGRAPH + part):
            items[-1] = joined
        elif fits(part):
            items.append(part)
        elif (pieces := _split(part, fits)) is not None:
            items += pieces
        else:
            return None
    return items


def stands(body: str, passage: Passage) -> bool:
    """Whether every word of the passage stands in the body, where it says, with nothing left out inside."""
    offsets = [offset for segment in passage.segments for offset in segment]
    if not offsets or offsets[0] < 0 or offsets[-1] > len(body) or sorted(set(offsets)) != offsets:
        return False
    text = spoken(body, [Segment(*segment) for segment in passage.segments])
    return passage.text in {
        marked(text, before, after) for before in (False, True) for after in (False, True)
    }


def marked(text: str, before: bool, after: bool) -> str:
    """`text` with the mark of omission where something was left out."""
    return f"{OMITTED} " * before + text + f" {OMITTED}" * after


def _split(paragraph: str, fits: Fits) -> list[str] | None:
    items: list[tuple[int, int]] = []
    for start, end in _breakable(paragraph):
        if items and fits(paragraph[items[-1][0] : end]):
            items[-1] = (items[-1][0], end)
        elif fits(paragraph[start:end]):
            items.append((start, end))
        else:
            return None
    return [paragraph[start:end] for start, end in items]


def _breakable(paragraph: str) -> list[tuple[int, int]]:
    """The sentences, but a line of its own stays with the one above: "— Ada Quist" never stands alone."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(paragraph):
        if spans and "\n" in paragraph[spans[-1][1] : start]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans
