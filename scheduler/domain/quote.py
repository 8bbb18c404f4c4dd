"""Quotes: verbatim passages, who said them, and whether they are worth a card."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import NamedTuple

from scheduler.domain.text import OPENERS


class Segment(NamedTuple):
    """One verbatim stretch: `body[start:end]`, in code points, quotation marks excluded."""

    start: int
    end: int


class Quote(NamedTuple):
    """One utterance: one act of quoting, in one or more segments of the article's body."""

    segments: tuple[Segment, ...]
    speaker: str = ""  # full name, "" where the article gives none
    mention: str = ""  # how the article names the source beside the quote: "she", "one official"
    kind: str = "full"  # full | partial
    rule: str = ""  # the attribution rule that found the speaker
    confidence: float = 0.0  # of the speaker, 0 to 1
    score: float = 0.0  # worth a card, higher is better
    reasons: tuple[str, ...] = ()  # what raised or lowered the score
    duplicate_of: int | None = None  # index of the quote that says the same and is kept
    unused: bool = False  # a person said: make nothing of it
    kept: tuple[Segment, ...] = ()  # what a person left of the segments; none: all of them

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end

    @property
    def shown(self) -> tuple[Segment, ...]:
        return self.kept or self.segments


def spoken(body: str, segments: Sequence[Segment]) -> str:
    """The words of `segments` as one text, each stretch verbatim.

    Only the comma that the sentence around a quote put before its closing mark ("…," she said) is the
    reporter's: it becomes a full stop unless the speaker's sentence goes on after it.
    """
    return " ".join(stretches(body, segments))


def stretches(body: str, segments: Sequence[Segment]) -> list[str]:
    """The shown words of each segment."""
    return [_shown(body, s, after) for s, after in zip_longest(segments, segments[1:])]


def _shown(body: str, segment: Segment, after: Segment | None) -> str:
    words = body[segment.start : segment.end].strip()
    stop = {",": ".", "，": "。"}.get(words[-1:])
    if stop and not (after and _goes_on(body, segment.end, after.start)):
        return words[:-1].rstrip() + stop
    return words


def _goes_on(body: str, end: int, start: int) -> bool:
    """Whether the speaker's sentence goes on: in lower case, or after the reporter's comma (she said, "I …")."""
    between = body[end:start].rstrip(OPENERS + " \n\t\xa0")
    return body[start : start + 1].islower() or between.endswith((",", "，"))
