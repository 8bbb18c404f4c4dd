from __future__ import annotations

import pytest

from scheduler.domain.piece import Passage, Recipe
from scheduler.domain.quote import Quote, Segment
from scheduler.domain.selection import (
    Candidate,
    alike,
    candidates,
    distinct,
    pick,
    shown_name,
    worth_showing,
)

WORDS = (
    "amber birch cedar",
    "dune ember fjord",
    "grove haven inlet",
    "kelp lagoon marsh",
    "opal pine quartz",
)


def candidate(at: int, score: float = 0.0, turn: int = 0, text: str = "") -> Candidate:
    passage = Passage(text or WORDS[at // 100 % 5], "Ada Quist", ((at, at + 10),))
    return Candidate(
        Quote((Segment(at, at + 10),), "Ada Quist", score=score), at, passage, passage, passage, turn
    )


def accept(found: Candidate) -> int:
    return found.start


def test_the_best_come_first_and_second_passages_last() -> None:
    body = "Aa bb cc dd ee ff. Gg hh ii jj kk ll. Mm nn oo pp qq."
    quotes = [
        Quote((Segment(38, 53),), "Ada", score=0.5, confidence=1),
        Quote((Segment(0, 37),), "Bo", score=0.9, confidence=1),
    ]
    found = candidates(body, quotes, Recipe(max_words=6), "en")
    assert [(each.number, each.turn, each.passage.text[:6]) for each in found] == [
        (1, 0, "Aa bb "),
        (0, 0, "Mm nn "),
        (1, 1, "[…] Gg"),
    ]
    assert found[0].longer.text == "Aa bb cc dd ee ff. Gg hh ii jj kk ll."
    assert found[2].longer == found[2].passage


def test_they_are_apart_where_enough_are() -> None:
    close = [candidate(at, score=-at) for at in (0, 100, 200, 300)]
    assert pick(close, 2, 150, accept) == [0, 200]
    assert pick(close, 3, 150, accept) == [0, 200, 100]
    assert pick(close, 9, 150, accept) == [0, 200, 100, 300]
    assert pick(close, 0, 150, accept) == []


def test_what_is_refused_is_asked_once_and_leaves_its_place_to_the_next() -> None:
    asked: list[int] = []

    def refuse(found: Candidate) -> int | None:
        asked.append(found.start)
        return found.start or None

    assert pick([candidate(at) for at in (0, 100, 200)], 2, 150, refuse) == [100, 200]
    assert asked == [0, 100, 200]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Keep pushing, keep believing!", "keep believing, keep pushing", True),
        ("Everyone can!", "Because you can. Everyone can, I say!", True),
        ("We came up in April.", "They left us in the snow.", False),
    ],
)
def test_what_says_the_same_is_alike(one: str, other: str, same: bool) -> None:
    a, b = candidate(0, text=one), candidate(0, text=other)
    assert alike(a, b) is alike(b, a) is same


def test_the_first_of_those_that_are_alike_is_kept() -> None:
    first, again, other = candidate(0), candidate(500), candidate(100)
    assert distinct([first, again, other], 9) == [first, other]
    assert distinct([first, again, other], 1) == [first]
    assert pick([first, again, other], 3, 0, accept) == [0, 100]


FULL = Quote((Segment(0, 9),), "Ada Quist", confidence=0.9)


@pytest.mark.parametrize(
    ("quote", "worth"),
    [
        (FULL, True),
        (FULL._replace(kind="partial"), False),
        (FULL._replace(duplicate_of=3), False),
        (FULL._replace(confidence=0.2), False),
        (FULL._replace(speaker="", confidence=0.0), True),  # a source without a name has no wrong one
    ],
)
def test_a_fragment_a_duplicate_and_a_doubtful_name_are_not_worth_showing(quote: Quote, worth: bool) -> None:
    assert worth_showing(quote, Recipe()) is worth


@pytest.mark.parametrize(
    ("speaker", "mention", "name"),
    [
        ("Ada Quist", "she", "Ada Quist"),
        ("", "one official", "One official"),
        ("", "she", ""),
        ("", "his lawyer", ""),
        ("", "", ""),
    ],
)
def test_a_source_is_named_as_the_article_names_it(speaker: str, mention: str, name: str) -> None:
    assert shown_name(Quote((), speaker, mention), "en") == name
