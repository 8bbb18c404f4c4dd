"""Which channel the next delivery is taken from. One look into each channel's range of the index, however long it is.

A channel that is paused, that its service keeps waiting, whose limit is used up or whose breaker is open is passed
over, and delays nobody else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any, cast

from sqlalchemy import CursorResult, Row, Subquery, bindparam, func, literal_column, or_, select, update
from sqlmodel import Session, col

from scheduler.channels import kinds
from scheduler.domain import throttle
from scheduler.domain.breaker import Breaker, Circuit
from scheduler.domain.capabilities import Rate
from scheduler.domain.delivery import Status
from scheduler.domain.pause import Reach, Target
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

    def ready_at(self, known: Mapping[str, Bucket], now: datetime) -> datetime:
        """When it may send again; `now` where it may."""
        waits = [now, self.resume_at or now, self.breaker.retry_at or now]
        waits += [bucket.ready_at(now) for bucket in _of(self.rates, known).values()]
        return max(waits)

    def refilled_at(self, known: Mapping[str, Bucket], now: datetime) -> datetime | None:
        """When its limits let more through than they do now; None where nothing is limited."""
        found = _of(self.rates, known).values()
        most = min((bucket.left(now) for bucket in found), default=0)
        return max((bucket.take(most, now).ready_at(now) for bucket in found), default=None)


def _statement() -> Any:
    """Made once: it is asked at every claim, and making it takes longer than asking."""
    own = col(DeliveryRow.channel_id) == col(ChannelRow.id)
    first = (
        select(col(DeliveryRow.next_at))
        .where(own, col(DeliveryRow.next_at).is_not(None))
        .order_by(col(DeliveryRow.next_at))
        .limit(1)
        .scalar_subquery()
    )
    held = _held()
    in_hand = func.coalesce(held.c.number, 0).label("in_hand")
    return (
        select(*columns(), first.label("next_at"), in_hand)
        .outerjoin(GateRow, col(GateRow.channel_id) == col(ChannelRow.id))
        .outerjoin(held, held.c.channel_id == col(ChannelRow.id))
        .where(col(ChannelRow.paused_at).is_(None))
    )


def _held() -> Subquery:
    """How many deliveries of each channel are in somebody's hands, found among those that are: however many wait.

    What a dead worker left in its hands counts for nobody: it would keep its channel behind all others.
    """
    own, until = col(DeliveryRow.channel_id), col(DeliveryRow.next_at)
    in_hand: Any = literal_column(
        f"'{Status.SENDING}'"
    )  # as the index says it: no parameter can choose an index
    return (
        select(own, func.count().label("number"))
        # `coalesce`: nor may the index of `next_at` be gone through instead, with all that waits
        .where(col(DeliveryRow.status) == in_hand, func.coalesce(until, until) > bindparam("now"))
        .group_by(own)
        .subquery("held")
    )


def columns() -> list[Any]:
    """What `read` needs, besides `next_at` and `in_hand`."""
    of_channel = [col(getattr(ChannelRow, name)) for name in ("id", "workspace_id", "kind", "resume_at")]
    return of_channel + [col(getattr(GateRow, name)) for name in (*BREAKER, "account", "host", "served_at")]


_gate = GateRow.__table__  # type: ignore[attr-defined]
_CHANGE = update(_gate).where(_gate.c.channel_id == bindparam("its_id"))
BREAKER = tuple(field.name for field in fields(Breaker))
_CHANNELS = _statement()


def running(session: Session, *, only: int | None = None, now: datetime = NEVER) -> list[Turn]:
    """Every channel that is not paused, or the one with the id `only`. In hand is whatever is held at `now`."""
    stopped = {pause.target for pause in pauses.listed(session)}
    if Target(Reach.ALL) in stopped:
        return []
    return [
        read(row)
        for row in session.execute(_CHANNELS, {"now": now})
        if only in {None, row.id} and Target(Reach.WORKSPACE, row.workspace_id) not in stopped
    ]


def read(row: Row[Any]) -> Turn:
    can = kinds()[row.kind].can if row.kind in kinds() else None
    return Turn(
        channel_id=row.id,
        rates=keyed(row.kind, row.id, row.account, row.host, can.rates if can else ()),
        breaker=breaker_of(row) if row.failures is not None else Breaker(),
        next_at=row.next_at,
        candidate=Candidate(
            channel_id=row.id,
            workspace_id=row.workspace_id,
            mail=can is not None and can.mail is not None,
            in_hand=row.in_hand,
            served_at=row.served_at or NEVER,
        ),
        resume_at=row.resume_at,
    )


def keyed(
    kind: str, channel_id: int, account: str | None, host: str | None, rates: Iterable[Rate]
) -> dict[str, Rate]:
    """The limits of a channel by the key of their bucket."""
    who = partial(throttle.key, kind=kind, channel_id=channel_id, account=account or "", host=host or "")
    return {who(rate): rate for rate in rates}


def rates_of(channel: ChannelRow, gate: GateRow, rates: Iterable[Rate]) -> dict[str, Rate]:
    return keyed(channel.kind, channel.id, gate.account, gate.host, rates)


def breaker_of(row: GateRow | Row[Any]) -> Breaker:
    return Breaker(**{name: getattr(row, name) for name in BREAKER})


def known_buckets(session: Session, turns: Collection[Turn]) -> dict[str, Bucket]:
    return buckets.get(session, {key for turn in turns for key in turn.rates})


def _of(rates: Mapping[str, Rate], known: Mapping[str, Bucket]) -> dict[str, Bucket]:
    """The buckets of some rates, also those that nothing was taken from yet."""
    found = {key: known.get(key) or throttle.declared(rate) for key, rate in rates.items()}
    return {key: bucket for key, bucket in found.items() if bucket is not None}


def due(session: Session, now: datetime, lane: Lane) -> list[Turn]:
    """The channels that have something to do and may do it, whoever's turn it is first."""
    found = [turn for turn in running(session, now=now) if turn.next_at is not None and turn.next_at <= now]
    known = known_buckets(session, found)
    ready = {turn.channel_id: turn for turn in found if turn.ready_at(known, now) <= now}
    chosen = in_turn((turn.candidate for turn in ready.values()), lane)
    return [ready[candidate.channel_id] for candidate in chosen]


def may_wait(session: Session, turn: Turn) -> bool:
    """Whether a claim holds something that others on other channels want, and that they would wait for."""
    return bool(turn.rates) and session.get_bind().dialect.name != "sqlite"  # there they come one by one


def held_buckets(session: Session, turn: Turn) -> dict[str, Bucket]:
    """Its limits, held until the transaction ends."""
    return _of(turn.rates, buckets.get(session, turn.rates.keys(), change=True))


def grant(
    session: Session, turn: Turn, held: Mapping[str, Bucket], wanted: int, now: datetime, lease: timedelta
) -> int:
    """How many deliveries may be taken from a channel now; 0 where another process was faster."""
    left = [bucket.left(now) for bucket in held.values()]
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


def took(session: Session, turn: Turn, held: Mapping[str, Bucket], count: int, now: datetime) -> None:
    """Some deliveries were taken: the channel's limits are used up by as many, and the others come before it."""
    _charge(session, held, count, now)
    set_gate(session, turn.channel_id, served_at=now)


def charge(session: Session, rates: Mapping[str, Rate], count: int, now: datetime) -> None:
    if count <= 0:
        return
    known = buckets.get(session, rates.keys(), change=True)
    _charge(session, _of(rates, known), count, now)


def _charge(session: Session, held: Mapping[str, Bucket], count: int, now: datetime) -> None:
    for key, bucket in held.items():
        buckets.put(session, key, bucket.take(count, now))


def set_gate(session: Session, channel_id: int, **values: Any) -> None:
    own = values | {"its_id": channel_id}
    if cast("CursorResult[Any]", session.execute(_CHANGE, own)).rowcount == 0:
        nothing = {"account": "", "host": "", "failures": 0, "last_failed": 0, "trips": 0, "signing_in": ""}
        insert_new(session, GateRow, [nothing | {"channel_id": channel_id}])
        session.execute(_CHANGE, own)


def begin_sign_in(session: Session, channel_id: int, token: str, now: datetime, until: datetime) -> bool:
    """Whether it is ours to sign in: another process may be at it, on another machine."""
    free = or_(col(GateRow.signing_until).is_(None), col(GateRow.signing_until) <= now)
    change = (
        update(GateRow)
        .where(col(GateRow.channel_id) == channel_id, free)
        .values(signing_in=token, signing_until=until)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", session.execute(change)).rowcount == 1


def end_sign_in(session: Session, channel_id: int, token: str) -> None:
    session.execute(
        update(GateRow)
        .where(col(GateRow.channel_id) == channel_id, col(GateRow.signing_in) == token)
        .values(signing_in="", signing_until=None)
        .execution_options(synchronize_session=False)
    )


def gate(session: Session, channel_id: int, *, change: bool = False) -> GateRow:
    """To `change` it, it is held until the transaction ends."""
    found = session.get(GateRow, channel_id, populate_existing=True, with_for_update=change or None)
    return found or GateRow(channel_id=channel_id)


def next_change(session: Session, now: datetime) -> datetime | None:
    """When something becomes due that is not due already; None where nothing waits on a channel that runs."""
    turns = running(session)
    known = known_buckets(session, turns)
    times: list[datetime | None] = []
    for turn in turns:
        at = turn.next_at
        ready = turn.ready_at(known, now)
        if (
            at is not None and at <= now and ready <= now
        ):  # the senders are at work on it, as far as its limits go
            times.append(turn.refilled_at(known, now))
            at = _first_after(session, turn.channel_id, now)
        if at is not None:
            times.append(max(at, ready))
    return min(filter(None, times), default=None)


def _first_after(session: Session, channel_id: int, now: datetime) -> datetime | None:
    query = (
        select(col(DeliveryRow.next_at))
        .where(col(DeliveryRow.channel_id) == channel_id, col(DeliveryRow.next_at) > now)
        .order_by(col(DeliveryRow.next_at))
        .limit(1)
    )
    return session.execute(query).scalar()
