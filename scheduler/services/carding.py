"""Which quotes of an article get a card, in which template: each as a card that can be right, before the queue."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scheduler.channels import kinds
from scheduler.domain.capabilities import Capabilities
from scheduler.domain.card_choice import AtHand, Choice, carousel, choices
from scheduler.domain.passages import shortening
from scheduler.domain.piece import Passage
from scheduler.domain.selection import Candidate, pick
from scheduler.domain.text import words
from scheduler.services.drafts import Source

#: Why a card with this passage in that template cannot be right, or None.
CheckCard = Callable[[Passage, str], str | None]
#: How many images it is: one, or the frames of a carousel.
CountFrames = Callable[[Passage, str], int]


@dataclass(frozen=True)
class Judge:
    """Looks at a card before it is one."""

    refuses: CheckCard = lambda _passage, _template: None
    count: CountFrames = lambda _passage, _template: 1


@dataclass
class _Carding:
    source: Source
    judge: Judge
    notes: list[str]
    given: Counter[str] = field(default_factory=Counter)  # template -> cards
    spread: set[int] = field(default_factory=set)  # quotes that a carousel shows whole

    def accept(self, candidate: Candidate) -> Candidate | None:
        """The candidate with what its card shows; None where no card of it can be right."""
        if candidate.number in self.spread:
            return None
        return self._carousel(candidate) or self._card(candidate)

    def _carousel(self, candidate: Candidate) -> Candidate | None:
        most, there = self.source.recipe.max_words, self._there()
        template = self.source.recipe.carousel_template
        if there.frames < 2 or not template or words(candidate.whole.text) <= most:
            return None
        for passage in shortening(self.source.article.body, candidate.whole):
            if words(passage.text) <= most:
                break
            if self.judge.refuses(passage, template):
                continue
            if found := carousel(self.judge.count(passage, template), self.source.recipe, there):
                self.spread.add(candidate.number)
                return self._made(candidate, passage, found)
        return None

    def _card(self, candidate: Candidate) -> Candidate | None:
        """Where one cannot be right, the next template, a shorter passage or the next quote takes its place."""
        for passage in shortening(self.source.article.body, candidate.passage):
            if words(passage.text) < self.source.recipe.min_words:
                break
            refused = ""
            for choice in choices(passage, self.source.recipe, self._there()):
                reason = self.judge.refuses(passage, choice.template)
                if not reason:
                    return self._made(candidate, passage, choice)
                refused = refused or reason
            self.notes.append(f"No card with “{passage.text}”: {refused}")
        return None

    def _made(self, candidate: Candidate, passage: Passage, choice: Choice) -> Candidate:
        self.given[choice.template] += 1
        self.source.chosen[passage] = choice
        return replace(candidate, passage=passage)

    def _there(self) -> AtHand:
        return replace(self.source.there, given=self.given)


def carded(source: Source, judge: Judge, notes: list[str]) -> list[Candidate]:
    """The quotes for the cards; `source.chosen` has the template of each."""
    count = source.recipe.cards
    apart = len(source.article.body) // (2 * max(count, 1))
    return pick(source.candidates, count, apart, _Carding(source, judge, notes).accept)


def image_refusal(kind: str, can: Capabilities, frames: int) -> str:
    """Why a card of so many frames does not go on a kind of channel; "" where it does."""
    label = known.label if (known := kinds().get(kind)) else kind.capitalize()
    if can.images is None:
        return f"{label} takes no images"
    return can.images.refuses(frames, label)
