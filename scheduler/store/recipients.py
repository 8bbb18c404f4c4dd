"""The frozen audience of an issue: one row for each reader's copy, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, insert, literal, select, true, update
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.domain.subscriber import RecipientState, Subscription
from scheduler.store import fanout
from scheduler.store.claimed import AnyDelivery
from scheduler.store.tables import (
    DeliveryRow,
    ListRow,
    PieceRow,
    RecipientRow,
    SubscriberRow,
    SubscriptionRow,
    SuppressionRow,
)

HAS_IT = (RecipientState.WAITING, RecipientState.SENT, RecipientState.IN_DOUBT)

_copy = RecipientRow.__table__  # type: ignore[attr-defined]


def audience(list_row: ListRow, piece_id: int) -> Select[int, str, str]:
    """Who gets an issue: confirmed, not suppressed, and without a copy of it yet, through whatever channel.

    Id of the subscription, address and name, in the order of the ids.
    """
    suppressed = select(col(SuppressionRow.email)).where(
        col(SuppressionRow.workspace_id) == list_row.workspace_id
    )
    return (
        select(col(SubscriptionRow.id), col(SubscriberRow.email), col(SubscriberRow.name))
        .join(SubscriberRow, col(SubscriberRow.id) == col(SubscriptionRow.subscriber_id))
        .where(
            col(SubscriptionRow.list_id) == list_row.id,
            col(SubscriptionRow.status) == Subscription.CONFIRMED,
            col(SubscriberRow.email).not_in(suppressed),
            col(SubscriberRow.email).not_in(_have_it(piece_id)),
        )
    )


def size(session: Session, readers: Select[int, str, str]) -> int:
    count: int = session.execute(select(func.count()).select_from(readers.subquery())).scalar_one()
    return count


def _have_it(piece_id: int) -> Select[str]:
    """The addresses that an issue went to, or will go to."""
    return (
        select(col(RecipientRow.email))
        .join(DeliveryRow, col(DeliveryRow.id) == col(RecipientRow.delivery_id))
        .where(
            col(DeliveryRow.piece_id) == piece_id,
            col(DeliveryRow.status) != Status.CANCELLED,
            col(RecipientRow.state).in_(HAS_IT),
        )
    )


def wait_again(session: Session, delivery: AnyDelivery, now: datetime) -> None:
    """Failed copies are to be sent after all, but for those that another batch has taken over since."""
    failed, free = (RecipientState.FAILED,), col(RecipientRow.email).not_in(_have_it(delivery.piece_id))
    move(session, delivery.id, failed, RecipientState.WAITING, now, where=free)


def add_batches(
    session: Session,
    piece: PieceRow,
    channel_id: int,
    number: int,
    *,
    due_at: datetime,
    slot_key: str | None,
    now: datetime,
) -> list[DeliveryRow]:
    """`number` deliveries of an issue. They go out in one slot, which the first of them holds."""
    first = fanout.enqueue_many(session, piece, channel_id, number, due_at=due_at, slot_key=slot_key, now=now)
    ours = col(DeliveryRow.id).between(first, first + number - 1)
    query = (
        select(DeliveryRow).where(col(DeliveryRow.piece_id) == piece.id, ours).order_by(col(DeliveryRow.id))
    )
    return list(session.execute(query).scalars())


def add(session: Session, readers: Select[int, str, str], first: int, batch: int, now: datetime) -> None:
    """A waiting copy for each reader, `batch` of them to a delivery, from that with the id `first` on."""
    who = readers.add_columns(
        (func.row_number().over(order_by=col(SubscriptionRow.id)) - 1).label("number")
    ).subquery()
    rows = select(
        literal(first) + who.c.number // literal(batch),
        who.c.id,
        who.c.email,
        who.c.name,
        literal(RecipientState.WAITING.value),
        literal(""),
        literal(""),
        literal(now, _copy.c.at.type),
    )
    columns = ["delivery_id", "subscription_id", "email", "name", "state", "remote_id", "reason", "at"]
    session.execute(insert(_copy).from_select(columns, rows.order_by(who.c.number)))


def batch_sizes(session: Session, deliveries: Sequence[DeliveryRow]) -> list[int]:
    """How many recipients each of some consecutive deliveries has; none where it has none."""
    query = (
        select(func.count())
        .where(col(RecipientRow.delivery_id).between(deliveries[0].id, deliveries[-1].id))
        .group_by(col(RecipientRow.delivery_id))
        .order_by(col(RecipientRow.delivery_id))
    )
    return list(session.execute(query).scalars())


def of_delivery(session: Session, delivery_id: int, state: RecipientState) -> list[RecipientRow]:
    query = (
        select(RecipientRow)
        .where(col(RecipientRow.delivery_id) == delivery_id, col(RecipientRow.state) == state)
        .order_by(col(RecipientRow.id))
        .execution_options(populate_existing=True)  # the statements below change rows behind the session
    )
    return list(session.execute(query).scalars())


def of_piece(session: Session, piece_id: int, state: RecipientState, limit: int = 200) -> list[RecipientRow]:
    """Whose copy of an issue is in a state: for the list of those who did not get it, and why."""
    query = (
        select(RecipientRow)
        .join(DeliveryRow, col(DeliveryRow.id) == col(RecipientRow.delivery_id))
        .where(col(DeliveryRow.piece_id) == piece_id, col(RecipientRow.state) == state)
        .order_by(col(RecipientRow.id))
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def waiting_or_failed(session: Session, delivery_ids: Collection[int]) -> Sequence[Any]:
    """The copies of some batches that are to be sent, or were not: with their list, and whether they still may."""
    return session.execute(_WAITING, {"batches": list(delivery_ids)}).all()


#: Made once: it is asked for every round of a million mails.
_WAITING = (
    select(
        _copy.c.delivery_id,
        _copy.c.id,
        _copy.c.state,
        _copy.c.email,
        _copy.c.name,
        _copy.c.subscription_id,
        col(SubscriptionRow.list_id),
        col(SubscriptionRow.status),
        col(SuppressionRow.reason).label("suppressed"),
    )
    .join(SubscriptionRow, col(SubscriptionRow.id) == _copy.c.subscription_id)
    .join(SubscriberRow, col(SubscriberRow.id) == col(SubscriptionRow.subscriber_id))
    .outerjoin(
        SuppressionRow,
        (col(SuppressionRow.workspace_id) == col(SubscriberRow.workspace_id))
        & (col(SuppressionRow.email) == _copy.c.email),
    )
    .where(
        _copy.c.delivery_id.in_(bindparam("batches", expanding=True)),
        _copy.c.state.in_([RecipientState.WAITING.value, RecipientState.FAILED.value]),
    )
    .order_by(_copy.c.id)
)


def suppress_gone(session: Session, delivery_id: int, now: datetime) -> None:
    """Whoever left the list or was suppressed since the audience was frozen gets no copy."""
    left = exists().where(
        col(SubscriptionRow.id) == col(RecipientRow.subscription_id),
        col(SubscriptionRow.status) != Subscription.CONFIRMED,
    )
    _suppress(session, delivery_id, "unsubscribed", left, now)
    reason = (
        select(col(SuppressionRow.reason))
        .join(SubscriberRow, col(SubscriberRow.workspace_id) == col(SuppressionRow.workspace_id))
        .join(SubscriptionRow, col(SubscriptionRow.subscriber_id) == col(SubscriberRow.id))
        .where(
            col(SubscriptionRow.id) == col(RecipientRow.subscription_id),
            col(SuppressionRow.email) == col(RecipientRow.email),
        )
        .scalar_subquery()
    )
    _suppress(session, delivery_id, reason, reason.is_not(None), now)


def _suppress(session: Session, delivery_id: int, reason: Any, where: Any, now: datetime) -> None:
    waiting, suppressed = RecipientState.WAITING, RecipientState.SUPPRESSED
    move(session, delivery_id, (waiting,), suppressed, now, reason=reason, where=where)


def move(
    session: Session,
    delivery_id: int,
    states: Collection[RecipientState],
    to: RecipientState,
    now: datetime,
    *,
    reason: Any = "",
    remote_id: str = "",
    where: Any = None,
) -> None:
    """Bring the copies of a batch that are in one of `states` to another."""
    session.execute(
        update(RecipientRow)
        .where(col(RecipientRow.delivery_id) == delivery_id, col(RecipientRow.state).in_(states))
        .where(true() if where is None else where)
        .values(state=to, reason=reason, remote_id=remote_id, at=now)
        .execution_options(synchronize_session=False)
    )


def settle(session: Session, outcomes: Sequence[Mapping[str, Any]]) -> None:
    """Write what became of each copy: rows of id, state, remote_id, reason and at."""
    session.execute(update(RecipientRow), outcomes)


def progress(session: Session, piece_id: int) -> dict[str, int]:
    """State -> how many copies of an issue. Those still waiting in a cancelled batch count as cancelled."""
    query = (
        select(col(RecipientRow.state), col(DeliveryRow.status), func.count())
        .join(DeliveryRow, col(DeliveryRow.id) == col(RecipientRow.delivery_id))
        .where(col(DeliveryRow.piece_id) == piece_id)
        .group_by(col(RecipientRow.state), col(DeliveryRow.status))
    )
    counts: dict[str, int] = {}
    for state, status, number in session.execute(query):
        left = status == Status.CANCELLED and state == RecipientState.WAITING
        name = "cancelled" if left else state
        counts[name] = counts.get(name, 0) + number
    return counts
