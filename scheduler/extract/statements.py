"""What an article says in its own words and is good for a post: its standfirst, its figures, its headings.

They are no quotes: nobody's name stands under them, and they are ranked apart.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from scheduler.domain.narration import Narration, Span, leans_back, narration
from scheduler.domain.text import words
from scheduler.extract.lexicon import Language, detect, load
from scheduler.extract.rank import Reason

STANDFIRST, FIGURE, HEADING = "standfirst", "figure", "heading"

WORTH_POSTING = 0.5  # below it, a statement is not understood alone, or says too little

_BASE = 0.4
_SHORT = 25  # words that are read at a glance
_HEADING = range(3, 11)  # words
_BEFORE = 20  # code points before a number in which a name ends
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_NUMBER = re.compile(r"(?<![\w.,-])[$€£¥]?\d(?:[\d.,]*\d)?(?![\d.,]*\w)")
_NAMED = re.compile(r"\s[^\W\d_a-zß-öø-ÿ]\w*\s$")  # Formula 1, May 6
_ASKS_OR_QUOTES = re.compile(r"[?？“”„«»\"]")
_WORD = re.compile(r"[^\W\d_]+")


class Statement(NamedTuple):
    """A sentence or a heading of the author's: `body[start:end]`."""

    start: int
    end: int
    kind: str  # standfirst, figure or heading
    score: float
    reasons: tuple[str, ...]


class _Considered(NamedTuple):
    text: str
    kind: str
    position: float  # 0 at the start of the article, 1 at its end
    is_counted: bool
    is_record: bool
    language: str


def statements(body: str, quoted: Iterable[Span], *, title: str, language: str) -> list[Statement]:
    """The best first; of equals, the one that stands first. `quoted` are the stretches that somebody else says."""
    told = narration(body, quoted, title=title, language=language or detect(body))
    found = [_judged(told, *each) for each in _found(told)]
    return sorted(found, key=lambda statement: (-statement.score, statement.start))


def _found(told: Narration) -> Iterator[tuple[int, int, str]]:
    opening = told.standfirst()
    if opening:
        yield *opening, STANDFIRST
    language = load(told.language)
    for start, end in told.alone():
        text = told.body[start:end]
        if (start, end) != opening and not _ASKS_OR_QUOTES.search(text) and _tells(text, language):
            yield start, end, FIGURE
    for start, end in told.headings():
        if words(told.body[start:end]) in _HEADING:
            yield start, end, HEADING


def _tells(text: str, language: Language) -> bool:
    return _counts(text) or _is_record(text, language)


def _judged(told: Narration, start: int, end: int, kind: str) -> Statement:
    text, language = told.body[start:end], load(told.language)
    considered = _Considered(
        text, kind, start / len(told.body), _counts(text), _is_record(text, language), told.language
    )
    reasons = [reason for find in REASONS if (reason := find(considered)) is not None]
    total = _BASE + sum(weight for weight, _ in reasons)
    reasons.sort(key=lambda reason: -abs(reason[0]))
    return Statement(start, end, kind, round(min(1.0, max(0.0, total)), 3), tuple(why for _, why in reasons))


def _opens(s: _Considered) -> Reason | None:
    return (0.25, "opens the article") if s.kind == STANDFIRST else None


def _record(s: _Considered) -> Reason | None:
    return (0.2, "tells of a first or a record") if s.is_record else None


def _figure(s: _Considered) -> Reason | None:
    return (0.15, "has a figure") if s.is_counted else None


def _heading(s: _Considered) -> Reason | None:
    return (-0.1, "only a heading") if s.kind == HEADING else None


def _early(s: _Considered) -> Reason | None:
    return (0.05, "early") if s.position < 0.25 else None


def _short(s: _Considered) -> Reason | None:
    return (0.05, "short") if words(s.text) <= _SHORT else None


def _leans(s: _Considered) -> Reason | None:
    leans = s.kind != HEADING and leans_back(s.text, s.language)
    return (-0.3, "leans on the sentence before") if leans else None


REASONS: Sequence[Callable[[_Considered], Reason | None]] = (
    _opens, _record, _figure, _heading, _early, _short, _leans,
)  # fmt: skip


def _counts(text: str) -> bool:
    """A number that counts something: no year, no age, no day of a month, no part of a name."""
    return any(_is_count(text, m) for m in _NUMBER.finditer(text))


def _is_count(text: str, m: re.Match[str]) -> bool:
    is_age = text[: m.start()].endswith(", ") and text[m.end() : m.end() + 1] == ","
    is_named = _NAMED.search(text, max(0, m.start() - _BEFORE), m.start())
    return not (is_age or is_named or _YEAR.fullmatch(m[0]))


def _is_record(text: str, language: Language) -> bool:
    """The first woman to race; the largest of all."""
    return not language.records.isdisjoint(_WORD.findall(text.lower()))
