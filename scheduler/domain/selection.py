"""Which quotes are shown, in which order: the best, from all over the article, none saying the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from scheduler.domain.narration import leans_back
from scheduler.domain.passages import cut, passages
from scheduler.domain.piece import Passage, Recipe
from scheduler.domain.quote import Quote

ALIKE = 0.6  # share of the words of the shorter passage that stand in the longer one, too

T = TypeVar("T")


@dataclass(frozen=True)
class Candidate:
    """A passage that may be shown, and the quote that it is from."""

    quote: Quote
    number: int  # of the quote among the article's
    passage: Passage  # for a card
    longer: Passage  # for a post, which has more room
    whole: Passage  # for a carousel, which has the most
    turn: int  # 0 for the first passage of its quote: the second waits until every quote had its turn

    @property
    def start(self) -> int:
        return self.passage.segments[0][0]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(re.findall(r"\w+", self.passage.text.casefold()))


def candidates(body: str, quotes: Sequence[Quote], recipe: Recipe, language: str) -> list[Candidate]:
    """Every passage worth showing, the best first."""
    found = [
        candidate
        for number, quote in enumerate(quotes)
        if worth_showing(quote, recipe)
        for candidate in _of_quote(body, quote, number, recipe, language)
    ]
    return sorted(found, key=lambda candidate: (candidate.turn, -candidate.quote.score, candidate.start))


def _of_quote(body: str, quote: Quote, number: int, recipe: Recipe, language: str) -> Iterator[Candidate]:
    speaker = shown_name(quote, language)
    if not speaker:
        return

    def within(most: int) -> list[Passage]:
        length = {"fewest": recipe.min_words, "most": most}
        return passages(body, quote.shown, speaker, **length, language=language, cut=cut(quote))

    longest = within(max(recipe.max_words, recipe.post_words))
    whole = within(max(recipe.max_words, recipe.carousel_words))
    for turn, passage in enumerate(within(recipe.max_words)[: recipe.per_utterance]):
        longer, all_of_it = (each[0] if each and turn == 0 else passage for each in (longest, whole))
        yield Candidate(quote, number, passage, longer, all_of_it, turn)


def worth_showing(quote: Quote, recipe: Recipe) -> bool:
    return (
        quote.kind == "full"
        and not quote.unused
        and quote.duplicate_of is None
        and not is_unsure(quote, recipe)
    )


def is_unsure(quote: Quote, recipe: Recipe) -> bool:
    """Whether the name under the quote may be wrong."""
    return bool(quote.speaker) and quote.confidence < recipe.min_confidence


def shown_name(quote: Quote, language: str) -> str:
    """Who said it, as the article names them; "" where that is nobody: "she" alone tells no reader anything."""
    if quote.speaker or not quote.mention or leans_back(quote.mention, language):
        return quote.speaker
    return quote.mention[0].upper() + quote.mention[1:]


def pick(
    found: Iterable[Candidate], count: int, apart: int, accept: Callable[[Candidate], T | None]
) -> list[T]:
    """Up to `count` of them, `apart` from each other in the body where enough are, none like another.

    `accept` makes something of a candidate, or refuses it with None.
    """
    waiting = list(found)
    chosen: list[tuple[Candidate, T]] = []
    for gap in (apart, 0):
        for candidate in list(waiting):
            if len(chosen) < count and _is_apart(candidate, [other for other, _ in chosen], gap):
                waiting.remove(candidate)
                if (made := accept(candidate)) is not None:
                    chosen.append((candidate, made))
    return [made for _, made in chosen]


def distinct(found: Iterable[Candidate], count: int) -> list[Candidate]:
    """The first `count` that say something that none before them says."""
    kept: list[Candidate] = []
    for candidate in found:
        if len(kept) < count and not any(alike(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def alike(one: Candidate, other: Candidate) -> bool:
    """Whether two say the same to a reader who sees both."""
    a, b = one.vocabulary, other.vocabulary
    return len(a & b) >= ALIKE * min(len(a), len(b))


def _is_apart(candidate: Candidate, chosen: Iterable[Candidate], gap: int) -> bool:
    return not any(abs(candidate.start - other.start) < gap or alike(candidate, other) for other in chosen)
