"""The cleaner: twice is once, nothing is invented; and a rough article becomes a clean one."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.article import Article
from scheduler.sources._bytes import SourceRefused
from scheduler.sources._tidy import clean, tidy
from tests.conftest import shared
from tests.sources.pages import ARTICLES, BELLS, ICE, Written

#: What real pages are made of, so that lines meet that lean on each other.
PIECES = st.sampled_from(
    [
        "top of page", "Comments", "3 comments", "Reply", "Like", "Home > News", "Share", "12", "a | b", "| c",
        "Recent Posts", "See All", "Tags: “a", "b”", "2 March 2026", "By Jane Doe", "* * *", "“", "”", '"', "«", "»",
        "“I still watch", "it,” she says.", "and then some", "The end of it all.", "“Never closed", "Photo: Jane Doe",
        "We use cookies to do things.", "one two three four five six seven eight nine ten eleven twelve thirteen",
        "A sentence of more than six words ends here.",
        "An excerpt of twelve words or more that is cut off before it…",
        "a line that is about as long as a line in a mail program is, say", "-", "e", " ",
        "\u00a0", "\u200d", "\u0301",
        *ICE.paragraphs[:3], *BELLS.paragraphs[:2],
    ]
)  # fmt: skip
PAGES = st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", " ", "\r\n", "\n \n"])), max_size=25).map(
    lambda parts: "".join(f"{piece}{gap}" for piece, gap in parts)
)


@given(PAGES | st.text())
@settings(max_examples=400)
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(PAGES | st.text())
@settings(max_examples=200)
def test_no_character_is_invented(text: str) -> None:
    left = Counter(clean(text)) - Counter(unicodedata.normalize("NFC", text)) - Counter(text)
    composed = {c for c in left if unicodedata.normalize("NFD", c) != c}  # NFC after a zero-width space went
    assert set(left) - composed <= {" ", "\n"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda a: a.site)
def test_an_article_without_a_page_around_it_is_left_as_it_is(article: Written) -> None:
    text = "\n\n".join(article.paragraphs)
    assert clean(text) == text


def test_what_is_known_is_kept_and_the_rest_is_read_from_the_first_lines() -> None:
    body = "\n\n".join([BELLS.title, "By Jane Doe", "1 May 2020", *BELLS.paragraphs])
    tidied = tidy(Article(title="", body=body, author="Ines Carvalho", url="https://slow.example/bells"))
    assert (tidied.title, tidied.author, tidied.published) == (BELLS.title, "Ines Carvalho", date(2020, 5, 1))
    assert tidied.url == "https://slow.example/bells"
    assert tidied.body == "\n\n".join(BELLS.paragraphs)


def test_a_headline_that_quotes_is_the_first_paragraph() -> None:
    tidied = tidy(Article(title=ICE.title, body="\n\n".join(ICE.paragraphs)))
    assert tidied.body == "\n\n".join([ICE.title, *ICE.paragraphs])


def test_the_same_words_are_the_same_article_wherever_they_come_from() -> None:
    declared = tidy(Article(title=ICE.title, body="\n\n".join(ICE.paragraphs)))
    pasted = tidy(
        Article(title="", body="\n".join(["top of page", ICE.title, *ICE.paragraphs, "bottom of page"]))
    )
    assert declared.fingerprint == pasted.fingerprint


def test_the_first_words_stand_in_for_a_missing_headline() -> None:
    title = tidy(Article(title="", body="\n\n".join(ICE.paragraphs))).title
    assert title.endswith("…")
    assert ICE.paragraphs[0].startswith(title[:-1])
    assert len(title) <= 81


def test_a_single_line_is_title_and_body() -> None:
    tidied = tidy(Article(title="", body="Keep the fires lit"))
    assert tidied.title == tidied.body == "Keep the fires lit"


@pytest.mark.parametrize("body", ["", "Home\nMenu\nShare", "* * *", "\u200b"])
def test_a_page_without_a_text_is_refused(body: str) -> None:
    with pytest.raises(SourceRefused, match="no text"):
        tidy(Article(title="Some title of a page", body=body))


def test_no_quote_of_real_articles_is_lost() -> None:
    """84 news articles with their quotes marked: what the cleaner takes away holds none of them."""
    articles = [json.loads(line) for line in shared("data/quotes-dev.jsonl").read_text().splitlines()]
    lost = [
        quote["text"]
        for article in articles
        for body in [_words(tidy(Article(title="", body=article["text"])).body)]
        for quote in article["quotes"]
        if _words(quote["text"]) not in body
    ]
    assert lost == []


def _words(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())
