from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.errors import NotFound
from scheduler.domain.quote import Quote, Segment
from scheduler.store import articles, quotes, workspaces
from scheduler.store.engine import writing
from tests.conftest import Clock

HEADLINE = Quote((Segment(0, 10),), speaker="Marta", duplicate_of=1)
FIRST = Quote(
    (Segment(20, 30), Segment(40, 50)),
    speaker="Marta Lindqvist",
    mention="she",
    rule="subject-cue",
    confidence=0.9,
    score=1.5,
    reasons=("short", "strong words"),
)
SECOND = Quote((Segment(60, 70),), kind="partial")


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        yield session


@pytest.fixture
def article_id(session: Session, clock: Clock) -> int:
    workspace = workspaces.add(session, "Post", zone="UTC", language="en", now=clock())
    article = Article(title="T", body="x" * 100)
    return articles.add(session, workspace.id or 0, article, origin="t.txt", now=clock()).id or 0


def test_quotes_come_back_as_they_were_in_reading_order(session: Session, article_id: int) -> None:
    quotes.replace_for(session, article_id, [HEADLINE, FIRST, SECOND])
    session.expire_all()
    rows = quotes.of_article(session, article_id)
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[0].duplicate_of == 2  # a number, for people
    assert [quotes.quote(row) for row in rows] == [HEADLINE, FIRST, SECOND]


def test_a_quote_that_stands_where_it_stood_keeps_its_row(session: Session, article_id: int) -> None:
    before = quotes.replace_for(session, article_id, [HEADLINE, FIRST, SECOND])
    kept = {row.number: row.id for row in before}
    after = quotes.replace_for(session, article_id, [SECOND, FIRST])
    assert [(row.number, row.id) for row in after] == [(1, kept[3]), (2, kept[2])]
    assert [row.id for row in quotes.of_article(session, article_id)] == [kept[3], kept[2]]


def test_all_quotes_can_go(session: Session, article_id: int) -> None:
    quotes.replace_for(session, article_id, [FIRST])
    assert quotes.replace_for(session, article_id, []) == []
    assert quotes.of_article(session, article_id) == []


def test_a_quote_that_is_not_there(session: Session, article_id: int) -> None:
    (row,) = quotes.replace_for(session, article_id, [FIRST])
    assert quotes.get(session, row.id or 0) is row
    with pytest.raises(NotFound, match="There is no quote 99: see `pullquote quotes`"):
        quotes.get(session, 99)
