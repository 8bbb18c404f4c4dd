from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.calendar import Slot, parse_slots
from scheduler.domain.errors import PullquoteError
from scheduler.domain.times import parse_time, spell_day, spell_distance, spell_slots, spell_time, spell_zone

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)  # a Monday; 13:00 in Amsterdam


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("now", "2026-03-02 12:00"),
        ("in 20 minutes", "2026-03-02 12:20"),
        ("in 2h", "2026-03-02 14:00"),
        ("in 3 days", "2026-03-05 12:00"),
        ("2026-12-01 09:00", "2026-12-01 08:00"),
        ("2026-12-01T09:00", "2026-12-01 08:00"),
        ("2026-12-01 09:00:00", "2026-12-01 08:00"),
        ("2026-12-01T09:00-05:00", "2026-12-01 14:00"),
        ("2026-12-01T09:00Z", "2026-12-01 09:00"),
        ("today 18:00", "2026-03-02 17:00"),
        ("today 8:00", "2026-03-02 07:00"),  # passed: the service says so
        ("tomorrow  09:00", "2026-03-03 08:00"),
        ("18:00", "2026-03-02 17:00"),
        ("09:00", "2026-03-03 08:00"),
        ("fri 17:30", "2026-03-06 16:30"),
        ("Friday 17:30", "2026-03-06 16:30"),
        ("mon 18:00", "2026-03-02 17:00"),
        ("mon 09:00", "2026-03-09 08:00"),
    ],
)
def test_reads_what_people_type(text: str, utc: str) -> None:
    assert parse_time(text, "Europe/Amsterdam", NOW) == datetime.fromisoformat(f"{utc}+00:00")


def test_a_time_in_a_spring_gap_moves_on_and_in_an_overlap_is_the_first() -> None:
    assert parse_time("2026-03-08 02:30", "America/New_York", NOW) == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert parse_time("2026-11-01 01:30", "America/New_York", NOW) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "soon", "25:00", "2026-12-01", "2026-13-01 09:00", "monkey 09:00", "mo 09:00", "in five minutes"],
)
def test_says_how_to_write_what_it_cannot_read(text: str) -> None:
    with pytest.raises(PullquoteError, match="write it like"):
        parse_time(text, "Europe/Amsterdam", NOW)


def test_spells_a_time_with_its_zone_and_another_year() -> None:
    assert (
        spell_time(datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "Europe/Amsterdam", NOW) == "Tue 1 Dec 09:00 CET"
    )
    assert spell_time(datetime(2027, 1, 1, tzinfo=UTC), "Asia/Tokyo", NOW) == "Fri 1 Jan 2027 09:00 JST"


@pytest.mark.parametrize(
    "text", ["mon-fri 09:00 12:30", "daily 18:00", "mon,thu 09:00", "mon-wed 08:00; fri 09:00; sun 10:00", ""]
)
def test_spells_slots_as_they_are_read(text: str) -> None:
    assert spell_slots(parse_slots(text) if text else []) == text


_SLOTS = st.builds(Slot, st.integers(0, 6), st.builds(time, st.integers(0, 23), st.integers(0, 59)))


@given(st.sets(_SLOTS, min_size=1, max_size=20))
def test_what_is_spelt_reads_back(slots: set[Slot]) -> None:
    assert parse_slots(spell_slots(slots)) == sorted(slots)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (-20, "just now"),
        (20, "in a moment"),
        (-180, "3 min ago"),
        (50, "in 1 min"),
        (3600, "in 1 h"),
        (-7 * 3600, "7 h ago"),
        (86_400, "in 1 day"),
        (-3 * 86_400, "3 days ago"),
        (60 * 86_400, "in 2 months"),
        (-800 * 86_400, "2 years ago"),
    ],
)
def test_how_far_away_it_is(seconds, words):
    assert spell_distance(NOW + timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "Today"), (1, "Tomorrow"), (-1, "Yesterday"), (2, "Wed 4 Mar"), (400, "Tue 6 Apr 2027")],
)
def test_days_near_by_have_names(days, words):
    assert spell_day(NOW.date() + timedelta(days=days), NOW.date()) == words


def test_a_zone_is_named_with_what_its_clocks_show():
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert spell_zone(summer, "Europe/Lisbon") == "Europe/Lisbon (WEST)"
    assert spell_zone(summer, "America/New_York") == "America/New York (EDT)"
    assert spell_zone(summer, "Etc/UTC") == "UTC"
