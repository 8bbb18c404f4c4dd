"""Which template a card takes by itself, and why: a person reads the reason, and may choose another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduler.domain.brand import same_person
from scheduler.domain.figures import figure
from scheduler.domain.piece import Passage, Recipe

STORY, LINK = "story", "link"  # sizes that ask for a template of their own


class Choice(NamedTuple):
    template: str
    reason: str  # half a sentence: "it is about 42%"


@dataclass(frozen=True)
class AtHand:
    """What there is for the cards of an article, besides their words."""

    language: str = ""
    faces: frozenset[str] = frozenset()  # whose portrait there is, as `same_person` says
    photo: bool = False  # the article's, or a background of the brand
    frames: int = 1  # that every channel which takes carousels takes
    given: Mapping[str, int] = field(default_factory=dict)  # template -> cards of the article that have it


def choices(passage: Passage, recipe: Recipe, there: AtHand) -> list[Choice]:
    """The templates for a card with these words, the most telling first; the last one is for any words."""
    return [choice for choice in _fitting(passage, recipe, there) if choice.template]


def _fitting(passage: Passage, recipe: Recipe, there: AtHand) -> Iterator[Choice]:
    if recipe.card_size == STORY:
        yield Choice(recipe.story_template, "it is as tall as a phone")
    if recipe.card_size == LINK:
        yield Choice(recipe.link_template, "it has the shape of a link's preview")
    if same_person(passage.speaker) in there.faces:
        yield Choice(recipe.portrait_template, f"there is a portrait of {passage.speaker}")
    if number := figure(passage.text, there.language):
        yield Choice(recipe.fact_template, f"it is about {number}")
    if there.photo and there.given.get(recipe.photo_template, 0) < recipe.photos:
        yield Choice(recipe.photo_template, "there is a photo for the article")
    yield Choice(
        recipe.card_template,
        "the recipe has it for all" if recipe.has_one_template else "there is nothing to show but its words",
    )


def carousel(frames: int, recipe: Recipe, there: AtHand) -> Choice | None:
    """For a quote that is too long for one card. None where it is not to go over so many frames."""
    if not recipe.carousel_template or there.given.get(recipe.carousel_template, 0) >= recipe.carousels:
        return None
    if not 1 < frames <= there.frames:
        return None
    return Choice(recipe.carousel_template, f"it is too long for one card and takes {frames}")
