"""Which quotes are worth a card, and why. Each reason is a small function with a weight.

The weights follow what editors lift: what the headline uses, what comes early, what stands alone, plain and
strong words. Length and summary tell hardly anything (docs/why/quotes.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from scheduler.domain.text import words
from scheduler.extract.lexicon import Language

_BASE = 0.5
_ENDS = ".!?…。！？"
_SURE = 0.8  # confidence in a speaker
_SHORTEST = 5  # words: fewer say too little for a card
_LONG_WORD = 10  # letters
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CLAUSE = 16  # words in which "it" may point forward
_SAMPLE = 60  # words that are looked at


class Considered(NamedTuple):
    """A quote as its reasons see it."""

    text: str
    speaker: str
    mention: str
    confidence: float
    is_full: bool
    position: float  # 0 at the start of the article, 1 at its end
    in_headline: bool
    set_apart: bool  # by the page: a pull quote, the standfirst
    repeats: bool  # says the same as another that is kept
    language: Language

    @property
    def words(self) -> list[str]:
        return _words(self.text)


@lru_cache(maxsize=1)  # one reason after the other looks at the words of one quote
def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _WORD.findall(text)[:_SAMPLE]]


Reason = tuple[float, str]


def score(quote: Considered) -> tuple[float, tuple[str, ...]]:
    """0 to 1, and the reasons, the weightiest first."""
    found = sorted(_reasons(quote), key=lambda reason: -abs(reason[0]))
    total = _BASE + sum(weight for weight, _ in found)
    return round(min(1.0, max(0.0, total)), 3), tuple(text for _, text in found if text)


def _reasons(quote: Considered) -> Iterator[Reason]:
    return (reason for find in REASONS if (reason := find(quote)) is not None)


def headline(quote: Considered) -> Reason | None:
    return (0.3, "used in the headline") if quote.in_headline else None


def set_apart(quote: Considered) -> Reason | None:
    return (0.25, "set apart by the page") if quote.set_apart else None


def early(quote: Considered) -> Reason | None:
    weight = 0.12 * (1 - quote.position)
    return weight, "early" if quote.position < 0.25 else ""


def start(quote: Considered) -> Reason | None:
    """A reader of a card has not read what comes before it."""
    first = quote.words[0] if quote.words else ""
    bare = first.partition("'")[0]
    if not _dangles(quote, {first, bare}):
        return (0.08, "stands alone") if _ends(quote.text) else None
    points_back = bare in quote.language.pronouns or bare in quote.language.determiners
    return (
        (-0.15, f"starts with an unresolved '{first}'") if points_back else (-0.08, f"starts with '{first}'")
    )


def _dangles(quote: Considered, first: set[str]) -> bool:
    points_forward = first & quote.language.expletives and quote.language.complements & set(
        quote.words[1:_CLAUSE]
    )
    return bool(first & quote.language.dangling) and not points_forward


def breaks_off(quote: Considered) -> Reason | None:
    return None if _ends(quote.text) else (-0.08, "breaks off")


def first_person(quote: Considered) -> Reason | None:
    return (0.06, "speaks in the first person") if quote.language.personal & set(quote.words) else None


def strong_words(quote: Considered) -> Reason | None:
    strong = next((w for w in quote.words if w in quote.language.emphatic), "")
    return (0.06, f"strong words: '{strong}'") if strong else None


def plain_words(quote: Considered) -> Reason | None:
    share = sum(len(w) >= _LONG_WORD for w in quote.words) / max(1, len(quote.words))
    if share > 0.2:
        return -0.06, "long words"
    return (0.05, "plain words") if share < 0.05 else None


def short(quote: Considered) -> Reason | None:
    return (-0.2, "very short") if words(quote.text) < _SHORTEST else None


def fragment(quote: Considered) -> Reason | None:
    return None if quote.is_full else (-0.4, "a fragment of a sentence")


def speaker(quote: Considered) -> Reason | None:
    if not quote.speaker:
        named = quote.mention
        return (-0.1, f"its speaker is only '{named}'") if named else (-0.25, "nobody is named beside it")
    return (-0.06, "its speaker is not certain") if quote.confidence < _SURE else None


def repeats(quote: Considered) -> Reason | None:
    return (-0.3, "says the same as another") if quote.repeats else None


def _ends(text: str) -> bool:
    """With a sentence; a comma is the reporter's (“…,” she said)."""
    return text[-1] in _ENDS or text[-1] in ",，"


REASONS: tuple[Callable[[Considered], Reason | None], ...] = (
    headline, set_apart, early, start, breaks_off, first_person, strong_words, plain_words, short, fragment,
    speaker, repeats,
)  # fmt: skip
