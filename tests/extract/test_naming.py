from __future__ import annotations

import pytest

from scheduler.extract.lexicon import load
from scheduler.extract.naming import may_be_person, named


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("Nora Vance", "Nora Vance"),
        ("Nora Vance’s", "Nora Vance"),
        ("NBC’s Nora Vance", "Nora Vance"),
        ("Mr. Vance", "Vance"),
        ("Sen. Nora J. Vance", "Nora J. Vance"),
        ("Former Prime Minister Nora Vance", "Nora Vance"),
        ("Senate Majority Leader Nora Vance", "Nora Vance"),
        ("State Nora Vance", "Nora Vance"),
        ("Harbour Bank CEO Nora Vance", "Nora Vance"),
        ("When Nora Vance", "Nora Vance"),
        ("Friday Vance", "Vance"),
        ("Said Vance", "Vance"),
        ("Mr. King", "King"),
        ("Martin Luther King Jr", "Martin Luther King Jr"),
        ("Nora Vance II", "Nora Vance II"),
        ("NORA VANCE", "NORA VANCE"),
        ("Ludwig van Beethoven", "Ludwig van Beethoven"),
        ("Mireille Angela Hall", "Mireille Angela Hall"),
        ("Meteorologist Nora Vance", "Nora Vance"),
        ("Councilmember Nora Vance", "Nora Vance"),
        ("Mother-of-three Nora Vance", "Nora Vance"),
        ("Local MP Nora Vance", "Nora Vance"),
        ("Rookie Nora Vance", "Nora Vance"),
        ("Parker Nora Vance", "Parker Nora Vance"),
        ("J. M. Barrie", "J. M. Barrie"),
        ("The", None),
        ("Republicans", None),
        ("U.S.", None),
        ("Monday", None),
    ],
)
def test_the_name_in_a_run(run: str, name: str | None) -> None:
    found = named(tuple(run.split()), load("en"))
    assert (found and found.name) == name


def test_titles_tell_the_sex() -> None:
    english = load("en")
    sexes = [named((title, "Vance"), english) for title in ("Mr.", "Mrs.", "Dr.")]
    assert [n.sex for n in sexes if n] == ["m", "f", ""]


def test_nouns_before_a_german_name_are_no_part_of_it() -> None:
    found = named(("Bäckermeister", "Karl", "Brandt"), load("de"))
    assert found is not None
    assert found.name == "Karl Brandt"


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Nora Vance", True), ("Harbour Commission", False), ("Saudi Arabia", False), ("Virginia Woolf", True)],
)
def test_who_may_be_a_person(name: str, expected: bool) -> None:
    assert may_be_person(name, load("en")) is expected
