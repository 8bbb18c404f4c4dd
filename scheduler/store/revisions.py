"""What a piece said before it was changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.domain.piece import Content
from scheduler.store.tables_editing import RevisionRow

_CONTENT = TypeAdapter(Content)


def add(
    session: Session, piece_id: int, number: int, content: dict[str, Any], what: str, by: str, at: datetime
) -> None:
    """Keep the content that the piece had as its revision `number`."""
    row = RevisionRow(piece_id=piece_id, number=number, content=content, what=what, by=by, at=at)
    session.add(row)
    session.flush()


def last(session: Session, piece_id: int) -> RevisionRow | None:
    """Of the change that was made last and not undone."""
    query = select(RevisionRow).where(col(RevisionRow.piece_id) == piece_id)
    found: RevisionRow | None = session.execute(
        query.order_by(col(RevisionRow.number).desc()).limit(1)
    ).scalar_one_or_none()
    return found


def content(row: RevisionRow) -> Content:
    return _CONTENT.validate_python(row.content)


def remove(session: Session, row: RevisionRow) -> None:
    session.delete(row)
    session.flush()
