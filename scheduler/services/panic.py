"""The panic button, and what becomes of the times that passed while it was pressed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from sqlmodel import Session

from scheduler.domain.delivery import Missed
from scheduler.domain.errors import PullquoteError
from scheduler.domain.pause import AfterPause, Pause, Reach, Target
from scheduler.services import aftermath, housekeep, schedule
from scheduler.store import channels, events, pauses, pieces, queue, turns, waiting
from scheduler.store.tables import ChannelRow, DeliveryRow

FORCED = {
    AfterPause.SEND: Missed.SEND,
    AfterPause.HOLD: Missed.HOLD,
    AfterPause.SKIP: Missed.SKIP,
    AfterPause.POLICY: None,
}


def press(session: Session, target: Target, *, by: str, why: str, now: datetime) -> bool:
    """Stop it. From the moment that this is committed nothing of it goes out. False where it was paused already."""
    if target.reach is Reach.CHANNEL:
        return aftermath.pause(session, channels.get(session, target.id), why, now, by=by)
    pause = Pause(target, now, by, why)
    if not pauses.add(session, pause):
        return False
    what = pauses.name(session, target)
    events.add(session, "paused", f"{what[0].upper()}{what[1:]} is {pause.told()}.", now)
    return True


def park(session: Session, target: Target) -> None:
    """Put what an article's pause stops out of the way of what goes on beside it. It is stopped already."""
    if target.reach is Reach.ARTICLE:
        waiting.park(session, target.id)


def missed(session: Session, target: Target, now: datetime) -> list[tuple[ChannelRow, int]]:
    """How many deliveries of each channel have missed their time."""
    count = Counter(row.channel_id for row in _missed(session, target, now))
    return [(channels.get(session, id_), number) for id_, number in sorted(count.items())]


def _missed(session: Session, target: Target, now: datetime) -> list[DeliveryRow]:
    match target.reach:
        case Reach.ARTICLE:
            return [row for row in waiting.parked(session, target.id) if row.due_at <= now]
        case Reach.CHANNEL:
            return waiting.overdue(session, now, [target.id])
        case Reach.WORKSPACE:
            rows = channels.of_workspace(session, target.id)
            return waiting.overdue(session, now, [row.id for row in rows if row.paused_at is None])
        case _:
            every = channels.all_of(session)
            return waiting.overdue(session, now, [row.id for row in every if row.paused_at is None])


def release(session: Session, target: Target, then: AfterPause, *, by: str, now: datetime) -> int:
    """Let it go on. Returns how many deliveries had missed their time; `then` says what becomes of them."""
    late = _missed(session, target, now)
    _unpause(session, target)
    still = {turn.channel_id for turn in turns.running(session)}
    late = [row for row in late if row.channel_id in still]  # the others are stopped by another pause
    for channel_id, rows in groupby(sorted(late, key=_order), key=lambda row: row.channel_id):
        _catch_up(session, channels.get(session, channel_id), list(rows), then, now)
    what = pauses.name(session, target)
    text = f"{what[0].upper()}{what[1:]} goes on, says {by}; {len(late)} had missed their time: {then}."
    events.add(session, "resumed", text, now)
    return len(late)


def _order(row: DeliveryRow) -> tuple[object, ...]:
    return row.channel_id, row.due_at, row.id


def _unpause(session: Session, target: Target) -> None:
    if target.reach is Reach.CHANNEL:
        free = {"paused_at": None, "paused_why": "", "paused_by": "", "resume_at": None}
        channels.set_values(session, target.id, free)
        return
    if not any(pause.target == target for pause in pauses.listed(session)):
        raise PullquoteError(f"{pauses.name(session, target).capitalize()} is not paused.")
    pauses.remove(session, target)
    if target.reach is Reach.ARTICLE:
        waiting.unpark(session, target.id)


def _catch_up(
    session: Session, channel: ChannelRow, rows: Sequence[DeliveryRow], then: AfterPause, now: datetime
) -> None:
    if then is AfterPause.SLOTS:
        _into_slots(session, channel, rows, now)
    else:
        housekeep.decide(session, channel, rows, now, "during a pause", forced=FORCED[then])


def _into_slots(session: Session, channel: ChannelRow, rows: Iterable[DeliveryRow], now: datetime) -> None:
    """Each piece into the next free slot; the batches of an issue go together."""
    for piece_id, batches in groupby(rows, key=lambda row: row.piece_id):
        first, *others = batches
        article_id = pieces.get(session, piece_id).article_id
        spot = schedule.next_place(session, channel, article_id, now, moving=first.id)
        queue.change(session, first, due_at=spot.at, next_at=spot.at, slot_key=spot.key)
        for row in others:
            queue.change(session, row, due_at=spot.at, next_at=spot.at, slot_key=None)
