"""Which channel the next delivery is taken from. One look into each channel's range of the index, however long it is.

A channel that is paused, that its service keeps waiting, whose limit is used up or whose breaker is open is passed
over, and delays nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from sqlalchemy import CursorResult, Row, func, select, update
from sqlmodel import Session, col

from scheduler.channels import kinds
from scheduler.domain import throttle
from scheduler.domain.breaker import Breaker, Circuit
from scheduler.domain.capabilities import Rate
from scheduler.domain.delivery import Status
from scheduler.domain.pause import Pause, Reach
from scheduler.domain.throttle import Bucket
from scheduler.domain.turns import NEVER, Candidate, Lane, in_turn
from scheduler.store import buckets, pauses
from scheduler.store.insert import insert_new
from scheduler.store.tables import ChannelRow, DeliveryRow, GateRow


@dataclass(frozen=True)
class Turn:
    """A channel, its limits, and what its breaker says."""

    channel_id: int
    rates: Mapping[str, Rate]  # by the key of their bucket
    breaker: Breaker
    next_at: datetime | None  # of its first delivery
    candidate: Candidate
    resume_at: datetime | None = None

    @property
    def is_shared(self) -> bool:
        """Whether a claim has to hold something that claims on other channels want as well."""
        return bool(self.rates)

    def ready_at(self, known: Mapping[str, Bucket], now: datetime) -> datetime:
        """When it may send again; `now` where it may."""
        waits = [now, self.resume_at or now, self.breaker.retry_at or now]
        waits += [bucket.ready_at(now) for bucket in _of(self.rates, known).values()]
        return max(waits)


def running(session: Session, *, only: int | None = None) -> list[Turn]:
    """Every channel that is not paused, or the one with the id `only`."""
    stopped = pauses.listed(session)
    if any(pause.target.reach is Reach.ALL for pause in stopped):
        return []
    query = _channels(stopped)
    rows = session.execute(query if only is None else query.where(col(ChannelRow.id) == only)).all()
    in_hand = _in_hand(session)
    return [_turn(row, in_hand.get(row.ChannelRow.id, 0)) for row in rows]


def _channels(stopped: Sequence[Pause]) -> Any:
    first = (
        select(col(DeliveryRow.next_at))
        .where(col(DeliveryRow.channel_id) == col(ChannelRow.id), col(DeliveryRow.next_at).is_not(None))
        .order_by(col(DeliveryRow.next_at))
        .limit(1)
        .scalar_subquery()
    )
    workspaces = [pause.target.id for pause in stopped if pause.target.reach is Reach.WORKSPACE]
    return (
        select(ChannelRow, GateRow, first.label("next_at"))
        .outerjoin(GateRow, col(GateRow.channel_id) == col(ChannelRow.id))
        .where(col(ChannelRow.paused_at).is_(None), col(ChannelRow.workspace_id).not_in(workspaces))
        .execution_options(populate_existing=True)
    )


def _in_hand(session: Session) -> dict[int, int]:
    """Channel -> how many of its deliveries some worker holds."""
    query = (
        select(col(DeliveryRow.channel_id), func.count())
        .where(col(DeliveryRow.status) == Status.SENDING)
        .group_by(col(DeliveryRow.channel_id))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _turn(row: Row[Any], in_hand: int) -> Turn:
    channel: ChannelRow = row.ChannelRow
    gate: GateRow = row.GateRow or GateRow(channel_id=channel.id)
    can = kinds()[channel.kind].can if channel.kind in kinds() else None
    return Turn(
        channel_id=channel.id,
        rates=rates_of(channel, gate, can.rates if can else ()),
        breaker=breaker_of(gate),
        next_at=row.next_at,
        candidate=Candidate(
            channel_id=channel.id,
            workspace_id=channel.workspace_id,
            mail=can is not None and can.mail is not None,
            in_hand=in_hand,
            served_at=gate.served_at or NEVER,
        ),
        resume_at=channel.resume_at,
    )


def rates_of(channel: ChannelRow, gate: GateRow, rates: Iterable[Rate]) -> dict[str, Rate]:
    """The limits of a channel by the key of their bucket."""
    place = partial(throttle.key, kind=channel.kind, channel_id=channel.id)
    return {place(rate, account=gate.account, host=gate.host): rate for rate in rates}


def breaker_of(gate: GateRow) -> Breaker:
    return Breaker(gate.failures, gate.last_failed, gate.opened_at, gate.trips, gate.retry_at)


def known_buckets(session: Session, turns: Collection[Turn]) -> dict[str, Bucket]:
    return buckets.get(session, {key for turn in turns for key in turn.rates})


def _of(rates: Mapping[str, Rate], known: Mapping[str, Bucket]) -> dict[str, Bucket]:
    """The buckets of some rates, also those that nothing was taken from yet."""
    found = {key: known.get(key) or throttle.declared(rate) for key, rate in rates.items()}
    return {key: bucket for key, bucket in found.items() if bucket is not None}


def due(session: Session, now: datetime, lane: Lane) -> list[Turn]:
    """The channels that have something to do and may do it, whoever's turn it is first."""
    found = [turn for turn in running(session) if turn.next_at is not None and turn.next_at <= now]
    known = known_buckets(session, found)
    ready = {turn.channel_id: turn for turn in found if turn.ready_at(known, now) <= now}
    chosen = in_turn((turn.candidate for turn in ready.values()), lane)
    return [ready[candidate.channel_id] for candidate in chosen]


def grant(session: Session, turn: Turn, wanted: int, now: datetime, lease: timedelta) -> int:
    """How many deliveries may be taken from a channel now; 0 where another process was faster."""
    known = buckets.get(session, turn.rates.keys(), change=True)
    left = [bucket.left(now) for bucket in _of(turn.rates, known).values()]
    count = min([wanted, *left])
    if turn.breaker.state(now) is Circuit.TRYING:
        count = min(count, 1) if _try(session, turn, now + lease) else 0
    return count


def _try(session: Session, turn: Turn, until: datetime) -> bool:
    """Let one delivery try a channel whose breaker is open: no other one does before `until`."""
    change = (
        update(GateRow)
        .where(col(GateRow.channel_id) == turn.channel_id, col(GateRow.retry_at) == turn.breaker.retry_at)
        .values(retry_at=until)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(change)).rowcount == 1


def took(session: Session, turn: Turn, count: int, now: datetime) -> None:
    """Some deliveries were taken: the channel's limits are used up by as many, and the others come before it."""
    charge(session, turn.rates, count, now)
    set_gate(session, turn.channel_id, served_at=now)


def charge(session: Session, rates: Mapping[str, Rate], count: int, now: datetime) -> None:
    if count <= 0:
        return
    known = buckets.get(session, rates.keys(), change=True)
    for key, bucket in _of(rates, known).items():
        buckets.put(session, key, bucket.take(count, now))


def set_gate(session: Session, channel_id: int, **values: Any) -> None:
    change = (
        update(GateRow)
        .where(col(GateRow.channel_id) == channel_id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if cast("CursorResult[Any]", session.execute(change)).rowcount == 0:
        nothing = {"account": "", "host": "", "failures": 0, "last_failed": 0, "trips": 0, "signing_in": ""}
        insert_new(session, GateRow, [nothing | {"channel_id": channel_id}])
        session.execute(change)


def gate(session: Session, channel_id: int, *, change: bool = False) -> GateRow:
    """To `change` it, it is held until the transaction ends."""
    found = session.get(GateRow, channel_id, populate_existing=True, with_for_update=change or None)
    return found or GateRow(channel_id=channel_id)


def next_change(session: Session, now: datetime) -> datetime | None:
    """When something becomes due that is not due already; None where nothing waits on a channel that runs."""
    turns = running(session)
    known = known_buckets(session, turns)
    times = []
    for turn in turns:
        at = turn.next_at
        ready = turn.ready_at(known, now)
        if at is not None and at <= now and ready <= now:  # the senders are at work on it
            at = _first_after(session, turn.channel_id, now)
        if at is not None:
            times.append(max(at, ready))
    return min(times, default=None)


def _first_after(session: Session, channel_id: int, now: datetime) -> datetime | None:
    query = (
        select(col(DeliveryRow.next_at))
        .where(col(DeliveryRow.channel_id) == channel_id, col(DeliveryRow.next_at) > now)
        .order_by(col(DeliveryRow.next_at))
        .limit(1)
    )
    return session.execute(query).scalar()
