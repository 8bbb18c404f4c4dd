"""Pull quotes leave the body and are remembered."""

from __future__ import annotations

from scheduler.sources._lifted import part
from tests.sources.pages import BELLS, ICE


def test_a_paragraph_whose_words_stand_in_another_is_a_pull_quote() -> None:
    kept, lifted = part([*BELLS.paragraphs[:3], BELLS.pull, *BELLS.paragraphs[3:]], [])
    assert tuple(kept) == BELLS.paragraphs
    assert lifted == [BELLS.pull]


def test_its_attribution_goes_with_it() -> None:
    pulled = [BELLS.pull, "— Piet Vermaas, founder"]
    kept, _ = part([*BELLS.paragraphs[:3], *pulled, *BELLS.paragraphs[3:]], [])
    assert tuple(kept) == BELLS.paragraphs


def test_what_is_set_apart_may_be_trimmed() -> None:
    trimmed = "We still make the mould from clay and manure. Everything else cracks."
    kept, lifted = part([*BELLS.paragraphs, trimmed], [trimmed])
    assert tuple(kept) == BELLS.paragraphs
    assert lifted == [trimmed]


def test_a_block_quote_with_words_of_its_own_stays() -> None:
    letter = "“Dear founder, we would like a bell that sounds like rain on slate.”"
    kept, lifted = part([*BELLS.paragraphs, letter], [letter])
    assert kept[-1] == letter
    assert lifted == []


def test_a_standfirst_outside_the_text_counts() -> None:
    kept, lifted = part(ICE.paragraphs, ["“You learn the lake by falling into it,” she says"])
    assert tuple(kept) == ICE.paragraphs
    assert lifted == ["“You learn the lake by falling into it,” she says"]


def test_of_two_equal_paragraphs_the_first_stays() -> None:
    twice = [*BELLS.paragraphs, BELLS.paragraphs[2]]
    assert tuple(part(twice, [])[0]) == BELLS.paragraphs


def test_short_answers_are_no_pull_quotes() -> None:
    answers = ["“Yes, I do.”", "“No.”", "He asks again: “Yes, I do.” And then: “No.”"]
    assert part(answers, []) == (answers, [])
