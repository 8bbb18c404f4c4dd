"""Where a line may end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scheduler.render.layout.breaks import opportunities, reluctance


def pieces(text: str) -> list[str]:
    bounds = [0, *opportunities(text), len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("keep on racing", ["keep ", "on ", "racing"]),
        ("a well-known name", ["a ", "well-", "known ", "name"]),
        ("in 2020-21", ["in ", "2020-21"]),
        ("-5 degrees", ["-5 ", "degrees"]),
        ("and/or", ["and/", "or"]),
        ("now—or never", ["now—", "or ", "never"]),
        ("now – or never", ["now – ", "or ", "never"]),
        ("10\u00a0km on", ["10\u00a0km ", "on"]),
        ("( well )", ["( well )"]),
        ("what ! now", ["what ! ", "now"]),
        ("see […] there", ["see ", "[…] ", "there"]),
        ("one\u200btwo", ["one\u200b", "two"]),
        ("“yes” and ‘no’", ["“yes” ", "and ", "‘no’"]),
        ("whole", ["whole"]),
        ("", [""]),
    ],
)
def test_lines_end_where_a_reader_expects_it(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_some_ends_are_worse_than_others() -> None:
    hyphen, alone, short = reluctance("well-", "a"), reluctance("We", "last."), reluctance("of", "out")
    assert hyphen > alone > short > reluctance("racing", "keep") > reluctance("rose,", "river")


def test_a_closing_mark_does_not_hide_the_end_of_a_sentence() -> None:
    assert reluctance("Then", "‘no.’”") == reluctance("Then", "no.")
