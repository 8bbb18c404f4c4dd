"""Whether anything has changed since the last look, from the ends of a few indexes."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.store.tables import AttemptRow, ChannelRow, DeliveryRow, EventRow, HeartbeatRow

_ENDS = (
    select(func.max(col(DeliveryRow.id))),
    select(func.max(col(AttemptRow.id))),
    select(func.max(col(EventRow.id))),
    select(func.max(col(HeartbeatRow.at))),
    select(
        func.count(), func.max(col(ChannelRow.paused_at)), func.max(col(ChannelRow.resume_at))
    ).select_from(ChannelRow),
    select(func.count()).select_from(DeliveryRow).where(col(DeliveryRow.status) == Status.SENDING),
    select(func.min(col(DeliveryRow.next_at))),
)


def of(session: Session) -> str:
    return "|".join(str(tuple(session.execute(query).one())) for query in _ENDS)
