"""Quotes: verbatim passages, who said them, and whether they are worth a card."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Segment:
    """One verbatim stretch: `body[start:end]`, in code points, quotation marks excluded."""

    start: int
    end: int


@dataclass(frozen=True)
class Quote:
    """One utterance: one act of quoting, in one or more segments of the article's body."""

    segments: tuple[Segment, ...]
    speaker: str = ""  # full name, "" where the article gives none
    mention: str = ""  # how the article names the source beside the quote: "she", "one official"
    kind: str = "full"  # full | partial
    rule: str = ""  # the attribution rule that found the speaker
    confidence: float = 0.0  # of the speaker, 0 to 1
    score: float = 0.0  # worth a card, higher is better
    reasons: tuple[str, ...] = field(default=())  # what raised or lowered the score
    duplicate_of: int | None = None  # index of the quote that says the same and is kept

    @property
    def start(self) -> int:
        return self.segments[0].start

    @property
    def end(self) -> int:
        return self.segments[-1].end


def spoken(body: str, segments: tuple[Segment, ...] | list[Segment]) -> str:
    """The words of `segments` as one text, each stretch verbatim.

    Only the comma that the sentence around a quote put before its closing mark ("…," she said) is the
    reporter's: it becomes a full stop unless the speaker's sentence goes on after it.
    """
    parts: list[str] = []
    for i, s in enumerate(segments):
        words = body[s.start : s.end].strip()
        after = body[segments[i + 1].start :].lstrip()[:1] if i + 1 < len(segments) else ""
        goes_on = after.islower()
        if words.endswith((",", "，")) and not goes_on:
            words = words[:-1].rstrip() + "."
        parts.append(words)
    return " ".join(parts)
