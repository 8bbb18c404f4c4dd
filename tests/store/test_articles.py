from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.errors import NotFound
from scheduler.domain.quote import Quote, Segment
from scheduler.store import articles, quotes, workspaces
from scheduler.store.engine import writing
from tests.conftest import Clock

ICE = Article(
    title="The road over the ice",
    body="“You listen,” she says.",
    author="Tomasz Okafor",
    published=date(2026, 2, 11),
    language="en",
    url="https://post.example/ice",
    site="The Post",
    lifted=("“You listen”",),
)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


@pytest.fixture
def workspace_id(session: Session, clock: Clock) -> int:
    return workspaces.add(session, "Post", zone="UTC", language="en", now=clock()).id or 0


def test_an_article_is_stored_whole(session: Session, workspace_id: int, clock: Clock) -> None:
    added = articles.add(session, workspace_id, ICE, origin="ice.md", now=clock())
    session.expire_all()
    row = articles.get(session, added.id or 0)
    assert (row.title, row.body, row.author, row.published) == (
        ICE.title,
        ICE.body,
        ICE.author,
        ICE.published,
    )
    assert (row.language, row.url, row.site, row.lifted) == ("en", ICE.url, ICE.site, ["“You listen”"])
    assert (row.origin, row.fingerprint, row.created_at) == ("ice.md", ICE.fingerprint, clock())


def test_an_article_that_is_not_there(session: Session) -> None:
    with pytest.raises(NotFound, match="There is no article 7: add one with `pullquote add`"):
        articles.get(session, 7)


def test_the_same_words_are_found_in_their_own_workspace_only(
    session: Session, workspace_id: int, clock: Clock
) -> None:
    other = workspaces.add(session, "Other", zone="UTC", language="en", now=clock())
    row = articles.add(session, workspace_id, ICE, origin="ice.md", now=clock())
    assert articles.find_by_fingerprint(session, workspace_id, ICE.fingerprint) is row
    assert articles.find_by_fingerprint(session, other.id or 0, ICE.fingerprint) is None
    assert articles.find_by_fingerprint(session, workspace_id, "0") is None


def test_the_newest_comes_first(session: Session, workspace_id: int, clock: Clock) -> None:
    for title in ("One", "Two", "Three"):
        articles.add(session, workspace_id, Article(title=title, body="x"), origin="", now=clock())
    assert [row.title for row in articles.of_workspace(session, workspace_id)] == ["Three", "Two", "One"]


def test_a_removed_article_takes_its_quotes_along(session: Session, workspace_id: int, clock: Clock) -> None:
    row = articles.add(session, workspace_id, ICE, origin="ice.md", now=clock())
    article_id = row.id or 0
    quotes.replace_for(session, article_id, [Quote((Segment(1, 12),))])
    articles.remove(session, article_id)
    session.expunge_all()
    assert quotes.of_article(session, article_id) == []
    with pytest.raises(NotFound):
        articles.remove(session, article_id)
