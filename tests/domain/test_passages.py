from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.fit import stands
from scheduler.domain.passages import passages, shortening
from scheduler.domain.piece import Passage
from scheduler.domain.quote import Segment

BODY = """The hives stand on the roof.

“We came up in April. It was cold and nobody was here. But the bees knew what to do,” says Ada Quist. “You \
only have to listen. They tell you everything,” she adds, “if you wait.”"""


def segments(body: str = BODY) -> list[Segment]:
    return [Segment(*m.span(1)) for m in re.finditer(r"“([^”]*)”", body)]


def made(most: int, fewest: int = 3, language: str = "en") -> list[Passage]:
    return passages(BODY, segments(), "Ada Quist", fewest=fewest, most=most, language=language)


def test_a_short_quote_is_one_passage() -> None:
    (whole,) = made(60)
    assert whole.text.startswith("We came up in April. It was")
    assert whole.text.endswith("what to do. You only have to listen. They tell you everything, if you wait.")
    assert whole.segments == tuple((s.start, s.end) for s in segments())


def test_a_long_quote_falls_into_passages_of_whole_sentences() -> None:
    assert [p.text for p in made(13)] == [
        "We came up in April. It was cold and nobody was here. […]",
        "[…] You only have to listen. They tell you everything, if you wait.",
    ]


def test_a_later_passage_does_not_open_with_a_word_that_leans_on_another_sentence() -> None:
    texts = [p.text for p in made(8)]
    assert texts == ["We came up in April. […]", "[…] You only have to listen. […]"]
    assert [p.text for p in made(8, language="xx")] == ["We came up in April. […]"]  # we cannot tell


def test_what_is_too_short_is_no_passage() -> None:
    assert [p.text for p in made(8, fewest=6)] == []


def test_a_sentence_that_is_too_long_is_left_out() -> None:
    assert [p.text for p in made(5)] == ["We came up in April. […]", "[…] You only have to listen. […]"]
    assert made(3) == []


@given(st.integers(1, 60), st.integers(1, 10))
def test_every_word_of_a_passage_stands_in_the_body(most: int, fewest: int) -> None:
    for passage in made(most, fewest):
        assert all(stands(BODY, shorter) for shorter in shortening(BODY, passage))


def test_a_passage_is_shortened_sentence_by_sentence_and_it_shows() -> None:
    first, second = (list(shortening(BODY, passage)) for passage in made(13))
    assert [p.text for p in first[1:]] == ["We came up in April. […]"]
    assert [p.text for p in second[1:]] == ["[…] You only have to listen. […]"]


def test_space_and_the_comma_before_a_closing_mark_are_not_spoken() -> None:
    body = "“ We left , ” she said."
    (passage,) = passages(body, segments(body), "Ada", fewest=1, most=9, language="en")
    assert passage.text == "We left."
    assert stands(body, passage)


@pytest.mark.parametrize("most", [10, 200])
def test_a_very_long_quote_takes_no_long_time(most: int) -> None:
    body = "“" + "We came up in April. " * 20_000 + "”"
    found = passages(body, segments(body), "Ada", fewest=1, most=most, language="en")
    assert len(found) == 100_000 // most
