"""What a rehearsal shows: clashes, empty stretches, what is held up, and the days on which the clocks change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from scheduler.domain.calendar import Slot, instant, occurrences, zone

CLOSE = timedelta(minutes=10)  # two posts on one channel nearer than this follow on each other's heels
HELD_UP = timedelta(minutes=1)  # later than that is not by chance


@dataclass(frozen=True)
class Outcome:
    """One delivery, as it would go."""

    delivery_id: int
    channel_id: int
    article_id: int
    piece_id: int
    mail: bool
    due_at: datetime
    at: datetime  # when it is settled
    status: str
    reason: str = ""

    @property
    def held_up(self) -> timedelta:
        late = self.at - self.due_at
        return late if late >= HELD_UP else timedelta()


@dataclass(frozen=True)
class Clash:
    first: Outcome
    second: Outcome
    why: str


@dataclass(frozen=True)
class Silence:
    """A stretch without a post on a channel that has slots in it."""

    channel_id: int
    start: datetime
    end: datetime
    slots: int  # that stay empty


@dataclass(frozen=True)
class ClockChange:
    zone: str
    day: date
    before: str  # CET
    after: str
    by: timedelta  # forward where it is more than nothing
    moved: tuple[str, ...] = ()  # slots that this day does not have as they are


def clashes(outcomes: Sequence[Outcome], spacing: timedelta) -> Iterator[Clash]:
    """Of one channel. The batches of an issue go together, and are none."""
    posts = sorted((each for each in outcomes if not each.mail), key=lambda each: each.at)
    for first, second in pairwise(posts):
        apart = second.at - first.at
        if first.article_id == second.article_id and apart < spacing:
            yield Clash(first, second, "two pieces of one article")
        elif apart < CLOSE:
            yield Clash(first, second, "close together")


def silences(
    channel_id: int,
    slots: Sequence[Slot],
    zone_name: str,
    outcomes: Sequence[Outcome],
    *,
    now: datetime,
    until: datetime,
    longest: timedelta = timedelta(days=3),
) -> Iterator[Silence]:
    """Stretches of at least `longest` between two posts, or before the first and behind the last."""
    if not slots:
        return
    marks = [now, *sorted(each.at for each in outcomes), until]
    empty = [place.at for place in occurrences(slots, zone_name, now) if place.at < until]
    for start, end in pairwise(marks):
        count = sum(start < at < end for at in empty)
        if end - start >= longest and count:
            yield Silence(channel_id, start, end, count)


def clock_changes(
    zone_name: str, slots: Sequence[Slot], now: datetime, until: datetime
) -> Iterator[ClockChange]:
    day = now.astimezone(zone(zone_name)).date()
    last = until.astimezone(zone(zone_name)).date()
    while day <= last:
        before, after = (_midnight(day + timedelta(days=n), zone_name) for n in (0, 1))
        by = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
        if by:
            yield ClockChange(
                zone_name, day, f"{before:%Z}", f"{after:%Z}", by, _moved(day, slots, zone_name)
            )
        day += timedelta(days=1)


def _midnight(day: date, zone_name: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone(zone_name))


def _moved(day: date, slots: Sequence[Slot], zone_name: str) -> tuple[str, ...]:
    """Slots in a gap move on by it; those in an overlap go out at the first of the two."""
    local = [datetime.combine(day, slot.at) for slot in slots if slot.weekday == day.weekday()]
    return tuple(f"{at:%H:%M}" for at in local if _is_odd(at, zone_name))


def _is_odd(local: datetime, zone_name: str) -> bool:
    found = instant(local, zone_name).astimezone(zone(zone_name)).replace(tzinfo=None)
    second = local.replace(tzinfo=zone(zone_name), fold=1).astimezone(UTC)
    return found != local or second != instant(local, zone_name)
