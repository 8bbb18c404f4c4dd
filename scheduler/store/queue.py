"""The queue: the delivery rows, and the only statements that move them.

A delivery belongs to whoever's token is in `owner`. Every write after the claim names that token; one that changes
no row means that the work was taken over, and raises LeaseLost. `next_at` is when a worker looks at a row again:
its time, the end of a wait, the end of a lease, or a probe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any, cast

from sqlalchemy import (
    CursorResult,
    Select,
    UpdateBase,
    bindparam,
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
from scheduler.store import stopped, turns
from scheduler.store.claimed import COLUMNS, AnyDelivery, Claimed
from scheduler.store.tables import AttemptRow, ChannelRow, DeliveryRow, PieceRow, ReceiptRow
from scheduler.store.turns import Turn

_delivery = DeliveryRow.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_attempt = AttemptRow.__table__  # type: ignore[attr-defined]
_receipt = ReceiptRow.__table__  # type: ignore[attr-defined]

# made once: making a statement takes as long as executing it. What is set is what is given with it
_CHANGE = update(_delivery).where(
    _delivery.c.id == bindparam("its_id"), _delivery.c.owner == bindparam("its_owner")
)
_END = update(_attempt).where(_attempt.c.id == bindparam("its_id"))
_BEGIN = insert(_attempt).returning(_attempt.c.id)
_PROOF = insert(_receipt)

STANDING = tuple(status for status in Status if status is not Status.CANCELLED)
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

    They are of one channel: the one whose turn it is, and no more of them than its limits let through. Of a channel
    that a person stopped it is one in doubt, to be looked up. That a worker died over a delivery counts as an
    attempt: it may be the delivery that kills.
    """
    if only is not None:
        channel_id = get(session, only).channel_id
        turns_now = turns.running(session, only=channel_id)
    else:
        turns_now = turns.due(session, now, lane)
    for turn in turns_now:
        if rows := _claim_from(session, turn, now, owner, lease, limit, only):
            return rows
    for turn, doubt in stopped.doubts(session, now, lane) if only is None else ():
        if rows := _claim_from(session, turn, now, owner, lease, 1, doubt):
            return rows
    return []


def due_count(session: Session, now: datetime, most: int) -> int:
    """How many deliveries are due, or `most` where there are more."""
    total = session.execute(_DUE, {"now": now, "most": most}).scalar_one()
    return min(int(total), most)  # PostgreSQL adds up whole numbers as decimals


def _due_of_all() -> Select[int]:
    """Channel by channel: all that waits on one is passed over with one look into the index."""
    due = _delivery.c.next_at <= bindparam("now")
    own = select(_delivery.c.id).where(_delivery.c.channel_id == _channel.c.id, due)
    first = own.limit(bindparam("most")).correlate(_channel).subquery()
    number = select(func.count()).select_from(first).scalar_subquery()
    return select(func.coalesce(func.sum(number), 0)).select_from(_channel)


_DUE = _due_of_all()


def _claim_from(
    session: Session, turn: Turn, now: datetime, owner: str, lease: timedelta, limit: int, only: int | None
) -> list[Claimed]:
    with session.begin_nested() if turns.may_wait(session, turn) else nullcontext() as savepoint:
        known = turns.held_buckets(session, turn)
        granted = turns.grant(session, turn, known, limit, now, lease)
        rows = _take(session, turn, now, owner, lease, granted, only) if granted else []
        if rows:
            turns.took(session, turn, known, len(rows), now)
        elif savepoint is not None:
            savepoint.rollback()  # lets go of the limits: another claim may hold those of the next channel
    return rows


def _take(
    session: Session, turn: Turn, now: datetime, owner: str, lease: timedelta, limit: int, only: int | None
) -> list[Claimed]:
    asked = {"channel": turn.channel_id, "now": now, "most": limit}
    if turn.breaker.retry_at is not None:
        only = _the_other(session, turn, asked, only)
        if only is None:
            return []
    if only is not None:
        asked |= {"only": only}
    taken = _taking(only is not None)
    rows = [Claimed(*row) for row in session.execute(taken, asked | {"by": owner, "until": now + lease})]
    return sorted(rows, key=lambda row: (row.due_at, row.id))  # RETURNING promises no order


@cache
def _taking(one: bool) -> UpdateBase:
    # Materialised, or PostgreSQL might look for what is due again for each row, and find other rows.
    chosen = _due(one).cte("due").prefix_with("MATERIALIZED", dialect="postgresql")
    died = case((_delivery.c.status == Status.SENDING.value, 1), else_=0)
    return (
        update(_delivery)
        .where(_delivery.c.id.in_(select(chosen.c.id)))
        .values(
            status=Status.SENDING.value,
            owner=bindparam("by"),
            next_at=bindparam("until"),
            attempts=_delivery.c.attempts + died,
        )
        .returning(*COLUMNS)
    )


@cache
def _due(one: bool) -> Select[int]:
    query = (
        select(_delivery.c.id)
        .where(
            _delivery.c.channel_id == bindparam("channel"),
            _delivery.c.next_at <= bindparam("now"),
            # said so that no index can answer it: the database might take that one, and go through all that waits
            _delivery.c.status.not_in([status.value for status in Status if status not in CLAIMABLE]),
        )
        .order_by(_delivery.c.next_at, _delivery.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)  # PostgreSQL: what another claims is not waited for
    )
    return query.where(_delivery.c.id == bindparam("only")) if one else query


def _the_other(session: Session, turn: Turn, asked: Mapping[str, Any], only: int | None) -> int | None:
    """One that is due, and not the one that failed last, where there is another: that one may be its own trouble."""
    one = {} if only is None else {"only": only}
    found = session.execute(_due(bool(one)), {**asked, "most": 2, **one}).scalars()
    return min(found, key=lambda number: number == turn.breaker.last_failed, default=None)


def earliest(session: Session, now: datetime) -> datetime | None:
    """When the next delivery becomes due; None where nothing waits on a channel that runs.

    What is due already is not asked for: the senders were woken for it, and take it until nothing is left.
    """
    times = turns.next_change(session, now), stopped.next_look(session, now)
    return min(filter(None, times), default=None)


def owned(session: Session, delivery_id: int, token: str, **values: Any) -> None:
    """Change a delivery that the worker with this token holds."""
    held = {"its_id": delivery_id, "its_owner": token}
    if cast("CursorResult[Any]", session.execute(_CHANGE, values | held)).rowcount != 1:
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


def begin_attempt(session: Session, row: Claimed, step: str, now: datetime, **values: Any) -> int:
    """Written before anything is sent, so that a crash leaves its trace; `values` change the row with it."""
    owned(session, row.id, row.owner, owner=row.owner, **values)
    noted = {"delivery_id": row.id, "owner": row.owner, "step": step, "started_at": now}
    empty = {"outcome": "", "code": "", "reason": "", "calls": []}
    number: int = session.execute(_BEGIN, noted | empty).scalar_one()
    return number


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
    ended = {"ended_at": now, "outcome": outcome, "code": code, "reason": reason, "calls": calls}
    session.execute(_END, ended | {"its_id": attempt_id})


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
    proof = {"remote_id": receipt.remote_id, "url": receipt.url, "extra": dict(receipt.extra)}
    session.execute(_PROOF, proof | {"delivery_id": row.id, "item": item, "at": now})


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


def taken(session: Session, channel_id: int, since: datetime, until: datetime) -> Sequence[Any]:
    """Id, time, slot and article of what is, or was, on a channel between two instants."""
    query = (
        select(
            col(DeliveryRow.id), col(DeliveryRow.due_at), col(DeliveryRow.slot_key), col(PieceRow.article_id)
        )
        .join(PieceRow, col(PieceRow.id) == col(DeliveryRow.piece_id))
        .where(
            col(DeliveryRow.channel_id) == channel_id,
            col(DeliveryRow.status).in_(STANDING),  # named, so that the index goes on to the time
            col(DeliveryRow.due_at).between(since, until),
        )
    )
    return session.execute(query).all()
