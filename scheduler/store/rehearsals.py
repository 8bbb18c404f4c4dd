"""What a rehearsal left behind in its copy of the database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, select
from sqlmodel import Session, col

from scheduler.domain.delivery import OPEN
from scheduler.store.tables import DeliveryRow, PieceRow


def settled(session: Session, channel_id: int, since: datetime) -> Sequence[Row[Any]]:
    """id, piece_id, article_id, kind, due_at, settled_at, status and reason of what was settled from then on."""
    query = (
        select(
            col(DeliveryRow.id),
            col(DeliveryRow.piece_id),
            col(PieceRow.article_id),
            col(PieceRow.kind),
            col(DeliveryRow.due_at),
            col(DeliveryRow.settled_at),
            col(DeliveryRow.status),
            col(DeliveryRow.reason),
        )
        .join(PieceRow, col(PieceRow.id) == col(DeliveryRow.piece_id))
        .where(col(DeliveryRow.channel_id) == channel_id, col(DeliveryRow.settled_at) >= since)
        .order_by(col(DeliveryRow.settled_at), col(DeliveryRow.id))
    )
    return session.execute(query).all()


def staying(session: Session, channel_id: int, until: datetime) -> dict[tuple[str, str], int]:
    """Status and reason -> how many that are due by then did not go out."""
    query = (
        select(col(DeliveryRow.status), col(DeliveryRow.reason), func.count())
        .where(
            col(DeliveryRow.channel_id) == channel_id,
            col(DeliveryRow.status).in_(OPEN),
            col(DeliveryRow.due_at) <= until,
        )
        .group_by(col(DeliveryRow.status), col(DeliveryRow.reason))
    )
    return {(row[0], row[1]): row[2] for row in session.execute(query)}
