"""The headline, the byline and the date above a pasted article."""

from __future__ import annotations

from datetime import date

import pytest

from scheduler.sources._credits import Credit, read_credit
from scheduler.sources._head import read_head
from scheduler.sources._headlines import looks_like_headline, same, stays_in_body
from tests.sources.pages import BELLS, ICE

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("2 March 2026", Credit("", DAY)),
        ("Published 2 March 2026, 09:15 GMT", Credit("", DAY)),
        ("Posted on March 2, 2026 by Jane Doe", Credit("Jane Doe", DAY)),
        ("By Jane Doe, 2 March 2026", Credit("Jane Doe", DAY)),
        ("By Jane Doe | March 2, 2026 | 4 min read", Credit("Jane Doe", DAY)),
        ("Jane Doe · Mar 2, 2026", Credit("Jane Doe", DAY)),
        ("By Aurélie Desmarais-Roux, 2 March 2026", Credit("Aurélie Desmarais-Roux", DAY)),
        ("Jane Doe Mar 2", Credit("Jane Doe", None)),
        ("Mar 2 · 4 min read", Credit("", None)),
        ("By Jane Doe", Credit("Jane Doe", None)),
        ("She was born on 2 March 2026.", None),
        ("Jane Doe", None),
        ("The March 2, 2026 fire", None),
        ("", None),
    ],
)
def test_a_credit_line(line: str, credit: Credit | None) -> None:
    assert read_credit(line) == credit if line else read_credit(line) in {None, Credit()}


def test_a_bare_name_is_a_credit_only_beside_a_date_line() -> None:
    assert read_credit("Jane Doe", beside="Mar 2, 2026") == Credit("Jane Doe")
    assert read_credit("Jane Doe", beside="4 min read") == Credit("Jane Doe")
    assert read_credit("Jane Doe", beside="She came home.") is None
    assert read_credit("Jane Doe", beside="Mar 2, 2026", strict=True) is None


@pytest.mark.parametrize(
    "above",
    [
        ["Writer's pictureInes Carvalho", BELLS.title],
        [BELLS.title, "By Ines Carvalho", "30 November 2025"],
        ["Home", "Crafts", "30 November 2025", BELLS.title, "Ines Carvalho", "Follow", "4 min read"],
        [BELLS.title, "Ines Carvalho", "Nov 30, 2025", "3 min read"],
        [
            BELLS.title,
            "A visit to a man who listens to metal.",
            "Words: Ines Carvalho",
            "Posted 30 November 2025",
        ],
        [f"Title: {BELLS.title}", "Author: Ines Carvalho", "Date: 2025-11-30"],
        [BELLS.title, "=====", "by Ines Carvalho"],
    ],
)
def test_who_and_what_is_found_above_the_text(above: list[str]) -> None:
    head = read_head([*above, *BELLS.paragraphs])
    assert (head.title, head.author) == (BELLS.title, BELLS.author)
    assert head.published in {None, BELLS.published}
    assert head.body[-len(BELLS.paragraphs) :] == BELLS.paragraphs


def test_a_credit_at_the_end_counts() -> None:
    head = read_head([BELLS.title, *BELLS.paragraphs, "— Words: Ines Carvalho"])
    assert head.author == BELLS.author
    assert head.body == BELLS.paragraphs


def test_the_title_that_a_page_declares_is_kept_and_dropped_from_the_text() -> None:
    head = read_head([BELLS.title.upper(), *BELLS.paragraphs], title=BELLS.title)
    assert head.title == BELLS.title
    assert head.body == BELLS.paragraphs


def test_nothing_is_taken_for_a_headline_where_there_is_none() -> None:
    head = read_head(BELLS.paragraphs)
    assert head.title == ""
    assert head.body == BELLS.paragraphs


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (ICE.title, True),
        (BELLS.title, True),
        ("Is this the last bell founder?", True),
        ("Stealth over health: the road is closed.", True),
        ("“Keep going,” she says. “You can do it.”", False),
        ("and then she went home", False),
        ("In this article:", False),
        ("Share this article", False),
        (ICE.paragraphs[0], False),
    ],
)
def test_headlines(line: str, expected: bool) -> None:
    assert looks_like_headline(line, ICE.paragraphs[1]) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (ICE.title, True),
        ("Founder calls tuning a 'lie'", True),
        ("The road is closed.", True),
        (BELLS.title, False),
        ("The founder's lane isn't on any map", False),
    ],
)
def test_a_headline_that_quotes_or_tells_is_part_of_the_text(title: str, expected: bool) -> None:
    assert stays_in_body(title) is expected


def test_titles_are_compared_by_their_letters() -> None:
    assert same("Marta: “You learn”", "MARTA - You learn")
    assert not same("", "")
