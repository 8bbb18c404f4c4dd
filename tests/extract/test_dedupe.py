from __future__ import annotations

import pytest

from scheduler.extract.dedupe import duplicates, holds, likeness, normal, same

LONG = "Nobody throws a piano away. They stop listening to it, and then one day they hear it again and weep."


def test_case_marks_and_punctuation_do_not_count() -> None:
    assert normal("“Don’t stop — NOW!”") == normal("don't stop, now")


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (LONG, "They stop listening to it", True),
        (LONG, "They stop listening to it, and then one day they hear it", True),
        ("We will never leave this town again", "We will never leave this old town again", True),
        ("We will never leave this town", "They have always left that village", False),
        (LONG, "Nobody hears a piano one day", False),
        ("Not now.", "Not now, no.", False),
        ("Not now.", "“Not now”", True),
    ],
)
def test_same(a: str, b: str, expected: bool) -> None:
    assert same(normal(a), normal(b)) is expected
    assert same(normal(b), normal(a)) is expected


def test_likeness_is_zero_below_what_counts() -> None:
    assert likeness(normal("one two three four"), normal("five six seven eight")) == 0.0
    assert likeness(normal("one two three"), normal("one two three")) == 1.0


def test_scattered_words_are_not_held() -> None:
    assert not holds(normal(LONG), normal("nobody stop then they weep"))


def found(*texts: str, last_resort: frozenset[int] = frozenset()) -> dict[int, int]:
    return duplicates([normal(t) for t in texts], last_resort)


def test_the_longer_is_kept_then_the_earlier() -> None:
    assert found("They stop listening to it", LONG) == {0: 1}
    assert found(LONG, "Something else was said here", LONG) == {2: 0}


def test_the_headline_is_kept_only_where_nothing_else_says_it() -> None:
    headline = frozenset([0])
    assert found(LONG, LONG, last_resort=headline) == {0: 1}
    assert found(LONG, "Something else was said here", last_resort=headline) == {}


def test_similar_is_not_the_same() -> None:
    assert found("Keep pushing and keep believing in it", "Keep believing and do what you are doing") == {}


def test_nothing_and_empty_texts() -> None:
    assert found() == {}
    assert found("", "") == {1: 0}
