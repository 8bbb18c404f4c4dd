"""The queue: the delivery rows, and the only statements that move them.

A delivery belongs to whoever's token is in `owner`. Every write after the claim names that token; one that changes
no row means that the work was taken over, and raises LeaseLost. `next_at` is when a worker looks at a row again:
its time, the end of a wait, the end of a lease, or a probe.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Select,
    and_,
    case,
    func,
    insert,
    select,
    update,
)
from sqlmodel import Session, col

from scheduler.domain.delivery import OPEN, Delivery, Status
from scheduler.domain.errors import NotFound
from scheduler.domain.message import Receipt
from scheduler.domain.turns import Lane
from scheduler.store import turns
from scheduler.store.claimed import COLUMNS, AnyDelivery, Claimed
from scheduler.store.tables import AttemptRow, DeliveryRow, PieceRow, ReceiptRow
from scheduler.store.turns import Turn

CLAIMABLE = (Status.SCHEDULED, Status.SENDING, Status.IN_DOUBT)


class LeaseLost(Exception):
    """Another worker took this delivery over: stop, and write nothing more."""


def enqueue(
    session: Session,
    piece: PieceRow,
    channel_id: int,
    due_at: datetime,
    *,
    now: datetime,
    slot_key: str | None = None,
) -> DeliveryRow:
    """Put a piece into a channel's queue. A slot that is taken already raises IntegrityError."""
    row = DeliveryRow(
        piece_id=piece.id,
        channel_id=channel_id,
        due_at=due_at,
        next_at=due_at,
        slot_key=slot_key,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def claim(
    session: Session,
    now: datetime,
    *,
    owner: str,
    lease: timedelta,
    limit: int = 1,
    only: int | None = None,
    lane: Lane = Lane.POSTS_FIRST,
) -> list[Claimed]:
    """Take up to `limit` deliveries that are due, or whose worker died, for `lease`; `only` is the id of one.

    They are of one channel: the one whose turn it is, and no more of them than its limits let through. That a worker
    died over a delivery counts as an attempt: it may be the delivery that kills.
    """
    if only is not None:
        channel_id = get(session, only).channel_id
        turns_now = turns.running(session, only=channel_id)
    else:
        turns_now = turns.due(session, now, lane)
    for turn in turns_now:
        if rows := _claim_from(session, turn, now, owner, lease, limit, only):
            return rows
    return []


def due_count(session: Session, now: datetime, most: int) -> int:
    """How many deliveries are due, or `most` where there are more."""
    due = select(col(DeliveryRow.id)).where(
        col(DeliveryRow.next_at) <= now, col(DeliveryRow.status).in_(CLAIMABLE)
    )
    return len(session.execute(due.limit(most)).all())


def _claim_from(
    session: Session, turn: Turn, now: datetime, owner: str, lease: timedelta, limit: int, only: int | None
) -> list[Claimed]:
    with session.begin_nested() if turn.is_shared else nullcontext() as savepoint:
        granted = turns.grant(session, turn, limit, now, lease)
        rows = _take(session, turn, now, owner, lease, granted, only) if granted else []
        if rows:
            turns.took(session, turn, len(rows), now)
        elif savepoint is not None:
            savepoint.rollback()  # lets go of the limits: another claim may hold those of the next channel
    return rows


def _take(
    session: Session, turn: Turn, now: datetime, owner: str, lease: timedelta, limit: int, only: int | None
) -> list[Claimed]:
    due = _due(turn, now, limit, only)
    if turn.breaker.retry_at is not None:
        due = due.where(col(DeliveryRow.id).in_(_the_other(session, turn, due)))
    # Materialised, or PostgreSQL might look for what is due again for each row, and find other rows.
    chosen = due.cte("due").prefix_with("MATERIALIZED", dialect="postgresql")
    died = case((col(DeliveryRow.status) == Status.SENDING, 1), else_=0)
    taken = (
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(select(chosen.c.id)))
        .values(
            status=Status.SENDING, owner=owner, next_at=now + lease, attempts=col(DeliveryRow.attempts) + died
        )
        .returning(*COLUMNS)
        .execution_options(synchronize_session=False)
    )
    rows = [Claimed(*row) for row in session.execute(taken)]
    return sorted(rows, key=lambda row: (row.due_at, row.id))  # RETURNING promises no order


def _due(turn: Turn, now: datetime, limit: int, only: int | None) -> Select[int]:
    query = (
        select(col(DeliveryRow.id))
        .where(
            col(DeliveryRow.channel_id) == turn.channel_id,
            col(DeliveryRow.next_at) <= now,
            col(DeliveryRow.status).in_(CLAIMABLE),
        )
        .order_by(col(DeliveryRow.next_at), col(DeliveryRow.id))
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL: what another claims is not waited for
    )
    return query if only is None else query.where(col(DeliveryRow.id) == only)


def _the_other(session: Session, turn: Turn, due: Select[int]) -> list[int]:
    """One that is due, and not the one that failed last, where there is another: that one may be its own trouble."""
    found = list(session.execute(due.limit(2)).scalars())
    return sorted(found, key=lambda number: number == turn.breaker.last_failed)[:1]


def earliest(session: Session, now: datetime) -> datetime | None:
    """When the next delivery becomes due; None where nothing waits on a channel that runs.

    What is due already is not asked for: the senders were woken for it, and take it until nothing is left.
    """
    return turns.next_change(session, now)


def owned(session: Session, delivery_id: int, token: str, **values: Any) -> None:
    """Change a delivery that the worker with this token holds."""
    change = (
        update(DeliveryRow)
        .where(col(DeliveryRow.id) == delivery_id, col(DeliveryRow.owner) == token)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", session.execute(change)).rowcount != 1:
        raise LeaseLost


def renew(session: Session, tokens: Mapping[int, str], until: datetime) -> set[int]:
    """Prolong the leases of deliveries (id -> token of whoever holds it); returns those that are still theirs."""
    kept = (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id).in_(tokens),
            col(DeliveryRow.owner).in_(set(tokens.values())),
            col(DeliveryRow.next_at) < until,
        )
        .values(next_at=until)
        .returning(col(DeliveryRow.id))
        .execution_options(synchronize_session=False)
    )
    return set(session.execute(kept).scalars())


def begin_attempt(session: Session, row: Claimed, step: str, now: datetime) -> int:
    """Written before anything is sent, so that a crash leaves its trace."""
    owned(session, row.id, row.owner, owner=row.owner)
    attempt = AttemptRow(delivery_id=row.id, owner=row.owner, step=step, started_at=now)
    session.add(attempt)
    session.flush()
    return attempt.id


def attempt_under_way(session: Session, row: Claimed) -> int:
    """The attempt that the worker with this token began; 0 where there is none."""
    query = select(col(AttemptRow.id)).where(
        col(AttemptRow.delivery_id) == row.id,
        col(AttemptRow.owner) == row.owner,
        col(AttemptRow.ended_at).is_(None),
    )
    return session.execute(query).scalars().first() or 0


def end_attempt(
    session: Session,
    attempt_id: int,
    *,
    now: datetime,
    outcome: str,
    code: str,
    reason: str,
    calls: list[dict[str, Any]],
) -> None:
    session.execute(
        update(AttemptRow)
        .where(col(AttemptRow.id) == attempt_id)
        .values(ended_at=now, outcome=outcome, code=code, reason=reason, calls=calls)
        .execution_options(synchronize_session=False)
    )


def settle(
    session: Session, row: Claimed, after: Delivery, now: datetime, *, code: str = "", reason: str = ""
) -> None:
    """Write what became of a delivery and let go of it."""
    done = after.status not in OPEN
    owned(
        session,
        row.id,
        row.owner,
        owner="",
        status=after.status,
        next_at=after.next_at,
        attempts=after.attempts,
        probes=after.probes,
        committed_at=after.committed_at,
        called_at=after.called_at,
        code=code,
        reason=reason,
        settled_at=now if done else None,
    )


def item_sent(
    session: Session, row: AnyDelivery, item: int, receipt: Receipt, now: datetime, lease_until: datetime
) -> None:
    """An item of the delivery is live: a thread goes on behind it, whatever happens next."""
    first = {"remote_id": receipt.remote_id, "url": receipt.url} if item == 0 else {}
    owned(
        session,
        row.id,
        row.owner,
        item=item + 1,
        committed_at=None,
        called_at=None,
        probes=0,
        kept={},
        next_at=lease_until,
        **first,
    )
    session.execute(
        insert(ReceiptRow).values(
            delivery_id=row.id,
            item=item,
            remote_id=receipt.remote_id,
            url=receipt.url,
            extra=dict(receipt.extra),
            at=now,
        )
    )


def decision(row: AnyDelivery) -> Delivery:
    """What the pure decisions need to know of a row."""
    return _decision(row.status, row.next_at, row.attempts, row.probes, row.committed_at, row.called_at)


@lru_cache(maxsize=256)  # rows that were claimed together are alike
def _decision(
    status: str,
    next_at: datetime | None,
    attempts: int,
    probes: int,
    committed_at: datetime | None,
    called_at: datetime | None,
) -> Delivery:
    return Delivery(Status(status), next_at, attempts, probes, committed_at, called_at)


def get(session: Session, delivery_id: int) -> DeliveryRow:
    row = session.get(DeliveryRow, delivery_id)
    if row is None:
        raise NotFound(f"There is no delivery {delivery_id}: see `pullquote queue`.")
    return row


def listed(
    session: Session,
    *,
    statuses: Sequence[str] = (),
    channel_id: int | None = None,
    piece_ids: Sequence[int] | None = None,
    limit: int = 200,
) -> list[DeliveryRow]:
    """Deliveries by their time."""
    query = select(DeliveryRow).order_by(col(DeliveryRow.due_at), col(DeliveryRow.id)).limit(limit)
    if statuses:
        query = query.where(col(DeliveryRow.status).in_(statuses))
    if channel_id is not None:
        query = query.where(col(DeliveryRow.channel_id) == channel_id)
    if piece_ids is not None:
        query = query.where(col(DeliveryRow.piece_id).in_(piece_ids))
    return list(session.execute(query).scalars())


def of_article(session: Session, article_id: int) -> list[DeliveryRow]:
    """Every delivery of the article's pieces, by its time."""
    query = (
        select(DeliveryRow)
        .join(PieceRow, col(PieceRow.id) == col(DeliveryRow.piece_id))
        .where(col(PieceRow.article_id) == article_id)
        .order_by(col(DeliveryRow.due_at), col(DeliveryRow.id))
    )
    return list(session.execute(query).scalars())


def receipts(session: Session, delivery_id: int) -> list[ReceiptRow]:
    query = (
        select(ReceiptRow).where(col(ReceiptRow.delivery_id) == delivery_id).order_by(col(ReceiptRow.item))
    )
    return list(session.execute(query).scalars())


def attempts(session: Session, delivery_id: int) -> list[AttemptRow]:
    query = select(AttemptRow).where(col(AttemptRow.delivery_id) == delivery_id).order_by(col(AttemptRow.id))
    return list(session.execute(query).scalars())


def counts(session: Session) -> dict[str, int]:
    """Status -> how many deliveries."""
    query = select(col(DeliveryRow.status), func.count()).group_by(col(DeliveryRow.status))
    return {row[0]: row[1] for row in session.execute(query)}


def change(session: Session, row: DeliveryRow, **values: Any) -> bool:
    """Change a delivery that no worker holds, as a person asks. False where it changed in the meantime."""
    statement = (
        update(DeliveryRow)
        .where(
            col(DeliveryRow.id) == row.id,
            col(DeliveryRow.status) == row.status,
            col(DeliveryRow.status) != Status.SENDING,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    changed = cast("CursorResult[Any]", session.execute(statement)).rowcount == 1
    if changed:
        session.refresh(row)
    return changed


def taken(session: Session, channel_id: int, since: datetime) -> list[tuple[DeliveryRow, int]]:
    """A channel's deliveries from `since` on, and every one that holds a slot, with the id of their article."""
    query = (
        select(DeliveryRow, col(PieceRow.article_id))
        .join(PieceRow, col(PieceRow.id) == col(DeliveryRow.piece_id))
        .where(
            col(DeliveryRow.channel_id) == channel_id,
            col(DeliveryRow.due_at) >= since,
            col(DeliveryRow.status) != Status.CANCELLED,
        )
    )
    return [(row, article_id) for row, article_id in session.execute(query)]


def overdue(session: Session, before: datetime, channel_ids: Collection[int]) -> list[DeliveryRow]:
    """Deliveries of some channels whose time passed before `before` and that were never tried."""
    query = (
        select(DeliveryRow)
        .where(
            col(DeliveryRow.channel_id).in_(channel_ids),
            col(DeliveryRow.status) == Status.SCHEDULED,
            col(DeliveryRow.next_at) < before,
            col(DeliveryRow.attempts) == 0,
            col(DeliveryRow.committed_at).is_(None),
            col(DeliveryRow.item) == 0,
        )
        .order_by(col(DeliveryRow.channel_id), col(DeliveryRow.due_at), col(DeliveryRow.id))
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
