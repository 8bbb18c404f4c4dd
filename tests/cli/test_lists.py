from pathlib import Path

from tests.cli.conftest import Pullquote

PEOPLE = "email,name\nada@example.com,Ada Quist\nben@example.com,Ben Osei\nnobody,Nobody\n"


def test_a_list_is_made_filled_and_shown(pullquote: Pullquote) -> None:
    Path("people.csv").write_text(PEOPLE)
    pullquote("lists", "create", "Readers")
    said = pullquote("lists", "import", "people.csv")
    assert "“Readers”: 2 added, 0 on it already, 0 suppressed, 1 not usable." in said.stdout
    assert "Line 4" in said.stderr
    assert pullquote.json("lists") == [{"id": 1, "name": "Readers", "subscribers": 2}]
    assert "Readers" in pullquote("lists").stdout
    assert "ada@example.com" in pullquote("lists", "show", "Readers").stdout
    first = pullquote.json("lists", "show", "Readers")[0]
    assert (first["email"], first["status"], first["suppressed"]) == ("ada@example.com", "confirmed", None)
    assert first["source"] == "import people.csv"


def test_a_second_import_changes_nothing(pullquote: Pullquote) -> None:
    Path("people.csv").write_text(PEOPLE)
    pullquote("lists", "create", "Readers")
    pullquote("lists", "import", "people.csv")
    again = pullquote.json("lists", "import", "people.csv")
    assert (again["added"], again["known"], len(again["invalid"])) == (0, 2, 1)


def test_many_bad_rows_are_summed_up(pullquote: Pullquote) -> None:
    Path("people.csv").write_text("email\n" + "nobody\n" * 25)
    pullquote("lists", "create", "Readers")
    assert "… and 15 more." in pullquote("lists", "import", "people.csv").stderr


def test_what_cannot_be_is_one_sentence(pullquote: Pullquote) -> None:
    Path("people.csv").write_text(PEOPLE)
    assert "no list" in pullquote.refused("lists", "import", "people.csv")
    pullquote("lists", "create", "Readers")
    assert "already" in pullquote.refused("lists", "create", "Readers")
    assert "cannot be read" in pullquote.refused("lists", "import", "missing.csv")


def test_empty_lists_say_what_to_do(pullquote: Pullquote) -> None:
    assert "pullquote lists create" in pullquote("lists").stdout
    pullquote("lists", "create", "Readers")
    assert "Nobody is on “Readers” yet" in pullquote("lists", "show", "Readers").stdout


def test_a_long_list_is_shown_in_part(pullquote: Pullquote) -> None:
    Path("people.csv").write_text(PEOPLE)
    pullquote("lists", "create", "Readers")
    pullquote("lists", "import", "people.csv")
    assert "see more with --limit" in pullquote("lists", "show", "Readers", "--limit", "1").stderr
