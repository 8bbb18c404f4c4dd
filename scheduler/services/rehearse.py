"""A rehearsal: the real services on a copy of the database, with a clock that jumps. Nobody is called.

What it cannot know: what services will answer, what people will queue, change or approve until then, how long calls
take, and how much of a limit other programs use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row
from sqlmodel import Session

from scheduler.domain import rehearsal as rules
from scheduler.domain.calendar import Slot
from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.domain.rehearsal import Clash, ClockChange, Outcome, Silence
from scheduler.services import housekeep
from scheduler.services.deliver import Office, claim_next, deal_with
from scheduler.store import channels, pauses, queue, rehearsals
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow

FARTHEST = timedelta(days=400)


class Clock:
    """Stands still until it jumps."""

    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Part:
    """One channel's."""

    channel: ChannelRow
    outcomes: list[Outcome]
    clashes: list[Clash]
    silences: list[Silence]
    stays: dict[str, int]  # why deliveries that are due by then do not go out -> how many


@dataclass(frozen=True)
class Rehearsal:
    now: datetime
    until: datetime
    parts: list[Part]
    clock_changes: list[ClockChange]


def rehearse(office: Office, clock: Clock, until: datetime, seen: Callable[[int], None]) -> Rehearsal:
    """Play everything until then. `office` works on a copy; `seen` is told how many were dealt with so far."""
    now = clock()
    if not now < until <= now + FARTHEST:
        raise PullquoteError("Rehearse until a time in the future, at most 400 days from now.")
    with writing(office.engine) as session:
        housekeep.wake_up(session, now)
    _play(office, clock, until, seen)
    with reading(office.engine) as session:
        rows = channels.all_of(session)
        parts = [_part(session, row, now, until) for row in rows]
        return Rehearsal(now, until, parts, _changes(session, rows, now, until))


def _play(office: Office, clock: Clock, until: datetime, seen: Callable[[int], None]) -> None:
    count = 0
    while True:
        while (work := claim_next(office)) is not None:
            deal_with(office, work)
            count += 1
            seen(count)
        at = _next(office.engine, clock())
        if at is None or at > until:
            return
        clock.now = at


def _next(engine: Engine, now: datetime) -> datetime | None:
    with reading(engine) as session:
        return queue.earliest(session, now)


def _part(session: Session, channel: ChannelRow, now: datetime, until: datetime) -> Part:
    outcomes = [_outcome(channel.id, row) for row in rehearsals.settled(session, channel.id, now)]
    sent = [each for each in outcomes if each.status == Status.SENT]
    slots = channels.slots(session, channel.id)
    return Part(
        channel=channel,
        outcomes=outcomes,
        clashes=list(rules.clashes(sent, timedelta(minutes=channel.spacing_minutes))),
        silences=list(rules.silences(channel.id, slots, channel.zone, sent, now=now, until=until)),
        stays=_stays(session, channel, until),
    )


def _outcome(channel_id: int, row: Row[Any]) -> Outcome:
    return Outcome(
        delivery_id=row.id,
        channel_id=channel_id,
        article_id=row.article_id,
        piece_id=row.piece_id,
        mail=row.kind == PieceKind.ISSUE,
        due_at=row.due_at,
        at=row.settled_at,
        status=row.status,
        reason=row.reason,
    )


def _stays(session: Session, channel: ChannelRow, until: datetime) -> dict[str, int]:
    """Why what is due by then does not go out. A pause is the reason of all that it stops."""
    found: Counter[str] = Counter()
    stopped = pauses.of_channel(session, channel)
    for (status, reason), number in rehearsals.staying(session, channel.id, until).items():
        if status == Status.SCHEDULED:
            why = stopped.told() if stopped else reason or "its limits do not let it through by then"
        else:
            why = f"{status}: {reason}" if reason else status
        found[why] += number
    return dict(found)


def _changes(
    session: Session, rows: Sequence[ChannelRow], now: datetime, until: datetime
) -> list[ClockChange]:
    """In each zone of the channels, with all their slots."""
    slots: dict[str, set[Slot]] = {}
    for row in rows:
        slots.setdefault(row.zone, set()).update(channels.slots(session, row.id))
    return [
        change
        for name, times in sorted(slots.items())
        for change in rules.clock_changes(name, sorted(times), now, until)
    ]
