from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.errors import NotFound
from scheduler.domain.piece import Content, PieceKind
from scheduler.domain.quote import Quote, Segment
from scheduler.store import articles, pieces, quotes, workspaces
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


def test_pieces_stay_when_their_quote_goes(session: Session, article_id: int, clock: Clock) -> None:
    first, second = quotes.replace_for(session, article_id, [FIRST, SECOND])
    made = [
        pieces.add(
            session,
            article_id=article_id,
            kind=PieceKind.POST,
            content=Content(),
            recipe="default",
            quote_id=row.id,
            now=clock(),
        )
        for row in (first, second)
    ]
    quotes.replace_for(session, article_id, [SECOND])
    session.expire_all()
    assert [piece.quote_id for piece in made] == [None, second.id]


def test_a_quote_that_moved_keeps_its_row(session: Session, article_id: int) -> None:
    (row,) = quotes.replace_for(session, article_id, [HEADLINE])
    quotes.move(session, row, ((60, 70),))
    assert [(each.id, each.kind) for each in quotes.replace_for(session, article_id, [SECOND])] == [
        (row.id, "partial")
    ]


def test_two_rows_that_moved_to_one_place_leave_one(session: Session, article_id: int) -> None:
    for row in quotes.replace_for(session, article_id, [HEADLINE, SECOND]):
        quotes.move(session, row, ((60, 70),))
    assert len(quotes.replace_for(session, article_id, [SECOND])) == 1
    assert len(quotes.of_article(session, article_id)) == 1


def test_all_quotes_can_go(session: Session, article_id: int) -> None:
    quotes.replace_for(session, article_id, [FIRST])
    assert quotes.replace_for(session, article_id, []) == []
    assert quotes.of_article(session, article_id) == []


def test_a_quote_that_is_not_there(session: Session, article_id: int) -> None:
    (row,) = quotes.replace_for(session, article_id, [FIRST])
    assert quotes.get(session, row.id or 0) is row
    with pytest.raises(NotFound, match="There is no quote 99: see `pullquote quotes`"):
        quotes.get(session, 99)
