"""The calendar: what goes out and what went out, day by day, with the slots that are still free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlmodel import Session

from scheduler.domain.calendar import instant, occurrences, zone
from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.domain.weeks import Span, clashes, repeats, spell_change
from scheduler.services import schedule
from scheduler.services.listing import first_words
from scheduler.store import board, channels, pieces, queue
from scheduler.store.board import Wanted
from scheduler.store.tables import ChannelRow, DeliveryRow, PieceRow

CLOSE = timedelta(minutes=10)  # two posts of one channel nearer than this get in each other's way
REPEATED = timedelta(days=30)
CHOICES = 60  # pieces to choose from: the newest
AROUND = 400  # deliveries looked at on each side of a page
_ALL = [status for status in Status if status is not Status.CANCELLED]
MOST = 1000  # deliveries on a page: more are not a calendar


@dataclass(frozen=True)
class Free:
    """A slot of a channel that nothing has taken."""

    channel: ChannelRow
    at: datetime
    key: str


class Entry(NamedTuple):
    """A delivery on the calendar."""

    id: int
    status: str
    at: datetime
    channel: ChannelRow
    piece_id: int
    kind: str
    words: str


@dataclass
class Day:
    day: date
    past: bool
    note: str  # "Clocks go forward 1 h"
    entries: list[Entry] = field(default_factory=list)
    free: list[Free] = field(default_factory=list)


@dataclass(frozen=True)
class Agenda:
    days: list[Day]
    clashing: set[int]  # ids of deliveries
    repeating: set[int]
    more: bool  # there are more than fit

    @property
    def weeks(self) -> list[list[Day]]:
        return [self.days[n : n + 7] for n in range(0, len(self.days), 7)]


def look(
    session: Session,
    own: Sequence[ChannelRow],
    span: Span,
    zone_name: str,
    now: datetime,
    statuses: Sequence[Status] = (),
    most: int = MOST,
) -> Agenda:
    """The days of `span` in `zone_name`, with what is on those channels."""
    start, end = span.instants(zone_name)
    shown = statuses or _ALL
    found = _entries(session, own, Wanted([], shown, since=start, before=end), most + 1)
    today = now.astimezone(zone(zone_name)).date()
    days = {day: Day(day, day < today, spell_change(day, zone_name)) for day in span.days()}
    for each in found[:most]:
        days[each.at.astimezone(zone(zone_name)).date()].entries.append(each)
    for slot in _free(session, own, max(start, now), end):
        days[slot.at.astimezone(zone(zone_name)).date()].free.append(slot)
    whole = _entries(session, own, Wanted([], _ALL, since=start, before=end), most) if statuses else found
    repeating = _repeating([*whole, *_around(session, own, start, end)])
    return Agenda(list(days.values()), _clashing(found), repeating, len(found) > most)


def _entries(session: Session, own: Sequence[ChannelRow], wanted: Wanted, limit: int) -> list[Entry]:
    known = {row.id: row for row in own}
    lines = board.lines(session, replace(wanted, channel_ids=list(known)), limit)
    return [
        Entry(
            line.id,
            line.status,
            line.due_at,
            known[line.channel_id],
            line.piece_id,
            line.kind,
            first_words(line.kind, line.content),
        )
        for line in lines
    ]


def _free(session: Session, own: Sequence[ChannelRow], start: datetime, end: datetime) -> Iterable[Free]:
    for channel in own:
        taken = board.taken_slots(session, channel.id, start)
        for place in occurrences(channels.slots(session, channel.id), channel.zone, start):
            if place.at >= end:
                break
            if place.key not in taken:
                yield Free(channel, place.at, place.key)


def _by_channel(found: Iterable[Entry]) -> Iterable[list[Entry]]:
    """What counts as a post: batches of one issue go out together, and are one."""
    grouped: dict[int, dict[tuple[bool, int], Entry]] = defaultdict(dict)
    for each in found:
        if each.status != Status.CANCELLED:
            batch = each.kind == PieceKind.ISSUE
            grouped[each.channel.id].setdefault((batch, each.piece_id if batch else each.id), each)
    return [list(group.values()) for group in grouped.values()]


def _clashing(found: Iterable[Entry]) -> set[int]:
    close: set[int] = set()
    for group in _by_channel(found):
        close |= clashes([(each.at, each.id) for each in group], CLOSE)
    return close


def _around(session: Session, own: Sequence[ChannelRow], start: datetime, end: datetime) -> list[Entry]:
    """What is just off the page on both sides, the nearest first."""
    before = Wanted([], _ALL, since=start - REPEATED, before=start, newest_first=True)
    after = Wanted([], _ALL, since=end, before=end + REPEATED)
    return [each for side in (before, after) for each in _entries(session, own, side, AROUND)]


def _repeating(found: Iterable[Entry]) -> set[int]:
    """What says the same as another post of its channel within a month."""
    same: set[int] = set()
    for group in _by_channel(sorted(found, key=lambda each: each.at)):
        same |= repeats(((each.at, each.id, each.words) for each in group), REPEATED)
    return same


def move_to_day(session: Session, row: DeliveryRow, day: date, zone_name: str, now: datetime) -> datetime:
    """To another day, at the hour it has."""
    hour = row.due_at.astimezone(zone(zone_name)).time()
    at = instant(datetime.combine(day, hour), zone_name)
    schedule.move(session, row, at, now)
    return at


def move_to_slot(
    session: Session, row: DeliveryRow, channel: ChannelRow, key: str, now: datetime
) -> datetime:
    """Into a free slot of its own channel, which is then taken."""
    at = slot_time(channel, key)
    schedule.move(session, row, at, now)
    if key in board.taken_slots(session, channel.id, at - timedelta(days=1)):
        raise PullquoteError("That slot was taken meanwhile: choose another.")
    queue.change(session, row, slot_key=key)
    return at


def fill(session: Session, piece: PieceRow, channel: ChannelRow, key: str, now: datetime) -> DeliveryRow:
    return schedule.queue_in_slot(session, piece, channel, key, slot_time(channel, key), now)


def choices(session: Session, channel: ChannelRow) -> list[PieceRow]:
    """The newest pieces that the channel carries and that it was never given."""
    made = pieces.newest(session, channel.workspace_id, not_on=channel.id, limit=CHOICES)
    return [piece for piece in made if piece.kind != PieceKind.ISSUE and not schedule.carries(channel, piece)]


def slot_time(channel: ChannelRow, key: str) -> datetime:
    try:
        day, _, clock = key.partition("T")
        return instant(datetime.combine(date.fromisoformat(day), time.fromisoformat(clock)), channel.zone)
    except ValueError:
        raise PullquoteError("That is no slot of this channel: load the page again.") from None
