"""An article that was read again: where a passage's words stand now, or what became of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import islice, takewhile

from scheduler.domain.fit import OMITTED, stands
from scheduler.domain.piece import Passage
from scheduler.domain.text import CLOSERS, OPENERS

Span = tuple[int, int]  # start and end, in code points

_AROUND = 200  # code points on each side that tell one occurrence of the same words from another
_OCCURRENCES = 1000  # looked at
_CHANGES = 3  # shown
_SHOWN = 12  # words of each
_COMPARED = 400  # words of a passage


def moved(passage: Passage, old: str, new: str) -> Passage | None:
    """The passage with its places in the new body; None where its words do not stand in it."""
    known = stands(old, passage)  # else it was lost before, and may be back
    spans = find_again(passage.segments, old, new) if known else _find_text(passage, new)
    there = replace(passage, segments=spans) if spans else None
    return there if there and stands(new, there) else None


def find_again(segments: Sequence[Span], old: str, new: str) -> tuple[Span, ...] | None:
    """Where the words of all `segments` of the old body stand in the new one, in the same order."""
    found: list[Span] = []
    for start, end in segments:
        after = found[-1][1] if found else 0
        at = max(
            (at for at in _occurrences(old[start:end], new) if at >= after),
            key=lambda at: _alike(old, (start, end), new, at),
            default=None,
        )
        if at is None:
            return None
        found.append((at, at + end - start))
    return tuple(found)


def difference(passage: Passage, old: str, new: str) -> str:
    """What became of a passage's words: “reads the rain” → “reads the wind”; "" where they are gone."""
    known = stands(old, passage)
    stretches = [old[start:end] for start, end in passage.segments] if known else [passage.text]
    lines = (line for stretch in stretches for line in stretch.splitlines())
    changes = (change for line in lines for change in _changes(_words(line)[:_COMPARED], new))
    return "; ".join(islice(changes, _CHANGES))


def _find_text(passage: Passage, new: str) -> tuple[Span, ...] | None:
    """Only for a passage of one stretch: its text does not say where another ends."""
    text = passage.text.replace(OMITTED, "").strip()
    at = next(_occurrences(text, new), None) if len(passage.segments) == 1 else None
    return None if at is None else ((at, at + len(text)),)


def _occurrences(words: str, body: str) -> Iterator[int]:
    """Where `words` start in the body, whole words only: "go" does not stand in "gone"."""
    if not words.strip():
        return iter(())
    before = r"(?<!\w)" if words[0].isalnum() else ""
    after = r"(?!\w)" if words[-1].isalnum() else ""
    found = re.finditer(f"{before}{re.escape(words)}{after}", body)
    return (m.start() for m in islice(found, _OCCURRENCES))


def _alike(old: str, span: Span, new: str, at: int) -> int:
    """How many characters around the words are the same."""
    start, end = span
    stop = at + end - start
    before = _same(old[max(start - _AROUND, 0) : start][::-1], new[max(at - _AROUND, 0) : at][::-1])
    return before + _same(old[end : end + _AROUND], new[stop : stop + _AROUND])


def _same(one: str, other: str) -> int:
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))


def _changes(ours: list[str], new: str) -> Iterator[str]:
    """The changes between the words of a line and the paragraph that has most of them."""
    theirs = max(
        (_words(line) for line in new.splitlines()), key=lambda words: _shared(ours, words), default=[]
    )
    if 2 * _shared(ours, theirs) < len(set(ours)):
        return
    for was, now in _replaced(ours, theirs):
        yield f"“{_short(was)}” → “{_short(now)}”"


def _replaced(ours: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Each change with a word before it and a word after it. What the paragraph says around ours is no change."""
    matcher = SequenceMatcher(a=ours, b=theirs, autojunk=False)
    for tag, start, end, there, stop in matcher.get_opcodes():
        at_start, at_end = start == 0, end == len(ours)
        if tag == "equal" or (tag == "insert" and (at_start or start == len(ours))):
            continue
        since = max(there, stop - end) if at_start else there - 1
        until = min(stop, there + end - start) if at_end else stop + 1
        yield ours[max(start - 1, 0) : end + 1], theirs[since:until]


def _shared(one: list[str], other: list[str]) -> int:
    return len(set(one) & set(other))


def _words(text: str) -> list[str]:
    """Without the marks around them, which the article has and the passage has not."""
    bare = (word.strip(OPENERS + CLOSERS) for word in text.split())
    return [word for word in bare if word]


def _short(words: list[str]) -> str:
    return " ".join(words[:_SHOWN]) + " …" * (len(words) > _SHOWN)
