"""Breaking numbers into lines."""

from __future__ import annotations

from itertools import accumulate, pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from scheduler.render.layout.wrap import Measure, balanced, greedy


def measure(*widths: float, space: float = 1.0) -> Measure:
    left = [0.0, *accumulate(width + space for width in widths[:-1])]
    right = [start + width for start, width in zip(left, widths, strict=True)]
    return Measure(left, right, [0.0] * len(widths))


words = st.lists(st.floats(0.5, 11.9), min_size=1, max_size=40).map(lambda widths: measure(*widths))
rooms = st.floats(12, 60)


@given(words, rooms)
def test_greedy_lines_hold_every_word_and_fit(words: Measure, room: float) -> None:
    ends = greedy(words, room)
    assert ends[-1] == len(words)
    assert all(words.width(first, end) <= room for first, end in pairwise([0, *ends]))


@given(words, rooms)
def test_balanced_lines_hold_every_word_and_fit_as_many_lines(words: Measure, room: float) -> None:
    lines = len(greedy(words, room))
    found = balanced(words, room, lines)
    assert found is not None
    assert len(found.ends) == lines
    assert found.ends[-1] == len(words)
    assert all(0 < words.width(first, end) <= room for first, end in pairwise([0, *found.ends]))


@given(words, rooms)
def test_balanced_lines_are_never_priced_above_greedy_ones(words: Measure, room: float) -> None:
    ends = greedy(words, room)
    assume(len(ends) > 1)
    found = balanced(words, room, len(ends))
    assert found is not None
    tightest = max(words.width(first, end) for first, end in pairwise([0, *ends]))
    again = balanced(words, tightest, len(ends))  # the greedy lines are among those that fit this
    assert again is not None
    assert found.price <= again.price + 1e-9


def test_balance_evens_what_greed_leaves_ragged() -> None:
    text = measure(4, 4, 4, 4, 2, 2)
    assert greedy(text, 19) == [4, 6]
    found = balanced(text, 19, 2)
    assert found is not None
    assert found.ends == (3, 6)


def test_no_line_ends_in_one_word_while_two_can_stand_there() -> None:
    text = measure(6, 5, 6, 2)
    assert greedy(text, 20) == [3, 4]
    found = balanced(text, 20, 2)
    assert found is not None
    assert found.ends == (2, 4)


def test_too_few_lines_cannot_be_balanced() -> None:
    assert balanced(measure(5, 5, 5), 6, 2) is None
    assert balanced(measure(5, 5, 5), 6, 0) is None
