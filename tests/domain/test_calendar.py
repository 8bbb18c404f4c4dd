from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.calendar import Slot, Taken, occurrences, parse_slots, place, zone
from scheduler.domain.errors import PullquoteError

NEW_YORK = "America/New_York"
DAILY = range(7)


def daily(*times: str) -> list[Slot]:
    return [Slot(day, time.fromisoformat(t)) for day in DAILY for t in times]


def on(day: str, zone_name: str, *times: str) -> list[str]:
    """The occurrences of one local date, as UTC."""
    start = datetime.combine(date.fromisoformat(day), time(), tzinfo=zone(zone_name))
    places = occurrences(daily(*times), zone_name, start.astimezone(UTC) - timedelta(seconds=1))
    return [f"{p.at:%d %H:%M}" for p in (next(places) for _ in times) if p.key.startswith(day)]


@pytest.mark.parametrize(
    ("day", "utc"),
    [
        ("2026-03-07", "07 14:00"),
        ("2026-03-08", "08 13:00"),  # summer time began at 2 in the morning
        ("2026-03-09", "09 13:00"),
        ("2026-10-31", "31 13:00"),
        ("2026-11-01", "01 14:00"),  # and ended
        ("2026-11-02", "02 14:00"),
    ],
)
def test_nine_in_the_morning_is_nine_in_the_morning(day, utc):
    assert on(day, NEW_YORK, "09:00") == [utc]


@pytest.mark.parametrize(
    ("day", "zone_name", "slot", "utc"),
    [
        ("2026-03-08", NEW_YORK, "02:30", "08 07:30"),  # 03:30 EDT: the gap moves it on
        ("2026-03-29", "Europe/Berlin", "02:30", "29 01:30"),
        ("2026-10-04", "Australia/Lord_Howe", "02:15", "03 15:45"),  # a gap of half an hour
    ],
)
def test_a_slot_in_a_gap_fires_once(day, zone_name, slot, utc):
    assert on(day, zone_name, slot) == [utc]


@pytest.mark.parametrize(
    ("day", "zone_name", "slot", "utc"),
    [
        ("2026-11-01", NEW_YORK, "01:30", "01 05:30"),  # not again at 06:30
        ("2026-10-25", "Europe/London", "01:30", "25 00:30"),
        ("2026-10-25", "Europe/Berlin", "02:30", "25 00:30"),
        ("2026-04-05", "Australia/Lord_Howe", "01:45", "04 14:45"),
    ],
)
def test_a_slot_in_an_overlap_fires_once_at_the_first(day, zone_name, slot, utc):
    start = datetime.combine(date.fromisoformat(day), time(), tzinfo=zone(zone_name)).astimezone(UTC)
    first, second = (p for p, _ in zip(occurrences(daily(slot), zone_name, start), range(2), strict=False))
    assert f"{first.at:%d %H:%M}" == utc
    assert second.key[:10] != day


def test_slots_that_a_gap_moves_together_collapse():
    start = datetime(2026, 3, 8, 5, tzinfo=UTC)
    places = occurrences(daily("02:30", "03:30"), NEW_YORK, start)
    assert [p.key for p, _ in zip(places, range(2), strict=False)] == ["2026-03-08T02:30", "2026-03-09T02:30"]


@settings(max_examples=60, deadline=None)
@given(
    zone_name=st.sampled_from([NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
    times=st.lists(st.times(), min_size=1, max_size=5, unique=True),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_occurrences_are_in_order_and_each_date_has_each_slot_once(zone_name, times, start):
    slots = [Slot(day, t.replace(second=0, microsecond=0)) for day in DAILY for t in times]
    found = [p for p, _ in zip(occurrences(slots, zone_name, start), range(200), strict=False)]
    assert all(a.at < b.at for a, b in pairwise(found))
    assert len({p.key for p in found}) == len(found)
    assert found[0].at > start


MONDAY = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


def placed(taken=(), keys=(), article=1, spacing=0, slots="daily 09:00 12:00 15:00", days=366):
    found = place(
        parse_slots(slots),
        "UTC",
        after=MONDAY,
        until=MONDAY + timedelta(days=days),
        taken_keys=set(keys),
        taken=list(taken),
        article_id=article,
        spacing=timedelta(minutes=spacing),
    )
    return found and found.key


def at(hour: int, article: int) -> Taken:
    return Taken(MONDAY + timedelta(hours=hour), article)


def test_takes_the_next_free_slot():
    assert placed() == "2026-03-02T09:00"
    assert placed([at(9, 2)], ["2026-03-02T09:00"]) == "2026-03-02T12:00"


def test_keeps_pieces_of_one_article_apart():
    assert placed([at(9, 1)], ["2026-03-02T09:00"], spacing=240) == "2026-03-02T15:00"


def test_two_pieces_of_one_article_do_not_follow_each_other_where_others_wait():
    waiting = [at(9, 1), at(15, 2)]
    keys = ["2026-03-02T09:00", "2026-03-02T15:00"]
    assert placed(waiting, keys) == "2026-03-03T09:00"  # not 12:00, right behind its own


def test_a_channel_without_slots_says_so():
    with pytest.raises(PullquoteError, match="no slots"):
        place(
            [],
            "UTC",
            after=MONDAY,
            until=MONDAY,
            taken_keys=set(),
            taken=[],
            article_id=1,
            spacing=timedelta(),
        )


def test_a_full_year_ends_the_search():
    everything = {p.key for p in occurrences(parse_slots("mon 09:00"), "UTC", MONDAY)}
    assert placed(keys=everything, slots="mon 09:00") is None


def test_the_search_ends_where_what_is_known_ends():
    assert placed(keys=["2026-03-02T09:00"], slots="daily 09:00", days=1) is None
    assert placed(keys=["2026-03-02T09:00"], slots="daily 09:00", days=2) == "2026-03-03T09:00"


def test_the_neighbours_are_found_in_whatever_order_they_come():
    waiting = [at(15, 2), at(9, 1), at(-30, 2)]
    keys = ["2026-03-02T09:00", "2026-03-02T15:00"]
    assert placed(waiting, keys) == "2026-03-03T09:00"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("daily 18:00", 7),
        ("mon-fri 09:00 12:30", 10),
        ("sat,sun 10:00", 2),
        ("fri-mon 10:00", 4),
        ("mon 9:00", 1),
    ],
)
def test_reads_slots_from_words(text, count):
    assert len(parse_slots(text)) == count


@pytest.mark.parametrize("text", ["", "mon", "mon 25:00", "someday 09:00", "mon nine"])
def test_words_that_are_no_slots_are_refused(text):
    with pytest.raises(PullquoteError):
        parse_slots(text)


def test_an_unknown_zone_is_refused_in_one_sentence():
    with pytest.raises(PullquoteError, match="Europe/Amsterdam"):
        zone("Mars/Olympus")
