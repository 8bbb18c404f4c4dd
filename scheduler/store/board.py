"""What the pages ask of the deliveries. Each question is answered from an index, however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.store.tables import DeliveryRow, PieceRow

MANY = 1000  # counted no further: "1000+" says enough


@dataclass(frozen=True)
class Wanted:
    """Which deliveries to list. No channels: none; no statuses: all."""

    channel_ids: Sequence[int]
    statuses: Sequence[Status] = ()
    since: datetime | None = None
    before: datetime | None = None
    newest_first: bool = False


def listed(session: Session, wanted: Wanted, limit: int, offset: int = 0) -> list[DeliveryRow]:
    """By their time."""
    query = _where(select(DeliveryRow), wanted).order_by(*_order(wanted)).limit(limit).offset(offset)
    return list(session.execute(query).scalars())


def _order(wanted: Wanted) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    due, number = col(DeliveryRow.due_at), col(DeliveryRow.id)
    return (due.desc(), number.desc()) if wanted.newest_first else (due.asc(), number.asc())


def _where(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.where(col(DeliveryRow.channel_id).in_(wanted.channel_ids))
    if wanted.statuses:
        query = query.where(col(DeliveryRow.status).in_(wanted.statuses))
    if wanted.since is not None:
        query = query.where(col(DeliveryRow.due_at) >= wanted.since)
    if wanted.before is not None:
        query = query.where(col(DeliveryRow.due_at) < wanted.before)
    return query


class Line(NamedTuple):
    """What a calendar needs of a delivery. Rows of the whole table would cost ten times as much."""

    id: int
    status: str
    due_at: datetime
    channel_id: int
    piece_id: int
    kind: str
    content: dict[str, Any]  # of the piece


def lines(session: Session, wanted: Wanted, limit: int) -> list[Line]:
    """By their time."""
    columns = (
        col(DeliveryRow.id),
        col(DeliveryRow.status),
        col(DeliveryRow.due_at),
        col(DeliveryRow.channel_id),
        col(DeliveryRow.piece_id),
        col(PieceRow.kind),
        col(PieceRow.content),
    )
    query = select(*columns).join(PieceRow, col(PieceRow.id) == col(DeliveryRow.piece_id))
    query = _where(query, wanted).order_by(*_order(wanted)).limit(limit)
    return [Line(*row) for row in session.execute(query)]


def asking(session: Session, channel_ids: Sequence[int], limit: int) -> list[DeliveryRow]:
    """In doubt, and nothing left that could be looked up: a person decides."""
    query = (
        select(DeliveryRow)
        .where(
            col(DeliveryRow.status) == Status.IN_DOUBT,
            col(DeliveryRow.next_at).is_(None),
            col(DeliveryRow.channel_id).in_(channel_ids),
        )
        .order_by(col(DeliveryRow.due_at))
        .limit(limit)
    )
    return list(session.execute(query).scalars())


def any_in(session: Session, channel_ids: Sequence[int]) -> bool:
    query = select(exists().where(col(DeliveryRow.channel_id).in_(channel_ids)))
    return bool(session.execute(query).scalar())


def last_due(session: Session, channel_id: int, status: Status) -> datetime | None:
    """When the newest of a channel's deliveries with that status was due."""
    return _edge(session, channel_id, status, last=True)


def next_due(session: Session, channel_id: int) -> datetime | None:
    return _edge(session, channel_id, Status.SCHEDULED, last=False)


def _edge(session: Session, channel_id: int, status: Status, *, last: bool) -> datetime | None:
    due = col(DeliveryRow.due_at)
    query = (
        select(due)
        .where(col(DeliveryRow.channel_id) == channel_id, col(DeliveryRow.status) == status)
        .order_by(due.desc() if last else due)
        .limit(1)
    )
    return session.execute(query).scalar()


def waiting(session: Session, channel_id: int) -> int:
    """How many of a channel's deliveries wait for their time, counted to MANY."""
    some = (
        select(col(DeliveryRow.id))
        .where(col(DeliveryRow.channel_id) == channel_id, col(DeliveryRow.status) == Status.SCHEDULED)
        .limit(MANY)
        .subquery()
    )
    return int(session.execute(select(func.count()).select_from(some)).scalar_one())


def taken_slots(session: Session, channel_id: int, since: datetime) -> set[str]:
    """The keys of a channel's slots that a delivery from `since` on has."""
    query = select(col(DeliveryRow.slot_key)).where(
        col(DeliveryRow.channel_id) == channel_id,
        col(DeliveryRow.slot_key).is_not(None),
        col(DeliveryRow.due_at) >= since,
    )
    return {key for key in session.execute(query).scalars() if key is not None}
