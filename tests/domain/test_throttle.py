from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.capabilities import Rate, Scope
from scheduler.domain.throttle import Bucket, Told, declared, key, learn, meant, scaled

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINUTES = timedelta(minutes=5)
POSTS = Rate(most=300, per=MINUTES)
UNKNOWN = Rate(signals=("ratelimit",))
LIMITS = st.integers(min_value=1, max_value=60)
SPANS = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(hours=3))
PAUSES = st.lists(st.integers(min_value=0, max_value=40), min_size=1, max_size=80)  # fortieths of the span


def seconds(count: float) -> datetime:
    return NOON + timedelta(seconds=count)


@given(most=LIMITS, per=SPANS, pauses=PAUSES, greed=st.integers(1, 9))
def test_no_span_ever_sees_more_than_the_service_takes(most, per, pauses, greed):
    bucket, now, sent = Bucket(most, per), NOON, []
    for pause in pauses:
        count = min(greed, bucket.left(now))
        bucket = bucket.take(count, now) if count else bucket
        sent += [now] * count
        now = max(now + per * pause / 40, bucket.ready_at(now) if pause % 2 else now)
    for first in sent:
        assert sum(first <= at < first + per for at in sent) <= most


@given(most=LIMITS, per=SPANS, taken=st.integers(0, 200))
def test_it_is_ready_exactly_when_something_is_left(most, per, taken):
    bucket = Bucket(most, per).take(taken, NOON)
    at = bucket.ready_at(NOON)
    assert bucket.left(at) >= 1
    assert at == NOON or bucket.left(at - timedelta(microseconds=1)) == 0


def test_after_a_pause_a_burst_goes_at_once_and_then_one_by_one():
    bucket = Bucket(300, MINUTES)
    assert bucket.left(NOON) == 75
    bucket = bucket.take(75, NOON)
    assert bucket.left(NOON) == 0
    assert timedelta(seconds=1) < bucket.ready_at(NOON) - NOON < timedelta(seconds=2)
    assert bucket.left(NOON + MINUTES) == 75


def test_what_a_service_says_is_left_is_believed_where_it_is_less():
    bucket = learn(POSTS, Bucket(300, MINUTES), Told(300, 10, seconds(200)), NOON)
    assert bucket is not None
    assert bucket.left(NOON) == 10
    same = learn(POSTS, bucket, Told(300, 290, seconds(200)), NOON)
    assert same == bucket


def test_nothing_left_closes_it_until_the_reset():
    bucket = learn(POSTS, Bucket(300, MINUTES), Told(300, 0, seconds(200)), NOON)
    assert bucket is not None
    assert (bucket.left(NOON), bucket.ready_at(NOON)) == (0, seconds(200))
    assert bucket.left(seconds(200)) > 0


def test_another_limit_than_the_declared_one_is_learnt():
    bucket = learn(POSTS, Bucket(300, MINUTES), Told(60, 59, seconds(299)), NOON)
    assert bucket is not None
    assert (bucket.most, bucket.per) == (60, MINUTES)


@pytest.mark.parametrize(
    ("told", "found"),
    [
        (Told(100, 99, seconds(60)), Bucket(100, timedelta(minutes=1))),
        (Told(100, 99, per=MINUTES), Bucket(100, MINUTES)),
        (Told(100, 99, seconds(60), MINUTES), Bucket(100, MINUTES)),
        (Told(100, 99), None),
        (Told(None, 99, seconds(60)), None),
        (Told(100, 99, NOON), None),
        (Told(), None),
    ],
)
def test_where_nothing_is_declared_the_answer_has_to_tell_it_all(told, found):
    assert learn(UNKNOWN, None, told, NOON) == found


def test_the_longest_span_that_was_seen_is_the_best_guess():
    short = learn(UNKNOWN, None, Told(100, 3, seconds(10)), NOON)
    longer = learn(UNKNOWN, short, Told(100, 99, seconds(60)), NOON)
    assert longer is not None
    assert longer.per == timedelta(minutes=1)
    again = learn(UNKNOWN, longer, Told(100, 50, seconds(20)), NOON)
    assert again is not None
    assert again.per == timedelta(minutes=1)


def test_points_are_counted_in_posts():
    assert scaled(Told(5000, 10, NOON), 3) == Told(1666, 3, NOON)
    assert scaled(Told(), 3) == Told()


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEVERAL = {"hour": Rate(most=5000, per=HOUR), "day": Rate(most=35_000, per=DAY), "unknown": Rate()}


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ({"hour": HOUR, "day": HOUR}, ["hour"]),
        ({"hour": DAY, "day": DAY}, ["day"]),
        ({"hour": None, "day": None}, ["hour"]),
        ({"hour": MINUTES, "day": MINUTES}, []),  # of something else
        ({"unknown": MINUTES}, ["unknown"]),
        ({}, []),
    ],
)
def test_an_answer_speaks_of_the_limit_whose_span_it_names(spans, found):
    assert meant(SEVERAL, {name: Told(100, 1, per=per) for name, per in spans.items()}) == found


def test_channels_share_a_bucket_with_whoever_shares_the_limit():
    account, host = Rate(most=300, per=MINUTES), Rate(scope=Scope.HOST, most=300, per=MINUTES)
    place = {"account": "ab12", "host": "social.example"}
    first, second = (
        [key(rate, "mastodon", channel_id=number, **place) for rate in (account, host)] for number in (1, 2)
    )
    assert first == second == ["account:mastodon:ab12:300", "host:mastodon:social.example:300"]
    own = key(account, "mastodon", channel_id=1, account="", host="")
    assert own == "channel:mastodon:1:300"


def test_only_what_is_declared_limits_before_any_answer():
    assert declared(Rate(most=5, per=MINUTES)) == Bucket(5, MINUTES)
    assert declared(UNKNOWN) is None
