"""What waits as a whole: deliveries whose time has passed, and those that an article's pause puts out of the way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, update
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.store.tables import ChannelRow, DeliveryRow, GateRow, PieceRow


def overdue(session: Session, before: datetime, channel_ids: Collection[int]) -> list[DeliveryRow]:
    """Deliveries of some channels whose time passed before `before` and that were never tried."""
    query = _untried(channel_ids).where(col(DeliveryRow.next_at) < before)
    return list(session.execute(query).scalars())


def _untried(channel_ids: Collection[int]) -> Select[DeliveryRow]:
    return (
        select(DeliveryRow)
        .where(
            col(DeliveryRow.channel_id).in_(channel_ids),
            col(DeliveryRow.status) == Status.SCHEDULED,
            col(DeliveryRow.attempts) == 0,
            col(DeliveryRow.committed_at).is_(None),
            col(DeliveryRow.item) == 0,
        )
        .order_by(col(DeliveryRow.channel_id), col(DeliveryRow.due_at), col(DeliveryRow.id))
    )


def too_late(session: Session, channel: ChannelRow, now: datetime) -> list[DeliveryRow]:
    """Deliveries of a channel that were never tried and are later than it says is still good."""
    last = now - timedelta(minutes=channel.late_minutes)
    query = _untried([channel.id]).where(
        col(DeliveryRow.due_at) < last, col(DeliveryRow.next_at).is_not(None)
    )
    return list(session.execute(query).scalars())


def in_trouble(session: Session) -> list[ChannelRow]:
    """Channels whose breaker is open."""
    query = (
        select(ChannelRow)
        .join(GateRow, col(GateRow.channel_id) == col(ChannelRow.id))
        .where(col(GateRow.opened_at).is_not(None))
    )
    return list(session.execute(query).scalars())


def park(session: Session, article_id: int) -> None:
    """No worker looks at what waits of an article until `unpark`."""
    _set_next(session, article_id, col(DeliveryRow.next_at).is_not(None), None)


def unpark(session: Session, article_id: int) -> None:
    _set_next(session, article_id, col(DeliveryRow.next_at).is_(None), col(DeliveryRow.due_at))


def _set_next(session: Session, article_id: int, where: ColumnElement[bool], at: Any) -> None:
    session.execute(
        update(DeliveryRow)
        .where(_waits_of(article_id), where)
        .values(next_at=at)
        .execution_options(synchronize_session=False)
    )


def parked(session: Session, article_id: int) -> list[DeliveryRow]:
    query = select(DeliveryRow).where(_waits_of(article_id), col(DeliveryRow.next_at).is_(None))
    return list(session.execute(query.order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))).scalars())


def _waits_of(article_id: int) -> ColumnElement[bool]:
    own = select(col(PieceRow.id)).where(col(PieceRow.article_id) == article_id)
    return and_(col(DeliveryRow.piece_id).in_(own), col(DeliveryRow.status) == Status.SCHEDULED)
