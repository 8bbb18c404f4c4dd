from __future__ import annotations

import pytest

from scheduler.extract.lexicon import load
from scheduler.extract.page import Page


def stretches(body: str) -> list[tuple[str, str]]:
    return [(body[s.start : s.end], s.how.value) for s in Page(body, load("en")).stretches]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("“One,” she said. “Two.”", [("One,", "closed"), ("Two.", "closed")]),
        ("“He said “no” and left,” she said.", [("He said “no” and left,", "closed")]),
        ('"A “b” c," she said.', [("A “b” c,", "closed")]),
        ("“A long one.\n\n“And on.”", [("A long one.", "goes on"), ("And on.", "closed")]),
        ("“It was cut\n\nin two,” she said.", [("It was cut\n\nin two,", "closed")]),
        ("“One.\n\nTwo.”", [("One.", "goes on"), ("Two.", "closed")]),
        ("“Cut\n\nin the\n\nmiddle,” she said.", [("Cut\n\nin the\n\nmiddle,", "closed")]),
        ("“Never closed.\n\nThe end.", [("Never closed.", "unclosed")]),
        ("“It is good, she said. “Very.”", [("It is good,", "unclosed"), ("Very.", "closed")]),
        ("“It is good, said Ann Bell.\n\nThe end.", []),
        ("It is good,” she said.", [("It is good,", "unopened")]),
        ("It is 6” long.", []),
        ("“” “ ”", []),
    ],
)
def test_pairing(body: str, expected: list[tuple[str, str]]) -> None:
    assert stretches(body) == expected


def test_single_marks_are_quotes_of_their_own_only_outside_double_ones() -> None:
    body = "‘Stay Calm’ Is the Rule\n\n“They said ‘Stay Calm’ to us,” she said. “We did.”"
    assert stretches(body) == [
        ("Stay Calm", "single"),
        ("They said ‘Stay Calm’ to us,", "closed"),
        ("We did.", "closed"),
    ]


def test_double_marks_within_single_ones_belong_to_the_words() -> None:
    body = "‘They said “go” to us,’ she said. ‘We went.’ He read “Dune”."
    assert [words for words, _ in stretches(body)] == ["They said “go” to us,", "We went.", "Dune"]
