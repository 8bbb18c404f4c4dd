from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from scheduler.domain.capabilities import Capabilities, Limit
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.render.context import PostContext, QuoteContext
from scheduler.render.environment import default_templates, environment
from scheduler.render.posts import post, render, thread_post

TEMPLATES = environment([])
QUOTE = QuoteContext("It hums. So we wait.", "“It hums. So we wait.”", "Ada Quist")
CONTEXT = PostContext(
    title="Forty hives",
    author="",
    outlet="",
    language="en",
    standfirst="They stand on a roof.",
    hashtags="",
    quote=QUOTE,
    quotes=(QUOTE, replace(QUOTE, marked="“Listen.”")),
    link="https://gazette.example/hives",
)
SHORT = replace(CONTEXT, quote=replace(QUOTE, marked="“It hums. […]”"))


def at_most(count: int, *, threads: bool = False) -> Capabilities:
    return Capabilities(text=Limit(count), threads=threads)


def test_a_post_has_no_empty_line_too_many() -> None:
    text = "“It hums. So we wait.”\n— Ada Quist\n\nhttps://gazette.example/hives"
    assert render(TEMPLATES, "quote", CONTEXT) == text
    assert render(TEMPLATES, "quote", replace(CONTEXT, link="")) == "“It hums. So we wait.”\n— Ada Quist"


@pytest.mark.parametrize(
    "name", sorted(p.name.split(".")[0] for p in (default_templates() / "posts").glob("*.txt.j2"))
)
def test_every_template_of_ours_can_be_filled(name: str) -> None:
    if name not in {"item", "words"}:  # the one has a context of its own, the other only macros
        render(TEMPLATES, name, CONTEXT)


@pytest.mark.parametrize(
    ("language", "ending"), [("en-GB", "Who said it?"), ("sv", "Vem sa det?"), ("eo", "— Ada Quist")]
)
def test_a_riddle_in_a_language_without_the_words_is_none(language: str, ending: str) -> None:
    text = render(TEMPLATES, "who", replace(CONTEXT, language=language, link=""))
    assert text == f"“It hums. So we wait.”\n\n{ending}"


def test_the_alternative_text_says_what_the_card_says() -> None:
    assert render(TEMPLATES, "alt", CONTEXT) == "“It hums. So we wait.” — Ada Quist"
    assert render(TEMPLATES, "alt", replace(CONTEXT, outlet="The Gazette")).endswith(
        "— Ada Quist. The Gazette"
    )


class TestPost:
    def test_what_fits_stays_whole(self) -> None:
        assert post(TEMPLATES, "quote", [CONTEXT, SHORT], Capabilities(), whole=True) == [
            render(TEMPLATES, "quote", CONTEXT)
        ]

    def test_what_does_not_becomes_a_thread(self) -> None:
        items = post(TEMPLATES, "quote", [CONTEXT, SHORT], at_most(40, threads=True), whole=True)
        assert items == ["“It hums. So we wait.”\n— Ada Quist", "https://gazette.example/hives"]

    def test_or_is_shortened_where_there_are_no_threads(self) -> None:
        assert post(TEMPLATES, "quote", [CONTEXT, SHORT], at_most(60), whole=True) == [
            "“It hums. […]”\n— Ada Quist\n\nhttps://gazette.example/hives"
        ]

    def test_or_where_one_text_is_wanted(self) -> None:
        (text,) = post(TEMPLATES, "quote", [CONTEXT, SHORT], at_most(60, threads=True), whole=False)
        assert text.startswith("“It hums. […]”")

    def test_or_where_a_thread_would_part_a_paragraph(self) -> None:
        context = replace(
            CONTEXT, link="", quote=replace(QUOTE, marked="“It hums. So we wait. It is winter.”")
        )
        short = replace(SHORT, link="")
        items = post(TEMPLATES, "quote", [context, short], at_most(30, threads=True), whole=True)
        assert items == ["“It hums. […]”\n— Ada Quist"]

    def test_a_thread_is_the_last_resort_even_then(self) -> None:
        items = post(TEMPLATES, "quote", [CONTEXT, SHORT], at_most(40, threads=True), whole=False)
        assert len(items) == 2

    def test_more_than_two_items_are_numbered_within_the_limit(self) -> None:
        context = replace(CONTEXT, lead="The bees came in April.")
        items = post(TEMPLATES, "speaker", [context], at_most(42, threads=True), whole=True)
        assert items == [
            "The bees came in April.\n\n1/3",
            "“It hums. So we wait.”\n— Ada Quist\n\n2/3",
            "https://gazette.example/hives\n\n3/3",
        ]

    @pytest.mark.parametrize("threads", [True, False])
    def test_what_cannot_fit_is_refused_with_the_count(self, threads: bool) -> None:
        versions = [replace(each, kind="tiny") for each in (CONTEXT, SHORT)]
        with pytest.raises(
            NotSupported, match="Even its shortest text is too long for Tiny: 57/10 characters"
        ):
            post(TEMPLATES, "quote", versions, at_most(10, threads=threads), whole=True)


TERSE = replace(CONTEXT, language="xx")  # a language that we have no words of our own in


class TestThread:
    def test_each_part_is_an_item(self) -> None:
        items = thread_post(TEMPLATES, "thread", [CONTEXT], at_most(100, threads=True))
        assert items == [
            "Forty hives\n\nThey stand on a roof.\n\n1/4",
            "“It hums. So we wait.”\n— Ada Quist\n\n2/4",
            "“Listen.”\n— Ada Quist\n\n3/4",
            "The whole article: https://gazette.example/hives\n\n4/4",
        ]

    def test_a_part_that_is_too_long_becomes_several(self) -> None:
        items = thread_post(TEMPLATES, "thread", [TERSE], at_most(36, threads=True))
        assert items[1:4] == [
            "They stand on a roof.\n\n2/6",
            "“It hums.\n\n3/6",
            "So we wait.”\n— Ada Quist\n\n4/6",
        ]

    def test_a_version_that_needs_no_parting_comes_first(self) -> None:
        fewer = replace(TERSE, quotes=CONTEXT.quotes[1:])
        items = thread_post(TEMPLATES, "thread", [TERSE, fewer], at_most(36, threads=True))
        assert not any("hums" in item for item in items)

    def test_without_threads_it_is_one_text_with_what_fits(self) -> None:
        fewer = replace(CONTEXT, quotes=CONTEXT.quotes[:1])
        (text,) = thread_post(TEMPLATES, "thread", [CONTEXT, fewer], at_most(130))
        assert text == (
            "Forty hives\n\nThey stand on a roof.\n\n“It hums. So we wait.”\n— Ada Quist\n\n"
            "The whole article: https://gazette.example/hives"
        )

    def test_what_cannot_fit_is_refused(self) -> None:
        with pytest.raises(NotSupported, match=r"/9 characters"):
            thread_post(TEMPLATES, "thread", [CONTEXT], at_most(9, threads=True))


def test_a_mistake_in_a_template_of_ones_own_names_it(tmp_path: Path) -> None:
    own = tmp_path / "posts/quote.txt.j2"
    own.parent.mkdir()
    own.write_text("{{ quote.marked }}\n{{ speakr }}")
    with pytest.raises(PullquoteError, match=r"quote\.txt\.j2, line 2: 'speakr' is undefined"):
        render(environment([tmp_path]), "quote", CONTEXT)
