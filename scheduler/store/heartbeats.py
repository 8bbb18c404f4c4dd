"""Which daemons are, or were, alive."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from scheduler.store.tables import HeartbeatRow


def beat(session: Session, owner: str, now: datetime, *, stopped: bool = False) -> None:
    row = session.get(HeartbeatRow, owner)
    if row is None:
        row = HeartbeatRow(owner=owner, started_at=now)
    row.at, row.stopped = now, stopped
    session.add(row)
    session.flush()


def last(session: Session) -> datetime | None:
    """When any daemon was last alive."""
    return session.execute(select(func.max(col(HeartbeatRow.at)))).scalar()


def all_of(session: Session) -> list[HeartbeatRow]:
    return list(session.execute(select(HeartbeatRow).order_by(col(HeartbeatRow.at).desc())).scalars())
