"""A long quote over the frames of a carousel."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.frames import frames

RIVER = (
    "When the river rose we carried what we could. Nobody from the office came. In the morning a man in a clean "
    "jacket told us the map was accurate. He asked us to sign. We did not."
)


def within(most: int) -> Callable[[str], bool]:
    return lambda text: len(text) <= most


def test_what_fits_stays_whole() -> None:
    assert frames(RIVER, within(500)) == [RIVER]


def test_it_is_cut_at_the_ends_of_sentences_in_as_few_parts_as_can_be() -> None:
    assert frames(RIVER, within(100)) == [
        "When the river rose we carried what we could. Nobody from the office came. ",
        "In the morning a man in a clean jacket told us the map was accurate. ",
        "He asked us to sign. We did not.",
    ]


def test_the_parts_are_as_even_as_they_can_be() -> None:
    text = "One two three. Four five six. Seven eight nine. Ten eleven."
    assert frames(text, within(46)) == ["One two three. Four five six. ", "Seven eight nine. Ten eleven."]


def test_only_a_sentence_that_fits_nowhere_is_cut_at_a_pause() -> None:
    text = "Short one, it is. This sentence goes on, and on, and on, until nobody listens any more."
    assert frames(text, within(50)) == [
        "Short one, it is. This sentence goes on, ",
        "and on, and on, until nobody listens any more.",
    ]


def test_an_abbreviation_ends_no_frame() -> None:
    parts = frames("We asked Dr. Okafor. She said no.", within(22))
    assert parts == ["We asked Dr. Okafor. ", "She said no."]


def test_signs_without_spaces() -> None:
    assert frames("七転び八起き。人生は長い。", within(8)) == ["七転び八起き。", "人生は長い。"]


def test_none_where_it_takes_more_frames_than_there_may_be() -> None:
    assert frames("A b c. " * 30, within(14)) is None
    assert frames("unbreakable", within(5)) is None
    assert frames(RIVER, within(100), most=1) is None


@given(st.text(alphabet="ab .!?,;\n“”", min_size=1), st.integers(3, 30))
def test_joined_they_are_the_quote(text: str, most: int) -> None:
    parts = frames(text, within(most))
    if parts is not None:
        assert "".join(parts) == text
        assert all(len(part.strip()) <= most for part in parts)
