"""Times as people write and read them: always in a zone, and the zone is named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from scheduler.domain.calendar import WEEKDAYS, Slot, instant, zone
from scheduler.domain.errors import PullquoteError

HOW = "write it like '2026-12-01 09:00', 'tomorrow 09:00', 'fri 17:30' or 'in 20 minutes'"
_SPAN = re.compile(r"in (\d{1,5}) ?(s|seconds?|m|min|minutes?|h|hours?|d|days?)", re.IGNORECASE)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_CLOCK = re.compile(
    r"(?:(?P<day>[a-z]+|\d{4}-\d\d-\d\d)[ t]+)?(?P<hour>\d{1,2}):(?P<minute>\d\d)", re.IGNORECASE
)
_DISTANCES = (  # unit, its seconds, and below which distance it is used
    ("min", 60, 3600 * 0.98),
    ("h", 3600, 86_400 * 0.98),
    ("day", 86_400, 86_400 * 45),
    ("month", 86_400 * 30.44, 86_400 * 350),
    ("year", 86_400 * 365.25, float("inf")),
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()


def parse_time(text: str, zone_name: str, now: datetime) -> datetime:
    """The instant that a person means, UTC. What names no zone of its own is in `zone_name`."""
    words = " ".join(text.split())
    if words.lower() == "now":
        return now
    if span := _SPAN.fullmatch(words):
        return now + timedelta(**{_UNITS[span[2][0].lower()]: int(span[1])})
    try:
        if clock := _CLOCK.fullmatch(words):
            return _on_the_clock(clock, zone_name, now)
        return _in_full(words, zone_name)
    except (ValueError, OverflowError):
        raise PullquoteError(f"{text!r} is not a time: {HOW}.") from None


def _on_the_clock(clock: re.Match[str], zone_name: str, now: datetime) -> datetime:
    """A time of day. "09:00" and "fri 09:00" are their next occurrence."""
    at = time(int(clock["hour"]), int(clock["minute"]))
    today = now.astimezone(zone(zone_name)).date()
    word = (clock["day"] or "").lower()
    day, every = _day(word, today)
    found = instant(datetime.combine(day, at), zone_name)
    if found > now or not every:
        return found
    return instant(datetime.combine(day + every, at), zone_name)


def _day(word: str, today: date) -> tuple[date, timedelta | None]:
    """The first day that `word` can mean, and how often it comes again."""
    match word:
        case "":
            return today, timedelta(days=1)
        case "today":
            return today, None
        case "tomorrow":
            return today + timedelta(days=1), None
    weekday = next((i for i, name in enumerate(_DAYS) if len(word) >= 3 and name.startswith(word)), None)
    if weekday is None:
        return date.fromisoformat(word), None
    return today + timedelta(days=(weekday - today.weekday()) % 7), timedelta(days=7)


def _in_full(words: str, zone_name: str) -> datetime:
    at = datetime.fromisoformat(words)
    if at.tzinfo is not None:
        return at.astimezone(UTC)
    if ":" not in words:
        raise ValueError("a day, and no time of day")
    return instant(at, zone_name)


def spell_time(at: datetime, zone_name: str, now: datetime, *, width: int = 0) -> str:
    """An instant as people in a zone write it: "Tue 1 Dec 09:00 CET", with the year where it is another.

    With a `width` of 2 the days of a column stand one under the other.
    """
    local = at.astimezone(zone(zone_name))
    year = f" {local.year}" if local.year != now.astimezone(zone(zone_name)).year else ""
    return f"{local:%a} {local.day:>{width}} {local:%b}{year} {local:%H:%M %Z}"


def spell_zone(at: datetime, zone_name: str) -> str:
    """A zone with what its clocks show at that instant: "Europe/Lisbon (WEST)", or "UTC"."""
    short = at.astimezone(zone(zone_name)).tzname() or ""
    return short if short == "UTC" else f"{zone_name.replace('_', ' ')} ({short})"


def spell_day(day: date, today: date) -> str:
    """ "Today", "Tomorrow", "Yesterday", else "Thu 3 Dec", with the year where it is another."""
    if named := {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get((day - today).days):
        return named
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def spell_distance(at: datetime, now: datetime) -> str:
    """How far away an instant is: "in 2 h", "3 min ago", "just now"."""
    seconds = (at - now).total_seconds()
    size = abs(seconds)
    if size < 45:
        return "in a moment" if seconds > 0 else "just now"
    unit, length = next((name, each) for name, each, below in _DISTANCES if size < below)
    count = max(1, round(size / length))
    words = f"{count} {unit}" + ("s" if unit in {"day", "month", "year"} and count > 1 else "")
    return f"in {words}" if seconds > 0 else f"{words} ago"


def spell_slots(slots: Iterable[Slot]) -> str:
    """Slots in the words that `parse_slots` reads, as short as they go: "mon-fri 09:00 12:30; sat 10:00"."""
    days = groupby(sorted(slots), key=lambda slot: slot.weekday)
    times = [(day, " ".join(f"{slot.at:%H:%M}" for slot in found)) for day, found in days]
    runs = groupby(times, key=lambda pair: pair[1])
    return "; ".join(f"{_spell_days([day for day, _ in run])} {at}" for at, run in runs)


def _spell_days(days: list[int]) -> str:
    if len(days) == 7:
        return "daily"
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{WEEKDAYS[days[0]]}-{WEEKDAYS[days[-1]]}"
    return ",".join(WEEKDAYS[day] for day in days)
