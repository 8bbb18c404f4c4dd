"""Markdown, with and without front matter, and as pasted from a page."""

from __future__ import annotations

import textwrap
import time
from contextlib import suppress
from datetime import date

import pytest

from scheduler.sources import SourceRefused, markdown
from tests.sources.pages import BELLS, ICE

BODY = "\n\n".join(BELLS.paragraphs)


def read(source: str, url: str = "") -> markdown.Article:
    return markdown.read(source.encode(), url=url)


def test_front_matter_is_believed() -> None:
    found = read(
        f'---\ntitle: "Keep going: a bell\'s life"\nauthor: Jane Doe\ndate: 2026-03-02T09:00:00Z\nlang: en_GB\n'
        f"canonical_url: https://a.example/bells\nsite: Slow Metal\ntags: [a, b]\ndraft: false\n---\n\n{BODY}\n"
    )
    assert (found.title, found.author, found.published) == (
        "Keep going: a bell's life",
        "Jane Doe",
        date(2026, 3, 2),
    )
    assert (found.language, found.url, found.site) == ("en-GB", "https://a.example/bells", "Slow Metal")
    assert found.body == BODY


@pytest.mark.parametrize(
    ("lines", "author"),
    [
        ("author: Jane Doe and John Roe", "Jane Doe, John Roe"),
        ("authors: [Jane Doe, 'John Roe']", "Jane Doe, John Roe"),
        ("authors:\n  - Jane Doe\n  - John Roe", "Jane Doe, John Roe"),
        ("author: admin", ""),
        ("Author: Jane Doe", "Jane Doe"),
    ],
)
def test_authors_in_front_matter(lines: str, author: str) -> None:
    assert read(f"---\ntitle: T\n{lines}\n---\n{BODY}").author == author


def test_the_first_heading_is_the_title() -> None:
    found = read(f"# The *last* bell founder\n\nBy Ines Carvalho, 30 November 2025\n\n{BODY}")
    assert (found.title, found.author, found.published) == (
        "The last bell founder",
        BELLS.author,
        BELLS.published,
    )
    assert found.body == BODY


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read(f"---\n\n{BODY}\n\n---\n").body == BODY


def test_only_the_words_are_kept() -> None:
    found = read(
        "# T\n\nShe *cast* the [bell](http://a.example) and ~~sold~~ **rang** `it` &amp; left.\n"
        "![A bell](bell.png)\n\n```python\nnever = 'read'\n```\n\n| a | b |\n|---|---|\n| never | read |\n\n"
        "- one thing that she said\n- another thing that she said\n\n1. first of all the clay\n\n## A part\n\n"
        "<div class='x'>Some <b>raw</b> HTML text.</div>\n\n<script>never()</script>\n\n"
        "Before <script>never()</script>after.\n"
    )
    assert found.body.split("\n\n") == [
        "She cast the bell and sold rang it & left.",
        "one thing that she said",
        "another thing that she said",
        "first of all the clay",
        "A part",
        "Some raw HTML text.",
        "Before after.",
    ]


@pytest.mark.parametrize("width", [40, 72, 100])
def test_lines_of_a_paragraph_are_joined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in BELLS.paragraphs)
    assert read(f"# T\n\n{wrapped}").body == BODY


def test_one_sentence_a_line_is_still_one_paragraph() -> None:
    assert read("# T\n\nThe first sentence is here.\nThe second one follows.\n").body == (
        "The first sentence is here. The second one follows."
    )


def test_a_paste_from_a_page() -> None:
    found = read(
        f"top of page\nWriter's pictureTomasz Okafor\n11 February 2026\n5 min read\n\n# {ICE.title}\n\n"
        + "\n\n\n".join(ICE.paragraphs).replace("and you would be", "and you\n\nwould be")
        + "\n\n\nComments\n\n\nbottom of page\n"
    )
    assert (found.title, found.author, found.published) == (ICE.title, ICE.author, ICE.published)
    assert found.body.split("\n\n") == [ICE.title, *ICE.paragraphs]


def test_a_pull_quote_is_lifted_and_a_quoted_letter_stays() -> None:
    letter = "Dear founder, we would like a bell that sounds like rain on slate."
    found = read(f"# T\n\n> {BELLS.pull}\n>\n> — Piet Vermaas\n\n{BODY}\n\n> {letter}\n")
    assert found.body == f"{BODY}\n\n{letter}"
    assert found.lifted == (BELLS.pull,)


def test_an_indented_paragraph_is_no_code() -> None:
    assert "It was late" in read(f"# T\n\n{BODY}\n\n    It was late, and the fires were out.\n").body


@pytest.mark.parametrize(
    "source",
    ["> " * 20_000 + "x", BODY + "\n\n" + ">" * 25 + " x", "\n".join("  " * i + "- a" for i in range(60))],
)
def test_deep_nesting_is_refused(source: str) -> None:
    start = time.perf_counter()
    with pytest.raises(SourceRefused, match="20 deep"):
        read(source)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "piece", ["[", "![", "*a ", "`", "<", "[a](", "a\n", "_a__", "<!--", "|a", "> a\n", "- a\n", "[a]: u\n"]
)
def test_hostile_markdown_ends_in_bounded_time(piece: str) -> None:
    start = time.perf_counter()
    with suppress(SourceRefused):
        read(piece * (100_000 // len(piece)))
    assert time.perf_counter() - start < 20  # seconds on a busy machine


def test_nothing_but_pictures_is_refused() -> None:
    with pytest.raises(SourceRefused, match="no text"):
        read("![a](b.png)\n\n```\ncode\n```\n")
