"""Times that were missed while nothing was running: never a burst of everything at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from scheduler.domain.delivery import Missed, Status, missed
from scheduler.store import channels, events, heartbeats, queue, turns, waiting
from scheduler.store.tables import ChannelRow, DeliveryRow

ASLEEP = timedelta(seconds=60)  # no daemon was alive for this long: times were missed


def wake_up(session: Session, now: datetime) -> int:
    """Called when a daemon starts or was asleep: decide on the times that passed while none was alive.

    Returns how many deliveries had missed their time.
    """
    alive = heartbeats.last(session)
    if alive is not None and abs(now - alive) < ASLEEP:  # one from the future is from a clock that was wrong
        return 0
    running = [
        turn.channel_id for turn in turns.running(session)
    ]  # what is paused waits for whoever resumes it
    late = waiting.overdue(session, now - ASLEEP, running)
    for channel_id, rows in groupby(late, key=lambda row: row.channel_id):
        decide(session, channels.get(session, channel_id), rows, now, "while nothing was running")
    return len(late)


def catch_up(session: Session, channel: ChannelRow, now: datetime) -> int:
    """Called when a paused channel runs again: its queue was kept, and its times passed.

    Returns how many deliveries had missed their time.
    """
    late = waiting.overdue(session, now - ASLEEP, [channel.id])
    decide(session, channel, late, now, "while its channel was paused")
    return len(late)


def stop_late(session: Session, now: datetime) -> int:
    """Called at every tick: what a service in trouble keeps waiting for longer than is good is held, or skipped.

    An issue goes on whenever it can: a part of its readers has it already.
    """
    count = 0
    for channel in waiting.in_trouble(session):
        if channel.missed != Missed.SEND and _is_for_posts(session, channel):
            late = waiting.too_late(session, channel, now)
            decide(session, channel, late, now, "while its service was in trouble")
            count += len(late)
    return count


def go_on(session: Session, channel: ChannelRow, now: datetime) -> None:
    """A service answers again: what waited for it goes out one by one."""
    if _is_for_posts(session, channel):
        late = waiting.overdue(session, now - ASLEEP, [channel.id])
        decide(session, channel, late, now, "while its service was in trouble")


def _is_for_posts(session: Session, channel: ChannelRow) -> bool:
    """And runs: what is paused waits for whoever resumes it."""
    return any(not turn.candidate.mail for turn in turns.running(session, only=channel.id))


def decide(
    session: Session,
    channel: ChannelRow,
    rows: Iterable[DeliveryRow],
    now: datetime,
    when: str,
    *,
    forced: Missed | None = None,
) -> None:
    """By the channel's policy, or as a person says. Those that go out still are spread: nobody sees a burst."""
    at, last_piece = now, None
    for row in rows:
        late = timedelta(minutes=channel.late_minutes)
        match forced or missed(row.due_at, now, Missed(channel.missed), late):
            case Missed.SEND:
                if last_piece not in {None, row.piece_id}:  # batches of one issue go together
                    at += timedelta(seconds=channel.gap_seconds)
                last_piece = row.piece_id
                queue.change(session, row, next_at=at)
            case Missed.HOLD:
                _stop(session, channel, row, Status.HELD, when, now)
            case Missed.SKIP:
                _stop(session, channel, row, Status.CANCELLED, when, now)


def _stop(
    session: Session, channel: ChannelRow, row: DeliveryRow, status: Status, when: str, now: datetime
) -> None:
    verb, done = ("held", None) if status is Status.HELD else ("skipped", now)
    reason = f"It missed its time {when}"
    queue.change(session, row, status=status, next_at=None, slot_key=None, reason=reason, settled_at=done)
    text = f"Delivery {row.id} to {channel.name} was {verb}: it missed its time {when}."
    events.add(session, verb, text, now, delivery_id=row.id, channel_id=channel.id)
