from __future__ import annotations

import pytest

from scheduler.extract.statements import FIGURE, HEADING, STANDFIRST, Statement, statements

TITLE = "The year of the rye"
BODY = """\
The year of the rye

The bakery on Pine Street has made one bread since the war.

It sells 900 loaves a day in a town of two thousand people.

“We open at six with 40 rolls,” says Nora Vance, who runs it today.

A loaf for everybody

Vance, 58, was the first woman to win the bakers’ medal in Harbour County.

In May 2019 she bought the house next door and opened a school there.
"""
QUOTED = [(BODY.index("We open"), BODY.index(",” says"))]


def found(body: str = BODY) -> list[Statement]:
    return statements(body, QUOTED, title=TITLE, language="en")


def said(kind: str) -> list[str]:
    return [BODY[s.start : s.end] for s in found() if s.kind == kind]


def test_the_standfirst_opens_the_article_and_comes_first() -> None:
    assert found()[0].kind == STANDFIRST
    assert said(STANDFIRST) == ["The bakery on Pine Street has made one bread since the war."]


def test_figures_are_numbers_that_count_and_records_and_no_ages_or_years() -> None:
    assert said(FIGURE) == [
        "Vance, 58, was the first woman to win the bakers’ medal in Harbour County.",
        "It sells 900 loaves a day in a town of two thousand people.",
    ]


def test_what_leans_on_the_sentence_before_is_worth_less() -> None:
    leaning = next(s for s in found() if BODY[s.start :].startswith("It sells"))
    assert leaning.reasons[0] == "leans on the sentence before"


def test_a_heading_is_no_sentence_and_not_the_headline() -> None:
    assert said(HEADING) == ["A loaf for everybody"]


def test_words_of_somebody_else_are_no_statement() -> None:
    start, end = QUOTED[0]
    assert all(s.end <= start or end <= s.start for s in found())


@pytest.mark.parametrize(
    ("sentence", "is_figure"),
    [
        ("The firm spent $3 million on the new ovens last year.", True),
        ("Nearly 40% of the loaves are given away every evening.", True),
        ("The bakers all met on May 12 in the old town hall.", False),
        ("The driver dreams of a seat in Formula 1 for her team.", False),
        ("The whole house was built in 1911 by a family of bakers.", False),
    ],
)
def test_what_counts(sentence: str, is_figure: bool) -> None:
    body = f"The opening sentence of it all stands alone up here.\n\n{sentence}"
    kinds = [s.kind for s in statements(body, [], title="", language="en")]
    assert (FIGURE in kinds) is is_figure


def test_an_empty_body_says_nothing() -> None:
    assert statements("", [], title="", language="en") == []
