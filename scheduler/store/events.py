"""What happened, for people."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.store.tables import EventRow


def add(
    session: Session,
    kind: str,
    text: str,
    now: datetime,
    *,
    delivery_id: int | None = None,
    channel_id: int | None = None,
) -> None:
    session.add(EventRow(at=now, kind=kind, text=text, delivery_id=delivery_id, channel_id=channel_id))
    session.flush()


def latest(session: Session, limit: int = 50) -> list[EventRow]:
    query = select(EventRow).order_by(col(EventRow.id).desc()).limit(limit)
    return list(session.execute(query).scalars())


def last_kind(session: Session, delivery_id: int, kinds: Collection[str]) -> str:
    """Which of `kinds` happened to a delivery last; "" where none did."""
    query = (
        select(col(EventRow.kind))
        .where(col(EventRow.delivery_id) == delivery_id, col(EventRow.kind).in_(kinds))
        .order_by(col(EventRow.id).desc())
        .limit(1)
    )
    return session.execute(query).scalar() or ""
