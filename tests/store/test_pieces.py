from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.domain.errors import NotFound, NotSupported
from scheduler.domain.piece import Content, Passage, PieceKind, PieceStatus
from scheduler.store import pieces, workspaces
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ArticleRow, PieceRow
from tests.conftest import Clock

CARD = Content(
    texts={"": ["Look"], "mastodon": ["Look", "closer"]},
    passage=Passage("We left. […]", "Ada Quist", ((4, 12), (20, 30))),
    alt="“We left. […]” — Ada Quist",
    passages=(Passage("We left.", "Ada Quist", ((4, 12),)),),
    link="https://gazette.example/1",
    refused={"bluesky": "too long"},
)


@pytest.fixture
def session(engine: Engine, clock: Clock) -> Iterator[Session]:
    with writing(engine) as session:
        workspaces.add(session, "Gazette", zone="UTC", language="en", now=clock())
        for n in (1, 2):
            session.add(
                ArticleRow(
                    id=n,
                    workspace_id=1,
                    origin="a",
                    title="A",
                    body="b",
                    fingerprint=f"{n}",
                    created_at=clock(),
                )
            )
        session.flush()
        yield session


def add(session: Session, clock: Clock, article: int = 1, recipe: str = "default") -> PieceRow:
    return pieces.add(
        session, article_id=article, kind=PieceKind.CARD, content=CARD, recipe=recipe, now=clock()
    )


def test_what_a_piece_says_comes_back_as_it_was(session: Session, engine: Engine, clock: Clock) -> None:
    row = add(session, clock)
    assert pieces.content(row) == CARD
    session.commit()
    with reading(engine) as later:
        assert pieces.content(pieces.get(later, row.id)) == CARD


def test_a_piece_of_an_older_version_reads_with_the_defaults(session: Session, clock: Clock) -> None:
    row = add(session, clock)
    row.content = {"texts": {"": ["Look"]}, "gone": 1}
    assert pieces.content(row) == Content(texts={"": ["Look"]})


def test_the_pieces_of_an_article_are_listed_in_order_and_by_recipe(session: Session, clock: Clock) -> None:
    first, other, second = (
        add(session, clock),
        add(session, clock, article=2),
        add(session, clock, recipe="short"),
    )
    assert pieces.of_article(session, 1) == [first, second]
    assert pieces.of_article(session, 1, recipe="short") == [second]
    assert pieces.of_article(session, 2) == [other]


def test_a_piece_that_does_not_exist_says_where_to_look(session: Session) -> None:
    with pytest.raises(NotFound, match="There is no piece 9"):
        pieces.get(session, 9)


def test_a_held_piece_says_why_until_it_is_released(session: Session, clock: Clock) -> None:
    row = add(session, clock)
    pieces.hold(session, row, "stopped by Ada")
    assert (row.status, row.reason) == (PieceStatus.HELD, "stopped by Ada")
    pieces.release(session, row)
    assert (row.status, row.reason) == (PieceStatus.READY, "")


def test_an_edit_makes_a_new_revision(session: Session, engine: Engine, clock: Clock) -> None:
    row = add(session, clock)
    pieces.revise(session, row, replace(CARD, alt="other"))
    session.commit()
    with reading(engine) as later:
        again = pieces.get(later, row.id)
        assert (again.revision, pieces.content(again).alt) == (2, "other")


def test_a_kind_that_cannot_carry_a_piece_does_not_get_the_common_text() -> None:
    assert CARD.for_kind("mastodon") == ["Look", "closer"]
    assert CARD.for_kind("webhook") == ["Look"]
    with pytest.raises(NotSupported, match="too long"):
        CARD.for_kind("bluesky")
