"""Which way a paragraph runs."""

from __future__ import annotations

import pytest

from scheduler.render.layout.direction import directed, runs_leftward


@pytest.mark.parametrize(
    ("text", "language", "base"),
    [
        ("plain", "en", 0),
        ("שלום", "en", 1),
        ("NATO שלום", "en", 0),
        ("NATO שלום", "he", 1),
        ("NATO", "he", 0),
        ("“أهلا”", "", 1),
        ("12", "ar", 0),
    ],
)
def test_language_and_letters_decide(text: str, language: str, base: int) -> None:
    assert directed(text, language).base == base


def test_languages_that_run_leftward() -> None:
    assert all(map(runs_leftward, ("ar", "ar-EG", "fa_IR", "he", "ur")))
    assert not any(map(runs_leftward, ("", "en", "arn", "az-Latn")))
