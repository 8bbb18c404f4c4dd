"""Pieces, and what they say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from pydantic import TypeAdapter
from sqlalchemy import CursorResult, exists, select, update
from sqlmodel import Session, col

from scheduler.domain.errors import NotFound
from scheduler.domain.piece import Content, PieceKind, PieceStatus
from scheduler.store.tables import ArticleRow, DeliveryRow, PieceRow

_CONTENT = TypeAdapter(Content)


def add(
    session: Session,
    *,
    article_id: int,
    kind: PieceKind,
    content: Content,
    recipe: str,
    now: datetime,
    quote_id: int | None = None,
) -> PieceRow:
    row = PieceRow(
        article_id=article_id,
        quote_id=quote_id,
        kind=kind,
        recipe=recipe,
        content=_plain(content),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def get(session: Session, piece_id: int) -> PieceRow:
    row = session.get(PieceRow, piece_id)
    if row is None:
        raise NotFound(f"There is no piece {piece_id}: `pullquote split` lists the pieces of an article.")
    return row


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, PieceRow]:
    rows = session.execute(select(PieceRow).where(col(PieceRow.id).in_(ids))).scalars()
    return {row.id: row for row in rows}


def of_article(session: Session, article_id: int, *, recipe: str | None = None) -> list[PieceRow]:
    """All pieces of an article, or those that one recipe made, in the order they were made."""
    query = select(PieceRow).where(col(PieceRow.article_id) == article_id).order_by(col(PieceRow.id))
    if recipe is not None:
        query = query.where(col(PieceRow.recipe) == recipe)
    return list(session.execute(query).scalars())


def newest(session: Session, workspace_id: int, *, not_on: int, limit: int) -> list[PieceRow]:
    """The newest pieces of a workspace that its channel `not_on` was never given."""
    given = exists().where(
        col(DeliveryRow.piece_id) == col(PieceRow.id),
        col(DeliveryRow.channel_id) == not_on,
        col(DeliveryRow.status) != "cancelled",
    )
    query = (
        select(PieceRow)
        .join(ArticleRow, col(ArticleRow.id) == col(PieceRow.article_id))
        .where(
            col(ArticleRow.workspace_id) == workspace_id, col(PieceRow.status) == PieceStatus.READY, ~given
        )
        .order_by(col(PieceRow.id).desc())
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def content(row: PieceRow) -> Content:
    return _CONTENT.validate_python(row.content)


def hold(session: Session, row: PieceRow, reason: str) -> None:
    """Keep a piece from being sent until a person releases it."""
    row.status, row.reason = PieceStatus.HELD, reason
    session.flush()


def release(session: Session, row: PieceRow) -> None:
    row.status, row.reason = PieceStatus.READY, ""
    session.flush()


def revise(session: Session, row: PieceRow, new: Content) -> None:
    """Replace what a piece says. Its revision counts up, so that a queued delivery can tell."""
    row.content = _plain(new)
    row.revision += 1
    session.flush()


def revise_if(session: Session, row: PieceRow, new: Content, revision: int) -> bool:
    """The same, unless the piece has another revision by now: of two who edit it at once, one is told."""
    query = (
        update(PieceRow)
        .where(col(PieceRow.id) == row.id, col(PieceRow.revision) == revision)
        .values(content=_plain(new), revision=revision + 1)
    )
    changed = cast("CursorResult[Any]", session.execute(query)).rowcount == 1
    session.refresh(row)
    return changed


def move(session: Session, row: PieceRow, new: Content) -> None:
    """The same words at other places in a new body: no other revision."""
    row.content = _plain(new)
    session.flush()


def _plain(content: Content) -> dict[str, Any]:
    plain: dict[str, Any] = _CONTENT.dump_python(content, mode="json")
    return plain
