"""Whether the work gets done, in one number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.store import turns
from scheduler.store.tables import ChannelRow, DeliveryRow


def overdue(session: Session, before: datetime, now: datetime) -> int:
    """How many deliveries nobody has looked at since before `before`, on channels that may send."""
    query = (
        select(func.count())
        .select_from(DeliveryRow)
        .join(ChannelRow, col(ChannelRow.id) == col(DeliveryRow.channel_id))
        .where(
            col(ChannelRow.id).in_([turn.channel_id for turn in turns.running(session)]),
            col(DeliveryRow.next_at) < before,
            col(DeliveryRow.status).in_((Status.SCHEDULED, Status.SENDING, Status.IN_DOUBT)),
            func.coalesce(col(ChannelRow.resume_at), before) <= now,
        )
    )
    number: int = session.execute(query).scalar_one()
    return number
