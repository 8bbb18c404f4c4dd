from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.domain.calendar import parse_slots
from scheduler.domain.rehearsal import Outcome, clashes, clock_changes, silences

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def outcome(number: int, after: timedelta, article: int = 1, mail: bool = False) -> Outcome:
    at = NOON + after
    return Outcome(number, 1, article, number, mail, at, at, "sent")


@pytest.mark.parametrize(
    ("second", "why"),
    [
        (outcome(2, 2 * HOUR), ["two pieces of one article"]),
        (outcome(2, 3 * HOUR), []),
        (outcome(2, timedelta(minutes=5), article=2), ["close together"]),
        (outcome(2, HOUR, article=2), []),
        (outcome(2, timedelta(), mail=True), []),
    ],
)
def test_clashes(second, why):
    found = clashes([second, outcome(1, timedelta())], spacing=3 * HOUR)
    assert [clash.why for clash in found] == why


def test_stretches_in_which_a_channel_says_nothing():
    slots = parse_slots("daily 09:00")
    until = NOON + timedelta(days=10)
    found = list(silences(1, slots, "UTC", [outcome(1, timedelta(days=2))], now=NOON, until=until))
    assert [(each.start, each.end, each.slots) for each in found] == [(NOON + timedelta(days=2), until, 8)]
    assert list(silences(1, [], "UTC", [], now=NOON, until=until)) == []


def test_days_on_which_the_clocks_change_and_the_slots_that_move():
    slots = parse_slots("daily 02:30 09:00")
    end = datetime(2026, 12, 1, tzinfo=UTC)
    found = list(clock_changes("Europe/Berlin", slots, NOON, end))
    assert [(each.day, each.before, each.after, each.moved) for each in found] == [
        (date(2026, 3, 29), "CET", "CEST", ("02:30",)),
        (date(2026, 10, 25), "CEST", "CET", ("02:30",)),
    ]
    assert found[0].by == HOUR
    assert list(clock_changes("UTC", slots, NOON, end)) == []


def test_what_is_a_little_late_is_not_held_up():
    at = NOON + timedelta(seconds=59)
    assert Outcome(1, 1, 1, 1, False, NOON, at, "sent").held_up == timedelta()
    late = NOON + timedelta(minutes=3)
    assert Outcome(1, 1, 1, 1, False, NOON, late, "sent").held_up == timedelta(minutes=3)
