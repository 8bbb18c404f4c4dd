"""Which template a card takes by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.domain.card_choice import AtHand, carousel, choices
from scheduler.domain.piece import Passage, Recipe

WORDS = Passage("We never asked.", "Tomas Reyes", ())
NUMBER = Passage("We lost 42 percent.", "Dana Okafor", ())
FACE = AtHand("en", faces=frozenset({"dana okafor"}))
PHOTO = AtHand("en", photo=True)


def best(passage: Passage, there: AtHand, recipe: Recipe = Recipe()) -> str:
    return choices(passage, recipe, there)[0].template


def test_it_shows_what_there_is() -> None:
    assert best(WORDS, AtHand("en")) == "plain"
    assert best(NUMBER, AtHand("en")) == "fact"
    assert best(NUMBER, FACE) == "split"
    assert best(WORDS, FACE) == "plain"  # the face is another's
    assert best(WORDS, PHOTO) == "photo"
    assert best(NUMBER, PHOTO) == "fact"  # a number tells more than a mood


def test_the_next_best_takes_its_place_and_plain_is_for_any_words() -> None:
    found = choices(NUMBER, Recipe(), replace(FACE, photo=True))
    assert [choice.template for choice in found] == ["split", "fact", "photo", "plain"]
    assert [choice.reason for choice in found] == [
        "there is a portrait of Dana Okafor",
        "it is about 42%",
        "there is a photo for the article",
        "there is nothing to show but its words",
    ]


def test_one_photo_is_not_under_every_card() -> None:
    assert best(WORDS, replace(PHOTO, given={"photo": 1})) == "photo"
    assert best(WORDS, replace(PHOTO, given={"photo": 2})) == "plain"


@pytest.mark.parametrize(("size", "template"), [("story", "story"), ("link", "link"), ("wide", "fact")])
def test_a_shape_of_its_own_has_a_template_of_its_own(size: str, template: str) -> None:
    assert best(NUMBER, PHOTO, Recipe(card_size=size)) == template


def test_a_template_for_all_is_the_only_one() -> None:
    (choice,) = choices(NUMBER, Recipe(card_size="story").all_cards_in("quiet"), replace(FACE, photo=True))
    assert choice == ("quiet", "the recipe has it for all")
    assert carousel(3, Recipe().all_cards_in("quiet"), AtHand(frames=10)) is None


@pytest.mark.parametrize(
    ("frames", "taken", "spread"), [(1, 4, False), (3, 4, True), (4, 4, True), (5, 4, False)]
)
def test_a_long_quote_goes_over_as_many_frames_as_channels_take(
    frames: int, taken: int, spread: bool
) -> None:
    assert (carousel(frames, Recipe(), AtHand(frames=taken)) is not None) is spread


def test_an_article_has_one_carousel() -> None:
    assert carousel(3, Recipe(), AtHand(frames=4, given={"carousel": 1})) is None
    assert carousel(3, Recipe(carousels=2), AtHand(frames=4, given={"carousel": 1})) == (
        "carousel",
        "it is too long for one card and takes 3",
    )
