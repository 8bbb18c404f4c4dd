"""Days of a calendar page, in a zone: which they are, when they begin, and whether the clocks change."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from scheduler.domain.calendar import instant, zone
from scheduler.domain.errors import PullquoteError

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days of a page, the first and the last included."""

    first: date
    last: date

    def days(self) -> list[date]:
        return [self.first + n * DAY for n in range((self.last - self.first).days + 1)]

    def instants(self, zone_name: str) -> tuple[datetime, datetime]:
        """From the first midnight to the one after the last day, UTC."""
        return midnight(self.first, zone_name), midnight(self.last + DAY, zone_name)


def month_of(day: date) -> Span:
    """The whole weeks that hold the month, Monday first."""
    first = day.replace(day=1)
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Span(first - first.weekday() * DAY, last + (6 - last.weekday()) * DAY)


def week_of(day: date) -> Span:
    first = day - day.weekday() * DAY
    return Span(first, first + 6 * DAY)


def midnight(day: date, zone_name: str) -> datetime:
    return instant(datetime.combine(day, time()), zone_name)


def clocks_change(day: date, zone_name: str) -> timedelta:
    """By how much the clocks go forward on that day (backward: negative); zero on nearly all."""
    where = zone(zone_name)
    before, after = (
        datetime.combine(at, time(), where).utcoffset() or timedelta() for at in (day, day + DAY)
    )
    return after - before


def spell_change(day: date, zone_name: str) -> str:
    """ "Clocks go forward 1 h", or ""."""
    change = clocks_change(day, zone_name)
    if not change:
        return ""
    minutes = abs(int(change.total_seconds() // 60))
    size = f"{minutes // 60} h" if minutes % 60 == 0 else f"{minutes} min"
    return f"Clocks go {'forward' if change > timedelta() else 'back'} {size}"


def parse_day(text: str, otherwise: date) -> date:
    if not text:
        return otherwise
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise PullquoteError(f"{text!r} is not a day: write it like 2026-12-01.") from None
    if not 2000 <= day.year <= 2100:
        raise PullquoteError(f"{day.year} is too far away for a calendar: check the year.")
    return day


def clashes(times: Sequence[tuple[datetime, int]], least: timedelta) -> set[int]:
    """Which of the (time, id) of one channel stand closer than `least` to another."""
    ordered = sorted(times)
    found: set[int] = set()
    for (at, one), (then, other) in pairwise(ordered):
        if then - at < least:
            found |= {one, other}
    return found


def repeats(texts: Iterable[tuple[datetime, int, str]], within: timedelta) -> set[int]:
    """Which of the (time, id, text) of one channel say what another said less than `within` before or after."""
    found: set[int] = set()
    last: dict[str, tuple[datetime, int]] = {}
    for at, number, text in sorted(texts):
        before = last.get(text)
        if text and before is not None and at - before[0] < within:
            found |= {before[1], number}
        last[text] = (at, number)
    return found
