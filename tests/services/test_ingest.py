"""A file, a paste or a page becomes an article with its quotes, once."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.services.ingest import Ingested, add_page, add_text, add_url, guess_kind
from scheduler.sources import SourceRefused
from scheduler.sources.url import Page
from scheduler.store import articles, quotes, workspaces
from scheduler.store.engine import writing
from tests.conftest import Clock, shared
from tests.sources.pages import BELLS, ICE, ghost

TEXT = "\n\n".join(["top of page", ICE.title, f"By {ICE.author}", *ICE.paragraphs, "Comments"]).encode()
PAGE = Page("https://post.example/ice?utm_source=x", 200, "text/html; charset=utf-8", ghost(ICE).encode())


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


@pytest.fixture
def workspace_id(session: Session, clock: Clock) -> int:
    return workspaces.add(session, "Post", zone="UTC", language="en", now=clock()).id or 0


def add(session: Session, workspace_id: int, data: bytes, clock: Clock, origin: str = "ice.txt") -> Ingested:
    return add_text(session, workspace_id, data, origin=origin, now=clock())


def test_a_text_is_stored_once_with_its_quotes(session: Session, workspace_id: int, clock: Clock) -> None:
    done = add(session, workspace_id, TEXT, clock)
    row = done.article
    assert done.new
    assert (row.title, row.author, row.origin, row.created_at) == (ICE.title, ICE.author, "ice.txt", clock())
    found = quotes.of_article(session, row.id or 0)
    assert done.quotes == len(found) > 5
    assert "“You learn the lake by falling into it,”" in row.body
    for quote in found:
        for start, end in quote.segments:
            assert row.body[start:end].strip()
            assert row.body[start - 1] in '“”"'


def test_the_same_article_again_changes_nothing_and_says_so(
    session: Session, workspace_id: int, clock: Clock
) -> None:
    first = add(session, workspace_id, TEXT, clock)
    before = [row.model_dump() for row in quotes.of_article(session, first.article.id or 0)]
    clock.advance(days=1)
    again = add_page(session, workspace_id, PAGE, now=clock())  # the same words, from another place
    assert not again.new
    assert again.article.id == first.article.id
    assert again.quotes == first.quotes
    assert again.article.origin == "ice.txt"
    assert len(articles.of_workspace(session, workspace_id)) == 1
    assert [row.model_dump() for row in quotes.of_article(session, first.article.id or 0)] == before


def test_another_workspace_has_its_own(session: Session, workspace_id: int, clock: Clock) -> None:
    other = workspaces.add(session, "Other", zone="UTC", language="en", now=clock())
    assert add(session, workspace_id, TEXT, clock).new
    assert add(session, other.id or 0, TEXT, clock).new


def test_a_page_is_stored_under_its_address(session: Session, workspace_id: int, clock: Clock) -> None:
    row = add_page(session, workspace_id, PAGE, now=clock()).article
    assert row.origin == PAGE.url
    assert row.url == f"{ICE.url}/"
    assert (row.site, row.published, row.language) == (ICE.site, ICE.published, "en")
    assert row.lifted == [ICE.pull]


def test_a_page_is_fetched_before_the_database_is_touched(engine: Engine, clock: Clock) -> None:
    with writing(engine) as session:
        workspace_id = workspaces.add(session, "Post", zone="UTC", language="en", now=clock()).id or 0
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement))

    def fetch(url: str) -> Page:
        assert said == []
        assert url == "https://post.example/ice"
        return PAGE

    with writing(engine) as session:
        assert add_url(session, workspace_id, "https://post.example/ice", fetch, now=clock()).new
    assert said


@pytest.mark.parametrize("kind", ["text", "markdown", "html"])
def test_the_kind_can_be_named(session: Session, workspace_id: int, clock: Clock, kind: str) -> None:
    source = {"html": ghost(BELLS), "markdown": f"# {BELLS.title}\n\n"}.get(kind, f"{BELLS.title}\n\n")
    data = source if kind == "html" else source + "\n\n".join(BELLS.paragraphs)
    done = add_text(session, workspace_id, data.encode(), origin="paste", kind=kind, now=clock())
    assert (done.article.title, done.article.body) == (BELLS.title, "\n\n".join(BELLS.paragraphs))


def test_a_kind_that_there_is_not(session: Session, workspace_id: int, clock: Clock) -> None:
    with pytest.raises(PullquoteError, match="'docx' is no kind of article: use text, markdown, html"):
        add_text(session, workspace_id, TEXT, origin="a", kind="docx", now=clock())


def test_what_is_refused_leaves_nothing_behind(session: Session, workspace_id: int, clock: Clock) -> None:
    with pytest.raises(SourceRefused, match="a PDF"):
        add(session, workspace_id, b"%PDF-1.7", clock, origin="ice.pdf")
    with pytest.raises(SourceRefused, match="There is no page"):
        add_page(session, workspace_id, Page(PAGE.url, 404, PAGE.type, PAGE.body), now=clock())
    assert articles.of_workspace(session, workspace_id) == []


def test_a_workspace_that_is_not_there(session: Session, clock: Clock) -> None:
    with pytest.raises(NotFound, match="no workspace 9"):
        add(session, 9, TEXT, clock)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.md", b"x", "markdown"),
        ("a.MARKDOWN", b"x", "markdown"),
        ("a.html", b"x", "html"),
        ("a.htm", b"x", "html"),
        ("a.txt", b"# A heading", "text"),
        ("a.txt", b"<!DOCTYPE html><html>", "html"),
        ("paste", b"\xef\xbb\xbf<!-- saved --> <html>", "html"),
        ("paste", b"<p>Hello</p>", "html"),
        ("paste", b"---\ntitle: T\n---\n", "markdown"),
        ("paste", b"Hello\n\n## A part\n", "markdown"),
        ("paste", b"See [this](https://a.example)", "markdown"),
        ("paste", b"I have <3 hearts and #1 hopes", "text"),
        ("paste", b"Jessica: \xe2\x80\x9cKeep going\xe2\x80\x9d", "text"),
        ("", b"", "text"),
        ("paste", b"<!---->" * 500 + b"x", "text"),  # no pattern may take exponential time
    ],
)
def test_the_kind_is_guessed_from_the_name_and_the_first_lines(name: str, data: bytes, kind: str) -> None:
    assert guess_kind(name, data) == kind


def test_the_seed_article(session: Session, workspace_id: int, clock: Clock) -> None:
    gold = json.loads(shared("data/seed-article.gold.json").read_text())
    done = add(session, workspace_id, shared("data/seed-article.txt").read_bytes(), clock)
    assert (done.article.title, done.article.author, done.quotes) == (gold["title"], gold["author"], 13)
    found = quotes.of_article(session, done.article.id or 0)
    segments = [tuple(segment) for quote in found for segment in quote.segments]
    assert segments == [(s["start"], s["end"]) for u in gold["utterances"] for s in u["segments"]]
    assert len(segments) == 25
    assert {quote.speaker for quote in found} == {"Jessica Bäckman"}
