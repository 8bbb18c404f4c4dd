from __future__ import annotations

import pytest

from scheduler.domain.text import sentences, words


def split(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. We stayed in!", ["It rained.", "We stayed in!"]),
        ("Ask Mr. Moss or Dr. A. B. Finch. They know.", ["Ask Mr. Moss or Dr. A. B. Finch.", "They know."]),
        ("We close at 5 p.m. The bar stays open.", ["We close at 5 p.m.", "The bar stays open."]),
        ("In the U.S. Senate it failed.", ["In the U.S. Senate it failed."]),
        ("See No. 5. No. Not that one.", ["See No. 5.", "No.", "Not that one."]),
        ("“Go on!” she said. “Now.” He went.", ["“Go on!” she said.", "“Now.”", "He went."]),
        ("It cost 3.5 million… and more. Yes.", ["It cost 3.5 million… and more.", "Yes."]),
        ("Nobody but I. She agreed.", ["Nobody but I.", "She agreed."]),
        ("Das ist z.B. Dr. Kern. „Gut.“ Ende.", ["Das ist z.B. Dr. Kern.", "„Gut.“", "Ende."]),
        ("私は嬉しい。本当です。", ["私は嬉しい。", "本当です。"]),
        ("A heading\n\nA line that\ngoes on. End", ["A heading", "A line that\ngoes on.", "End"]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("don’t stop", 2),
        ("a well-known e-mail: a.b@c.de", 4),
        ("— … !", 0),
        ("私は嬉しい", 3),
        ("in 2026", 2),
    ],
)
def test_words(text: str, count: int) -> None:
    assert words(text) == count
