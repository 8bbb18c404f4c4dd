"""An author must look like a person's name."""

from __future__ import annotations

import pytest

from scheduler.sources._names import announced, authors, is_name, joined

NAMES = """
Jane Doe
Inge Vliek
Lynne O'Donnell
Alejandro de la Garza
Ludwig van Beethoven
Dana A. Ford
J. R. R. Tolkien
Martin Luther King Jr.
Marie-Claire D’Aubigné
Åsa Öström
Ольга Иванова
村上春樹
김철수
"""
NOT_NAMES = """
Reuters Staff
The Editors
admin
News Desk
Sports Reporter
https://facebook.com/jane
@jane
jane doe
5 min read
Read More
Privacy Policy
Pat
Jane Doe wrote this and went home again happy
Monday March
"""


@pytest.mark.parametrize("name", NAMES.split("\n")[1:-1])
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("text", NOT_NAMES.split("\n")[1:-1])
def test_what_is_no_name(text: str) -> None:
    assert not is_name(text)


def test_one_word_is_a_name_where_the_page_says_so() -> None:
    assert is_name("Plato", single=True)
    assert not is_name("Staff", single=True)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Writer's pictureInge Vliek", "Inge Vliek"),
        ("Writer’s picture Inge Vliek", "Inge Vliek"),
        ("By Jane Doe", "Jane Doe"),
        ("BY JANE DOE", "Jane Doe"),
        ("by Jane Doe, Staff Writer", "Jane Doe"),
        ("By Jane Doe in Rome", "Jane Doe"),
        ("By Jane Doe | The Paper", "Jane Doe"),
        ("By Jane Doe (photos: John Roe)", "Jane Doe"),
        ("By Jane Doe and John Roe", "Jane Doe, John Roe"),
        ("By Jane Doe, John Roe & Ann Poe", "Jane Doe, John Roe, Ann Poe"),
        ("Written by: Jane Doe", "Jane Doe"),
        ("Words: Jane Doe", "Jane Doe"),
        ("Words by Jane Doe", "Jane Doe"),
        ("Words and photos by Jane Doe", "Jane Doe"),
        ("Text: Jane Doe", "Jane Doe"),
        ("Interview by Jane Doe", "Jane Doe"),
        ("Von Jana Dörr", "Jana Dörr"),
        ("Par Jeanne Dupont", "Jeanne Dupont"),
        ("Door Jan van Dijk", "Jan van Dijk"),
        ("By the Editors", ""),
        ("By noon the ice had gone", ""),
        ("By Reuters Staff", ""),
        ("Jane Doe", ""),
        ("Text me when you are home", ""),
    ],
)
def test_a_byline(line: str, names: str) -> None:
    assert announced(line) == names


def test_a_place_after_a_comma_is_no_second_author() -> None:
    assert authors("Jane Doe, New York") == "Jane Doe"


def test_a_name_is_given_once() -> None:
    assert joined(["Jane Doe", "Jane  Doe ", "John Roe", "News Desk", "Ann Poe"]) == "Jane Doe, John Roe"
