from datetime import UTC, date, datetime, timedelta

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.domain.weeks import Span, clashes, month_of, parse_day, repeats, spell_change, week_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [
        ("2026-03-15", "2026-02-23", "2026-04-05"),
        ("2026-02-01", "2026-01-26", "2026-03-01"),
        ("2027-02-28", "2027-02-01", "2027-02-28"),  # four weeks and not a day more
    ],
)
def test_a_month_is_whole_weeks(day, first, last):
    assert month_of(date.fromisoformat(day)) == Span(date.fromisoformat(first), date.fromisoformat(last))


def test_a_week_begins_on_monday():
    assert week_of(date(2026, 3, 8)) == Span(date(2026, 3, 2), date(2026, 3, 8))
    assert len(week_of(date(2026, 3, 8)).days()) == 7


def test_a_span_has_the_instants_of_its_zone():
    start, end = Span(date(2026, 3, 8), date(2026, 3, 8)).instants("America/New_York")
    assert (start, end) == (datetime(2026, 3, 8, 5, tzinfo=UTC), datetime(2026, 3, 9, 4, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "zone", "words"),
    [
        ("2026-03-08", "America/New_York", "Clocks go forward 1 h"),
        ("2026-11-01", "America/New_York", "Clocks go back 1 h"),
        ("2026-10-04", "Australia/Lord_Howe", "Clocks go forward 30 min"),
        ("2026-03-08", "Europe/Amsterdam", ""),
        ("2026-03-29", "Europe/Amsterdam", "Clocks go forward 1 h"),
    ],
)
def test_days_on_which_clocks_change_say_so(day, zone, words):
    assert spell_change(date.fromisoformat(day), zone) == words


def test_what_is_no_day_is_refused():
    assert parse_day("", date(2026, 3, 2)) == date(2026, 3, 2)
    for text in ("soon", "2026-02-30", "9999-01-01"):
        with pytest.raises(PullquoteError):
            parse_day(text, date(2026, 3, 2))


def test_posts_too_close_to_each_other_clash():
    times = [(NOON + timedelta(minutes=n), n) for n in (0, 30, 33, 60)]
    assert clashes(times, timedelta(minutes=10)) == {30, 33}
    assert clashes([], timedelta(minutes=10)) == set()


def test_the_same_words_within_a_month_repeat():
    texts = [(NOON, 1, "a"), (NOON + timedelta(days=10), 2, "b"), (NOON + timedelta(days=29), 3, "a")]
    assert repeats(texts, timedelta(days=30)) == {1, 3}
    assert repeats([*texts[:2], (NOON + timedelta(days=30), 3, "a")], timedelta(days=30)) == set()
    assert repeats([(NOON, 1, ""), (NOON, 2, "")], timedelta(days=30)) == set()
