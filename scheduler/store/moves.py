"""The move of this database to another, or from one."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.store.tables import DeliveryRow
from scheduler.store.tables_moves import MoveRow


def latest(session: Session, direction: str) -> MoveRow | None:
    query = select(MoveRow).where(col(MoveRow.direction) == direction)
    row: MoveRow | None = session.execute(query.order_by(col(MoveRow.started_at).desc()).limit(1)).scalar()
    return row


def add(session: Session, row: MoveRow) -> None:
    session.add(row)
    session.flush()


def remove(session: Session, token: str) -> None:
    session.execute(delete(MoveRow).where(col(MoveRow.token) == token))


def in_hand(session: Session, now: datetime) -> int:
    """How many deliveries some worker that may be alive holds."""
    query = select(func.count()).select_from(DeliveryRow)
    number: int = session.execute(
        query.where(col(DeliveryRow.status) == Status.SENDING, col(DeliveryRow.next_at) > now)
    ).scalar_one()
    return number
