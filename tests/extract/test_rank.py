from __future__ import annotations

import pytest

from scheduler.extract import extract
from scheduler.extract.lexicon import load
from scheduler.extract.rank import Considered, score

PLAIN = Considered(
    text="The bread was good today.",
    speaker="Nora Vance",
    mention="Vance",
    confidence=0.97,
    is_full=True,
    position=0.5,
    in_headline=False,
    set_apart=False,
    repeats=False,
    language=load("en"),
)


@pytest.mark.parametrize(
    ("change", "reason", "raises"),
    [
        ({"in_headline": True}, "used in the headline", True),
        ({"set_apart": True}, "set apart by the page", True),
        ({"position": 0.1}, "early", True),
        ({"text": "I have baked all my life."}, "speaks in the first person", True),
        ({"text": "The bread was never good."}, "strong words: 'never'", True),
        ({"text": "He was good today, and so was I."}, "starts with an unresolved 'he'", False),
        ({"text": "It’s good today."}, "starts with an unresolved 'it's'", False),
        ({"text": "That was good today."}, "starts with an unresolved 'that'", False),
        ({"text": "But the bread was good."}, "starts with 'but'", False),
        ({"text": "The bread was good and"}, "breaks off", False),
        ({"text": "Good bread."}, "very short", False),
        ({"text": "Administrative responsibilities notwithstanding, communication."}, "long words", False),
        ({"is_full": False}, "a fragment of a sentence", False),
        ({"speaker": "", "mention": "one official"}, "its speaker is only 'one official'", False),
        ({"speaker": "", "mention": ""}, "nobody is named beside it", False),
        ({"confidence": 0.65}, "its speaker is not certain", False),
        ({"repeats": True}, "says the same as another", False),
    ],
)
def test_a_reason_raises_or_lowers(change: dict[str, object], reason: str, raises: bool) -> None:
    before, _ = score(PLAIN)
    after, reasons = score(PLAIN._replace(**change))
    assert reason in reasons
    assert (after > before) is raises


@pytest.mark.parametrize(
    "text",
    [
        "It is good to bake at night.",
        "It feels right when the bread is warm.",
        "There is no bread if you sleep.",
    ],
)
def test_an_it_that_points_forward_stands_alone(text: str) -> None:
    assert "stands alone" in score(PLAIN._replace(text=text))[1]


def test_the_score_stays_between_zero_and_one() -> None:
    best = PLAIN._replace(in_headline=True, set_apart=True, position=0.0, text="I never leave my bread.")
    worst = PLAIN._replace(
        text="But it",
        is_full=False,
        speaker="",
        mention="",
        repeats=True,
        confidence=0.0,
        position=1.0,
    )
    assert (score(best)[0], score(worst)[0]) == (1.0, 0.0)


def test_the_weightiest_reason_comes_first() -> None:
    assert score(PLAIN._replace(in_headline=True, position=0.0))[1][0] == "used in the headline"


BODY = (
    "Nora Vance: “Bread does not wait for anybody”\n\nNora Vance has a shop in Leeds.\n\n"
    "“We open at six,” she said. “Bread does not wait for anybody, and nor do I.”\n\n"
    "“The rain is good for dough,” she said."
)


def test_the_headline_in_the_body_is_a_duplicate_and_lifts_what_it_repeats() -> None:
    first, second, third = extract(BODY)
    assert (first.duplicate_of, second.duplicate_of, third.duplicate_of) == (1, None, None)
    assert "used in the headline" in second.reasons
    assert "used in the headline" not in third.reasons
    assert second.score > third.score > first.score


def test_the_headline_may_come_apart_from_the_body() -> None:
    title, _, body = BODY.partition("\n\n")
    quotes = extract(body, title=title)
    assert ["used in the headline" in q.reasons for q in quotes] == [True, False]


def test_pull_quotes_lift_what_they_repeat() -> None:
    quotes = extract(BODY.partition("\n\n")[2], lifted=["The rain is good for dough"])
    assert ["set apart by the page" in q.reasons for q in quotes] == [False, True]
