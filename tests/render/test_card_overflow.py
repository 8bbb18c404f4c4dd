"""A quote that is too long for its card, by the policy of its slot."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from scheduler.render.card_manifest import Slot
from scheduler.render.card_overflow import spread
from scheduler.render.card_setting import CardRefused, CardText, TooMuch

TEXT = CardText("We went home. Nobody came. It rained all night.", "Ada")


@dataclass
class Board:
    """A card that holds so many characters, of the words and the marks around them."""

    holds: int
    seen: list[CardText] = field(default_factory=list)

    def check(self, text: CardText) -> None:
        self.seen.append(text)
        marks = (text.frame == 1) + (text.frame == text.frames)
        if len(text.quote) + marks > self.holds:
            raise TooMuch("quote", "square", "it is too much")


def slot(overflow: str) -> Slot:
    return Slot.model_validate(
        {"font": "serif", "color": "ink", "smallest": 20, "largest": 40, "overflow": overflow}
    )


@pytest.mark.parametrize("overflow", ["error", "split", "ellipsis"])
def test_what_goes_on_one_card_stays_as_it_is(overflow: str) -> None:
    assert spread(TEXT, slot(overflow), Board(100).check, 10) == [TEXT]


def test_error_refuses() -> None:
    with pytest.raises(TooMuch, match="it is too much"):
        spread(TEXT, slot("error"), Board(30).check, 10)


def test_ellipsis_leaves_sentences_out_and_shows_it() -> None:
    (text,) = spread(TEXT, slot("ellipsis"), Board(34).check, 10)
    assert text.quote == "We went home. Nobody came. […]"
    with pytest.raises(TooMuch):
        spread(TEXT, slot("ellipsis"), Board(15).check, 10)


def test_04_split_keeps_sentences_and_every_word() -> None:
    texts = spread(TEXT, slot("split"), Board(28).check, 10)
    assert [text.quote for text in texts] == ["We went home. Nobody came.", "It rained all night."]
    assert [(text.frame, text.frames) for text in texts] == [(1, 2), (2, 2)]
    assert {text.speaker for text in texts} == {"Ada"}


def test_split_leaves_room_for_the_marks() -> None:
    """26 characters and one mark go on a card of 26 only where nothing is quoted."""
    assert len(spread(TEXT, slot("split"), Board(26).check, 10)) == 3


@pytest.mark.parametrize(("most", "over"), [(2, "2 frames"), (1, "the one image that goes with a post here")])
def test_more_frames_than_there_may_be_are_refused(most: int, over: str) -> None:
    with pytest.raises(CardRefused) as refused:
        spread(TEXT, slot("split"), Board(22).check, most)
    assert str(refused.value) == (
        f"the quote does not go on the square card: its 47 characters are too many for {over}; shorten it"
    )


def test_another_refusal_is_not_mended_by_cutting() -> None:
    def check(_: CardText) -> None:
        raise CardRefused("quote", "square", "no font here shows it")

    with pytest.raises(CardRefused, match="no font"):
        spread(TEXT, slot("split"), check, 10)


def test_a_speaker_that_is_too_long_is_not_mended_by_cutting_the_quote() -> None:
    def check(_: CardText) -> None:
        raise TooMuch("speaker", "square", "it is too wide")

    with pytest.raises(TooMuch, match="the speaker"):
        spread(TEXT, slot("split"), check, 10)
