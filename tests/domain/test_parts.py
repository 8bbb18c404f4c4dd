from __future__ import annotations

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.domain.parts import MOST, change, split

THREE = ["One.", "Two.", "Three."]


@pytest.mark.parametrize(
    ("what", "number", "after", "next_part"),
    [
        ("add", 1, ["One.", "", "Two.", "Three."], 2),
        ("remove", 1, ["Two.", "Three."], 1),
        ("remove", 3, ["One.", "Two."], 2),
        ("join", 2, ["One.", "Two.\n\nThree."], 2),
        ("up", 3, ["One.", "Three.", "Two."], 2),
        ("down", 1, ["Two.", "One.", "Three."], 2),
    ],
)
def test_each_button_changes_the_parts_and_says_where_to_go_on(what, number, after, next_part):
    assert change(THREE, what, number) == (after, next_part)


@pytest.mark.parametrize(
    ("what", "number"), [("up", 1), ("down", 3), ("join", 3), ("fold", 1), ("add", 4), ("add", 0)]
)
def test_what_cannot_be_done_is_refused(what, number):
    with pytest.raises(PullquoteError):
        change(THREE, what, number)


def test_the_last_part_stays_and_a_thread_has_an_end():
    with pytest.raises(PullquoteError):
        change(["One."], "remove", 1)
    with pytest.raises(PullquoteError, match=f"up to {MOST} parts"):
        change(["x"] * MOST, "add", 1)


def test_a_part_is_split_where_the_cursor_is():
    assert change(["One. Two.", "Three."], "split", 1, 4) == (["One.", "Two.", "Three."], 2)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("It rains. It pours.\n\nNobody came.", "It rains. It pours."),  # a paragraph
        ("It rains. It pours. Nobody came at all.", "It rains. It pours."),  # a sentence
        ("no sentence here", "no sentence"),  # a word
    ],
)
def test_without_a_cursor_at_the_border_nearest_to_the_middle(text, first):
    one, two = split(text)
    assert one == first
    assert "".join((one + two).split()) == "".join(text.split())


def test_one_word_is_not_split():
    with pytest.raises(PullquoteError, match="nothing to split"):
        split("Rain")
