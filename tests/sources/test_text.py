"""Plain text: pasted from a page, typed, wrapped; and the seed article."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from scheduler.sources import SourceRefused, text
from tests.conftest import shared
from tests.sources.pages import ARTICLES, BELLS, ICE, STYLES, Written, as_pasted, squarespace, unclosed

PASTED = """top of page
Writer's picture{author}

{title}

{body}


You can follow the keeper's road here. All imagery is courtesy of the council.



Comments


bottom of page"""


@pytest.mark.parametrize("article", [ICE, BELLS], ids=lambda a: a.site)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_paste_from_a_page(article: Written, encoding: str, ends: str) -> None:
    source = PASTED.format(author=article.author, title=article.title, body="\n\n\n".join(article.paragraphs))
    found = text.read(source.replace("\n", ends).encode(encoding))
    assert (found.title, found.author) == (article.title, article.author)
    own = [p for p in found.body.split("\n\n") if p != article.title]
    assert own == [
        *article.paragraphs,
        "You can follow the keeper's road here. All imagery is courtesy of the council.",
    ]
    assert (article.title in found.body) is ("“" in article.title)


def test_the_seed_article() -> None:
    gold = json.loads(shared("data/seed-article.gold.json").read_text())
    found = text.read(shared("data/seed-article.txt").read_bytes())
    assert found.title == gold["title"]
    assert found.author == gold["author"]
    assert f"{found.body}\n" == gold["text"]  # every offset of the gold points into the body


def test_a_page_pasted_with_everything_around_it() -> None:
    source = "\n".join(
        [
            "Skip to content", "Slow Metal", "Log In", "Home > Crafts", BELLS.title, "Ines Carvalho", "Nov 30, 2025",
            "3 min read", "Share", *BELLS.paragraphs[:4], "Advertisement", "Read more: Ten bells you must hear",
            *BELLS.paragraphs[4:], "Tags: bronze, bells", "Share this article", "Facebook", "X", "2 Comments",
            "Pat Reader", "2 days ago", "I have one of his bells and it rings every morning at seven.", "Reply",
            "Sam Other", "1 day ago", "Reply", "Recent Posts", "See All", "A hammer for every day", "0 comments",
        ]
    )  # fmt: skip
    found = text.read(source.encode())
    assert (found.author, found.published) == (BELLS.author, BELLS.published)
    assert found.body.split("\n\n")[-len(BELLS.paragraphs) :] == list(BELLS.paragraphs)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.site)
@pytest.mark.parametrize("style", STYLES)
def test_a_whole_page_selected_and_pasted(style: Callable[[Written], str], article: Written) -> None:
    found = text.read(as_pasted(style(article).replace("windows-1252", "utf-8")).encode())
    headline = [article.title] if "“" in article.title else []
    assert found.title == article.title
    assert found.body.split("\n\n") == [*headline, *article.paragraphs]
    assert found.author == ("" if style is unclosed else article.author)  # it shows neither
    assert found.published == (None if style in {unclosed, squarespace} else article.published)  # "Feb 11"


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe\x00\xd8", b"%PDF-1.7"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceRefused):
        text.read(data)
