import json
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Pullquote
from tests.servers import Answer, serving


def test_adds_an_article_once_and_says_so_the_second_time(pullquote: Pullquote) -> None:
    Path("river.md").write_text(ARTICLE, encoding="utf-8")
    said = pullquote("add", "river.md")
    assert "Article 1: A town and its river\nby Mei Lindqvist, 2 March 2026, " in said.stdout
    assert "pullquote quotes 1" in said.stderr
    assert "Here already, nothing was changed. Article 1: A town" in pullquote("add", "river.md").stdout
    assert [row["title"] for row in pullquote.json("articles")] == ["A town and its river"]


def test_reads_standard_input(pullquote: Pullquote) -> None:
    assert "A town and its river" in pullquote("add", "-", "--as", "markdown", typed=ARTICLE).stdout


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("missing.md", "cannot be read (No such file or directory)"),
        (".", "cannot be read (Is a directory)"),
        ("http://127.0.0.1:9/page", "could not be read"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(pullquote: Pullquote, source: str, said: str) -> None:
    assert said in pullquote.refused("add", source)


def test_a_kind_that_is_none_is_refused(pullquote: Pullquote) -> None:
    Path("river.md").write_text(ARTICLE, encoding="utf-8")
    assert "use text, markdown, html" in pullquote.refused("add", "river.md", "--as", "pdf")


def test_lists_and_shows(made: Pullquote) -> None:
    assert "A town and its river" in made("articles").stdout
    page = made("articles", "show", "1", "--paragraphs", "1").stdout
    assert "Mei Lindqvist" in page
    assert "2 March 2026" in page
    assert "more paragraphs" in page
    found = made.json("articles", "show", "1")
    assert found["author"] == "Mei Lindqvist"
    assert found["published"] == "2026-03-02"
    assert "It reads the rain" in found["body"]


def test_an_empty_list_says_what_to_do(pullquote: Pullquote) -> None:
    assert "pullquote add" in pullquote("articles").stdout
    assert pullquote.json("articles") == []


def test_removes_only_where_somebody_says_so(made: Pullquote) -> None:
    assert "say so with --yes" in made.refused("articles", "remove", "1")
    made("articles", "remove", "1", "--yes")
    assert made.json("articles") == []
    assert made.json("pieces") == []


def test_reading_again_says_that_nothing_changed(made: Pullquote) -> None:
    assert "Nothing changed" in made("articles", "reread", "1", "river.md").stdout


def test_reading_again_says_what_is_held(made: Pullquote) -> None:
    Path("river.md").write_text(ARTICLE.replace("reads the rain", "reads the wind"), encoding="utf-8")
    result = made("articles", "reread", "1", "river.md")
    assert "Stored as it is now. Article 1: A town and its river" in result.stdout
    assert "Held: card " in result.stdout
    assert "“the rain.” → “the wind.”" in " ".join(result.stdout.split())
    assert "pullquote split 1 --again" in result.stderr
    held = [row for row in made.json("pieces") if row["status"] == "held"]
    assert len(held) == result.stdout.count("Held: ")


def test_reading_again_what_only_moved_holds_nothing(made: Pullquote) -> None:
    Path("river.md").write_text(ARTICLE + "\nThe council meets in May.\n", encoding="utf-8")
    assert "word for word" in made("articles", "reread", "1", "river.md").stdout


def test_an_article_from_a_file_is_read_again_from_a_file(made: Pullquote) -> None:
    assert "was read from river.md: name the file" in made.refused("articles", "reread", "1")


def test_an_article_from_a_page_is_read_again_from_its_address(pullquote: Pullquote) -> None:
    answers = iter([ARTICLE, ARTICLE.replace("reads the rain", "reads the wind")])
    with serving(lambda _: Answer(200, next(answers).encode(), {"Content-Type": "text/markdown"})) as server:
        pullquote("add", server.url)
        pullquote("split", "1")
        assert "Held: " in pullquote("articles", "reread", "1").stdout


def test_json_is_good_for_a_pipe(made: Pullquote) -> None:
    result = made("articles", "--json")
    assert json.loads(result.stdout)[0]["id"] == 1
    assert result.stderr == ""
