"""Slots: recurring times to post, in a channel's own zone, as instants.

Every slot and every "9 in the morning" lives in an IANA zone; every instant is UTC. A slot fires once for each
of its local dates: in a spring gap it moves on by the gap, in an autumn overlap it takes the first of the two
(RFC 5545; APScheduler's CronTrigger fires twice in an overlap).
"""

from __future__ import annotations

import zoneinfo
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import takewhile

from scheduler.domain.errors import PullquoteError

HORIZON = timedelta(days=366)  # how far ahead a free slot is looked for
NEIGHBOURS = timedelta(hours=12)  # two posts further apart than this do not follow each other
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# The tzdata package is the same on every machine; a system's copy may be years old.
zoneinfo.reset_tzpath(to=())


@dataclass(frozen=True, order=True)
class Slot:
    weekday: int  # 0 Monday … 6 Sunday
    at: time  # local, naive


@dataclass(frozen=True)
class Place:
    """One occurrence of a slot."""

    key: str  # "2026-03-08T09:00": local date and slot, unique within a channel for ever
    at: datetime  # UTC


@dataclass(frozen=True)
class Taken:
    """A delivery that waits, or was sent, on the same channel."""

    at: datetime
    article_id: int


@lru_cache(maxsize=64)
def zone(name: str) -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise PullquoteError(f"{name!r} is not a time zone: use a name like Europe/Amsterdam.") from None


def instant(local: datetime, zone_name: str) -> datetime:
    """The instant of a naive local time. In a gap it moves on by the gap; of two in an overlap, the first."""
    return local.replace(tzinfo=zone(zone_name), fold=0).astimezone(UTC)


def occurrences(slots: Iterable[Slot], zone_name: str, after: datetime) -> Iterator[Place]:
    """Every occurrence later than `after`, in order, for a year. Slots that a gap moves together collapse."""
    ordered = sorted(set(slots))
    day = after.astimezone(zone(zone_name)).date() - timedelta(days=1)
    end = day + HORIZON
    last = after
    while day < end:
        for place in _of_day(ordered, day, zone_name):
            if place.at > last:
                last = place.at
                yield place
        day += timedelta(days=1)


def _of_day(slots: Sequence[Slot], day: date, zone_name: str) -> list[Place]:
    today = [slot for slot in slots if slot.weekday == day.weekday()]
    places = [
        Place(f"{day}T{slot.at:%H:%M}", instant(datetime.combine(day, slot.at), zone_name)) for slot in today
    ]
    return sorted(places, key=lambda place: place.at)  # a gap can put a later slot before an earlier one


def place(
    slots: Sequence[Slot],
    zone_name: str,
    *,
    after: datetime,
    until: datetime,
    taken_keys: Collection[str],
    taken: Iterable[Taken],
    article_id: int,
    spacing: timedelta,
) -> Place | None:
    """The next free slot that keeps two pieces of one article apart on the channel; None if it is not by `until`.

    `taken` has what is there by `until`, and for the longer of `spacing` and NEIGHBOURS behind it.
    """
    if not slots:
        raise PullquoteError("The channel has no slots: add some with `pullquote channels slots`.")
    row = sorted(taken, key=lambda other: other.at)
    own = [other.at for other in row if other.article_id == article_id]
    is_alone = len(own) == len(row)  # then nothing of another article can stand between
    for candidate in takewhile(lambda candidate: candidate.at <= until, occurrences(slots, zone_name, after)):
        if candidate.key in taken_keys or any(abs(at - candidate.at) < spacing for at in own):
            continue
        if is_alone or not _follows_its_own(candidate.at, row, article_id):
            return candidate
    return None


def _follows_its_own(at: datetime, row: Sequence[Taken], article_id: int) -> bool:
    """Whether another piece of the same article would be the neighbour in that row, which is in order."""
    here = bisect_right(row, at, key=lambda other: other.at)
    neighbours = row[max(here - 1, 0) : here + 1]
    return any(other.article_id == article_id and abs(other.at - at) < NEIGHBOURS for other in neighbours)


def parse_slots(text: str) -> list[Slot]:
    """Slots from words: "mon-fri 09:00 12:30", "daily 18:00", "sat,sun 10:00"; ";" joins several."""
    slots: list[Slot] = []
    for part in filter(None, (p.strip().lower() for p in text.split(";"))):
        days, *times = part.replace(", ", ",").split()
        if not times:
            raise PullquoteError(f"{part!r} names no time: write, for example, 'mon-fri 09:00 12:30'.")
        slots += [Slot(day, _time(t)) for day in _days(days) for t in times]
    if not slots:
        raise PullquoteError("No slots were given: write, for example, 'mon-fri 09:00 12:30'.")
    return sorted(set(slots))


def _days(text: str) -> list[int]:
    if text == "daily":
        return list(range(7))
    days: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        a, b = _weekday(first), _weekday(last or first)
        days += [(a + i) % 7 for i in range((b - a) % 7 + 1)]
    return sorted(set(days))


def _weekday(text: str) -> int:
    if text[:3] not in WEEKDAYS:
        raise PullquoteError(f"{text!r} is not a weekday: write mon, tue, wed, thu, fri, sat, sun or daily.")
    return WEEKDAYS.index(text[:3])


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text if text[1:2] != ":" else f"0{text}")
    except ValueError:
        raise PullquoteError(f"{text!r} is not a time of day: write it like 09:00.") from None
