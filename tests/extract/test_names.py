from __future__ import annotations

from scheduler.extract.lexicon import load
from scheduler.extract.names import Names
from scheduler.extract.page import Page


def names(body: str) -> Names:
    return Names(Page(body, load("en")))


def test_a_last_or_first_name_stands_for_the_full_one() -> None:
    found = names("Nora Vance met Peter Hall. Vance left. Peter stayed.")
    assert [found.full(n, 40) for n in ("Vance", "Peter", "Moss")] == ["Nora Vance", "Peter Hall", "Moss"]


def test_the_fullest_form_is_taken() -> None:
    assert names("Nora Vance spoke. Nora J. Vance left.").full("Nora Vance") == "Nora J. Vance"


def test_of_two_with_one_last_name_the_sex_decides_then_who_is_named_more() -> None:
    found = names("Nora Vance and her brother Peter Vance came. Nora Vance spoke. Vance left.")
    assert found.full("Vance", 90, "m") == "Peter Vance"
    assert found.full("Vance", 90) == "Nora Vance"


def test_names_are_not_learned_from_quotes_or_headings() -> None:
    found = names("Nora Vance Opens Six New Bakeries\n\n“Peter Hall is here,” Ruth Oduya said.")
    assert [m.name for m in found.mentions] == ["Ruth Oduya"]


def test_a_full_name_that_only_the_headline_gives() -> None:
    assert names("Nora Vance Opens Six New Bakeries\n\nVance is glad.").full("Vance", 40) == "Nora Vance"


def test_a_full_stop_divides_names_but_not_after_a_title() -> None:
    found = names("They met Sen. Vance. Hall was late.")
    assert [(m.name, m.title) for m in found.mentions] == [("Vance", "sen"), ("Hall", "")]


def test_the_sex_comes_from_titles_first_names_and_pronouns() -> None:
    found = names("Mr. Vance and Kiran Bhatt met Ruth Oduya. Kiran Bhatt brought his bread.")
    assert [found.sex(n) for n in ("Vance", "Ruth Oduya", "Kiran Bhatt", "Moss")] == ["m", "f", "m", ""]


def test_what_starts_a_sentence_is_no_name_for_that() -> None:
    found = names("Critics were loud. In the hall stood Vance. Vance left. “Hm.”")
    assert [found.is_proper(w) for w in ("Critics", "Vance", "Nora")] == [False, True, True]


def test_mentions_come_nearest_first_and_stop() -> None:
    found = names("Nora Vance, Peter Hall and Ruth Oduya came.")
    assert [m.name for m in found.before(40, 10)] == ["Ruth Oduya", "Peter Hall"]


def test_a_known_name_is_found_in_a_longer_run() -> None:
    found = names("Nora Vance spoke.")
    assert found.known_in("Nora Vance Opens Bakery".split()) == "Nora Vance"
    assert found.known_in("Peter Hall Opens".split()) == ""
