"""Channels that a person stopped: nothing is sent to them, but what is in doubt is looked up, for that only reads.

Not where Pullquote itself stopped one: with credentials that were refused nothing can be looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, and_, bindparam, func, literal, or_, select
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.domain.turns import Lane, in_turn
from scheduler.store import pauses, turns
from scheduler.store.tables import ChannelRow, DeliveryRow, GateRow
from scheduler.store.turns import Turn


def doubts(session: Session, now: datetime, lane: Lane) -> Iterator[tuple[Turn, int]]:
    """What is to be looked up now, by its id: the first doubt of each such channel, whoever's turn it is first."""
    due = {turn.channel_id: turn for turn in _channels(session) if turn.next_at and turn.next_at <= now}
    known = turns.known_buckets(session, due.values())
    ready = (turn.candidate for turn in due.values() if turn.ready_at(known, now) <= now)
    for candidate in in_turn(ready, lane):
        number = session.execute(_FIRST, {"channel": candidate.channel_id, "now": now}).scalar()
        if number is not None:  # nobody was faster
            yield due[candidate.channel_id], number


def next_look(session: Session, now: datetime) -> datetime | None:
    """When something is to be looked up that is not yet."""
    found = _channels(session)
    known = turns.known_buckets(session, found)
    times = (max(turn.next_at, turn.ready_at(known, now)) for turn in found if turn.next_at)
    return min((at for at in times if at > now), default=None)


def _channels(session: Session) -> list[Turn]:
    wider = bool(pauses.listed(session))
    rows = [row for row in session.execute(_STOPPED, {"wider": wider}) if row.next_at is not None]
    running = {turn.channel_id for turn in turns.running(session)} if wider and rows else set()
    return [turns.read(row) for row in rows if row.id not in running]


def _unsettled(channel: Any) -> ColumnElement[bool]:
    """Sent, perhaps; and if a worker had it in its hands, it died over it. Found by status: there are few of them."""
    doubtful = col(DeliveryRow.status).in_((Status.IN_DOUBT, Status.SENDING))
    marked = or_(col(DeliveryRow.status) == Status.IN_DOUBT, col(DeliveryRow.committed_at).is_not(None))
    return and_(col(DeliveryRow.channel_id) == channel, doubtful, marked)


#: Said so that no index can answer it: the database might go through all that waits in the order of its time.
_next = func.coalesce(col(DeliveryRow.next_at), col(DeliveryRow.next_at))


def _stopped() -> Any:
    """Without a pause that stops more than one channel, those that are paused alone."""
    first = (
        select(func.min(_next)).where(_unsettled(col(ChannelRow.id))).correlate(ChannelRow).scalar_subquery()
    )
    paused = col(ChannelRow.paused_at).is_not(None)
    refused = and_(paused, col(ChannelRow.paused_by) == "")
    return (
        select(*turns.columns(), first.label("next_at"), literal(0).label("in_hand"))
        .outerjoin(GateRow, col(GateRow.channel_id) == col(ChannelRow.id))
        .where(or_(paused, bindparam("wider", type_=Boolean)), ~refused)
    )


# made once: they are asked whenever nothing else is due
_STOPPED = _stopped()
_FIRST = (
    select(col(DeliveryRow.id))
    .where(_unsettled(bindparam("channel")), _next <= bindparam("now"))
    .order_by(_next, col(DeliveryRow.id))
    .limit(1)
)
