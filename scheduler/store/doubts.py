"""Readers' copies that are in doubt, and what takes an answer about them back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.domain.subscriber import RecipientState
from scheduler.store import recipients
from scheduler.store.tables import DeliveryRow, ReceiptRow, RecipientRow

LEFT_OPEN = (Status.SENT, Status.FAILED)  # their batch is settled, the copies are not


@dataclass(frozen=True)
class Copy:
    id: int
    delivery_id: int
    email: str
    reason: str


def copies(session: Session, piece_id: int, addresses: Collection[str] = ()) -> list[Copy]:
    """Copies in doubt of an issue whose batches are settled. Those of a batch in doubt are answered with it."""
    query = (
        select(
            col(RecipientRow.id),
            col(RecipientRow.delivery_id),
            col(RecipientRow.email),
            col(RecipientRow.reason),
        )
        .join(DeliveryRow, col(DeliveryRow.id) == col(RecipientRow.delivery_id))
        .where(
            col(DeliveryRow.piece_id) == piece_id,
            col(DeliveryRow.status).in_(LEFT_OPEN),
            col(RecipientRow.state) == RecipientState.IN_DOUBT,
        )
        .order_by(col(RecipientRow.id))
    )
    if addresses:
        query = query.where(col(RecipientRow.email).in_(addresses))
    return [Copy(*row) for row in session.execute(query)]


def by_piece(session: Session) -> dict[int, int]:
    """Issue -> how many such copies it has."""
    query = (
        select(col(DeliveryRow.piece_id), func.count())
        .select_from(RecipientRow)
        .join(DeliveryRow, col(DeliveryRow.id) == col(RecipientRow.delivery_id))
        .where(col(DeliveryRow.status).in_(LEFT_OPEN), col(RecipientRow.state) == RecipientState.IN_DOUBT)
        .group_by(col(DeliveryRow.piece_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def settle_copies(
    session: Session, rows: Sequence[Copy], state: RecipientState, reason: str, now: datetime
) -> None:
    same = {"state": state, "reason": reason, "remote_id": "", "at": now}
    recipients.settle(session, [{"id": row.id, **same} for row in rows])


def move_copies(session: Session, rows: Sequence[Copy], delivery_id: int, now: datetime) -> None:
    """Into another batch, where they wait."""
    same = {"delivery_id": delivery_id, "state": RecipientState.WAITING, "reason": "", "at": now}
    recipients.settle(session, [{"id": row.id, **same} for row in rows])


def reopen_copies(
    session: Session, delivery_id: int, state: RecipientState, reason: str, now: datetime
) -> None:
    """The copies of a batch that an answer brought to a state are in doubt again."""
    session.execute(
        update(RecipientRow)
        .where(
            col(RecipientRow.delivery_id) == delivery_id,
            col(RecipientRow.state) == state,
            col(RecipientRow.reason) == reason,
        )
        .values(state=RecipientState.IN_DOUBT, reason="its batch was never answered", at=now)
        .execution_options(synchronize_session=False)
    )


def forget_receipt(session: Session, delivery_id: int, item: int) -> None:
    session.execute(
        delete(ReceiptRow)
        .where(col(ReceiptRow.delivery_id) == delivery_id, col(ReceiptRow.item) == item)
        .execution_options(synchronize_session=False)
    )
