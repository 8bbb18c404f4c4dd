"""What the pages ask of the deliveries. Each question is answered from an index, however many rows there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.store.tables import ChannelRow, DeliveryRow, PieceRow

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
    if len(wanted.statuses) > 1:
        return _by_ids(session, _first(session, wanted, limit + offset)[offset:])
    query = _where(select(DeliveryRow), wanted).order_by(*_order(wanted)).limit(limit).offset(offset)
    return list(session.execute(query).scalars())


def _first(session: Session, wanted: Wanted, limit: int) -> list[int]:
    """The numbers of the first of several statuses, each asked for by itself.

    An index has each in the order of its time. Asked for together, the database walks through all that was ever sent.
    """
    found: list[tuple[datetime, int]] = []
    for status in wanted.statuses:
        one = replace(wanted, statuses=[status])
        keys: Any = select(col(DeliveryRow.due_at), col(DeliveryRow.id))
        query = _where(keys, one)
        found += [(row[0], row[1]) for row in session.execute(query.order_by(*_order(one)).limit(limit))]
    return [number for _, number in sorted(found, reverse=wanted.newest_first)[:limit]]


def _by_ids(session: Session, numbers: Sequence[int]) -> list[DeliveryRow]:
    query = select(DeliveryRow).where(col(DeliveryRow.id).in_(numbers))
    there = {row.id: row for row in session.execute(query).scalars()}
    return [there[number] for number in numbers]


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


class Pace(NamedTuple):
    """How a channel is getting on."""

    last_sent: datetime | None  # when the newest that was sent was due
    next_due: datetime | None
    waiting: int  # counted to MANY


def paces(session: Session, channel_ids: Sequence[int]) -> dict[int, Pace]:
    """Of each of the channels, with one query however many they are."""
    query = select(
        col(ChannelRow.id),
        _edge(Status.SENT, last=True),
        _edge(Status.SCHEDULED, last=False),
        _waiting(),
    ).where(col(ChannelRow.id).in_(channel_ids))
    return {row[0]: Pace(*row[1:]) for row in session.execute(query)}


def _edge(status: Status, *, last: bool) -> ScalarSelect[Any]:
    due = col(DeliveryRow.due_at)
    query = _of_channel(due, status).order_by(due.desc() if last else due).limit(1)
    return query.scalar_subquery()


def _waiting() -> ScalarSelect[Any]:
    some = _of_channel(col(DeliveryRow.id), Status.SCHEDULED).limit(MANY).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def _of_channel(column: Mapped[Any], status: Status) -> Select[Any]:
    """Of the deliveries of the channel that the query around it looks at."""
    query = select(column).where(
        col(DeliveryRow.channel_id) == col(ChannelRow.id), col(DeliveryRow.status) == status
    )
    return query.correlate(ChannelRow)


def taken_slots(session: Session, channel_id: int, since: datetime) -> set[str]:
    """The keys of a channel's slots that a delivery from `since` on has."""
    query = select(col(DeliveryRow.slot_key)).where(
        col(DeliveryRow.channel_id) == channel_id,
        col(DeliveryRow.slot_key).is_not(None),
        col(DeliveryRow.due_at) >= since,
    )
    return {key for key in session.execute(query).scalars() if key is not None}
