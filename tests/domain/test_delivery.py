from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.delivery import (
    LONGEST_WAIT,
    MAX_ATTEMPTS,
    MAX_PROBES,
    UNNAMED_WAIT,
    Delivery,
    Marks,
    Missed,
    Status,
    Step,
    back_off,
    dedupe_key,
    missed,
    next_step,
    probe_time,
    settle,
    settle_probe,
    too_late,
)
from scheduler.domain.errors import Ambiguous, AuthExpired, Permanent, RateLimited, Transient
from scheduler.domain.message import Receipt

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
LATER = NOON + 24 * HOUR
CALL = timedelta(seconds=30)
SENDING = Delivery(Status.SENDING, NOON, committed_at=NOON, called_at=NOON)
FRESH = Delivery(Status.SENDING, NOON)
MARKS = Marks(NOON, NOON)
SAFE = Transient("busy", maybe_published=True)


@pytest.mark.parametrize(
    ("outcome", "status", "next_at", "attempts", "may_be_live"),
    [
        (Receipt("1"), Status.SENT, None, 1, True),
        (Permanent("no"), Status.FAILED, None, 1, False),
        (AuthExpired("who?"), Status.SCHEDULED, NOON, 0, False),
        (Ambiguous("?"), Status.IN_DOUBT, NOON, 1, True),
        (Transient("busy"), Status.SCHEDULED, NOON + timedelta(seconds=15), 1, False),
        (SAFE, Status.SCHEDULED, NOON + timedelta(seconds=15), 1, True),
        (RateLimited("slow", retry_at=NOON + HOUR), Status.SCHEDULED, NOON + HOUR, 0, False),
        (RateLimited("slow"), Status.SCHEDULED, NOON + UNNAMED_WAIT / 2, 0, False),
        (RateLimited("slow", retry_at=NOON - HOUR), Status.SCHEDULED, NOON + UNNAMED_WAIT / 2, 0, False),
    ],
)
def test_settles(outcome, status, next_at, attempts, may_be_live):
    after = settle(FRESH, outcome, NOON, 0.0, MARKS)
    assert (after.status, after.next_at, after.attempts) == (status, next_at, attempts)
    assert (after.committed_at is not None) == may_be_live


def test_gives_up_after_the_last_attempt_but_never_calls_what_may_be_live_a_failure():
    worn = Delivery(Status.SENDING, NOON, attempts=MAX_ATTEMPTS - 1)
    assert settle(worn, Transient("busy"), NOON, 0.5).status is Status.FAILED
    assert settle(worn, SAFE, NOON, 0.5, MARKS).status is Status.IN_DOUBT


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Permanent("no"), Status.IN_DOUBT),
        (Transient("unreachable"), Status.SCHEDULED),
        (AuthExpired("who?"), Status.SCHEDULED),
        (RateLimited("slow", retry_at=NOON + HOUR), Status.SCHEDULED),
    ],
)
def test_a_later_refusal_does_not_clear_up_an_earlier_doubt(outcome, status):
    after = settle(SENDING, outcome, NOON + HOUR, 0.0, Marks(NOON, NOON + HOUR))
    assert (after.status, after.committed_at, after.called_at) == (status, NOON, NOON)


@given(attempts=st.integers(0, 60), spread=st.floats(0, 1, exclude_max=True))
def test_backing_off_grows_is_spread_and_ends(attempts, spread):
    wait = back_off(attempts, spread)
    assert timedelta(seconds=15) <= wait <= LONGEST_WAIT
    assert back_off(attempts, 0.0) <= wait <= back_off(attempts, 0.999999) + timedelta(seconds=1)


@pytest.mark.parametrize("dedupe", Dedupe)
def test_what_was_never_committed_is_sent(dedupe):
    fresh = Delivery(Status.SENDING, NOON)
    assert next_step(fresh, Capabilities(dedupe=dedupe), probes=False, now=NOON, timeout=CALL) is Step.SEND


@pytest.mark.parametrize(
    ("dedupe", "probes", "later", "step"),
    [
        (Dedupe.KEY, False, 0, Step.SEND),
        (Dedupe.CLIENT_ID, False, 10**6, Step.SEND),
        (Dedupe.TWO_PHASE, True, 89, Step.WAIT),
        (Dedupe.TWO_PHASE, True, 90, Step.PROBE),
        (Dedupe.LOOKUP, True, 89, Step.WAIT),
        (Dedupe.LOOKUP, True, 90, Step.PROBE),
        (Dedupe.LOOKUP, False, 60, Step.ASK),
        (Dedupe.NONE, False, 0, Step.ASK),
        (Dedupe.NONE, True, 90, Step.PROBE),
    ],
)
def test_what_may_be_live_is_never_sent_blindly(dedupe, probes, later, step):
    now = NOON + timedelta(seconds=later)
    can = Capabilities(dedupe=dedupe, settling=timedelta(seconds=30))
    assert next_step(SENDING, can, probes=probes, now=now, timeout=CALL) is step


def test_a_key_is_trusted_only_while_the_service_remembers_it():
    can = Capabilities(dedupe=Dedupe.KEY, key_window=HOUR)

    def step(minutes, probes=True):
        now = NOON + timedelta(minutes=minutes)
        return next_step(SENDING, can, probes=probes, now=now, timeout=CALL)

    assert step(47) is Step.SEND
    assert step(61) is Step.PROBE
    assert step(61, probes=False) is Step.ASK


def test_the_window_counts_from_the_first_call_and_the_grace_from_the_last():
    again = Delivery(Status.SENDING, NOON, committed_at=NOON, called_at=NOON + 2 * HOUR)
    can = Capabilities(dedupe=Dedupe.KEY, key_window=HOUR, settling=CALL)
    just_now = NOON + 2 * HOUR + CALL
    assert next_step(again, can, probes=True, now=just_now, timeout=CALL) is Step.WAIT
    assert probe_time(again, can, CALL) == NOON + 2 * HOUR + 3 * CALL


@pytest.mark.parametrize(("seconds", "late"), [(19, False), (20, True)])
def test_no_byte_goes_out_when_the_lease_has_ended(seconds, late):
    now, until = NOON + timedelta(seconds=seconds), NOON + timedelta(seconds=20)
    assert too_late(FRESH, Capabilities(), MARKS, until, now=now, timeout=CALL) is late


@pytest.mark.parametrize(("seconds", "late"), [(30, False), (31, True)])
def test_the_bytes_go_out_soon_after_the_mark_or_not_at_all(seconds, late):
    now = NOON + timedelta(seconds=seconds)
    assert too_late(FRESH, Capabilities(), MARKS, LATER, now=now, timeout=CALL) is late


@pytest.mark.parametrize(("minutes", "late"), [(47, False), (49, True)])
def test_a_key_is_asked_about_once_more_before_the_bytes(minutes, late):
    now = NOON + timedelta(minutes=minutes)
    can = Capabilities(dedupe=Dedupe.KEY, key_window=HOUR)
    assert too_late(SENDING, can, Marks(NOON, now), LATER, now=now, timeout=CALL) is late


def test_attempts_that_are_used_up_are_not_repeated_for_ever():
    worn = Delivery(Status.SENDING, NOON, attempts=MAX_ATTEMPTS, committed_at=NOON)
    can = Capabilities(dedupe=Dedupe.KEY)
    assert next_step(worn, can, probes=False, now=NOON, timeout=CALL) is Step.ASK


DOUBT = Delivery(Status.SENDING, NOON, attempts=1, committed_at=NOON, called_at=NOON)


@pytest.mark.parametrize(
    ("found", "dedupe", "status", "may_be_live"),
    [
        (Receipt("1"), Dedupe.LOOKUP, Status.SENT, True),
        (None, Dedupe.LOOKUP, Status.SCHEDULED, False),
        (None, Dedupe.TWO_PHASE, Status.SCHEDULED, False),
        (None, Dedupe.NONE, Status.IN_DOUBT, True),  # not finding it proves nothing
        (Transient("busy"), Dedupe.LOOKUP, Status.IN_DOUBT, True),
        (Permanent("gone"), Dedupe.LOOKUP, Status.IN_DOUBT, True),
    ],
)
def test_settles_a_probe(found, dedupe, status, may_be_live):
    after = settle_probe(DOUBT, found, Capabilities(dedupe=dedupe), NOON, 0.0)
    assert after.status is status
    assert (after.committed_at is not None) == may_be_live


LOOKUP = Capabilities(dedupe=Dedupe.LOOKUP)


def test_what_a_worker_died_over_and_is_not_there_is_sent_at_once():
    assert settle_probe(DOUBT, None, LOOKUP, NOON, 0.0).next_at == NOON


def test_a_delivery_that_kills_is_not_tried_for_ever():
    deadly = replace(FRESH, attempts=MAX_ATTEMPTS)
    assert next_step(deadly, LOOKUP, probes=True, now=NOON, timeout=CALL) is Step.STOP


def test_what_is_never_answered_and_never_there_is_given_up_in_the_end():
    delivery, waits = DOUBT, []
    while delivery.status is not Status.FAILED:
        called = settle(replace(delivery, status=Status.SENDING), Ambiguous("?"), NOON, 0.0, MARKS)
        delivery = settle_probe(called, None, LOOKUP, NOON, 0.0)
        waits.append(delivery.next_at and delivery.next_at - NOON)
    assert delivery.attempts == MAX_ATTEMPTS
    assert waits[:2] == [timedelta(seconds=15), timedelta(seconds=30)]


@pytest.mark.parametrize("at", [NOON, NOON - HOUR, None])
def test_a_probe_that_may_come_back_at_once_waits_all_the_same(at):
    after = settle_probe(DOUBT, RateLimited("slow", retry_at=at), LOOKUP, NOON, 0.0)
    assert (after.next_at, after.probes) == (NOON + UNNAMED_WAIT / 2, 0)


def test_a_probe_that_keeps_failing_ends_with_a_person():
    worn = Delivery(Status.SENDING, NOON, probes=MAX_PROBES - 1, committed_at=NOON)
    after = settle_probe(worn, Transient("busy"), Capabilities(dedupe=Dedupe.LOOKUP), NOON, 0.0)
    assert (after.status, after.next_at) == (Status.IN_DOUBT, None)


def test_the_key_belongs_to_the_thing_and_not_to_the_attempt():
    assert dedupe_key(7, 1, 0) == dedupe_key(7, 1, 0)
    assert len({dedupe_key(7, 1, 0), dedupe_key(7, 2, 0), dedupe_key(7, 1, 1), dedupe_key(8, 1, 0)}) == 4


@pytest.mark.parametrize(
    ("minutes", "policy", "then"),
    [
        (30, Missed.HOLD, Missed.SEND),
        (61, Missed.HOLD, Missed.HOLD),
        (61, Missed.SKIP, Missed.SKIP),
        (10**5, Missed.SEND, Missed.SEND),
    ],
)
def test_a_missed_time_follows_the_policy(minutes, policy, then):
    assert missed(NOON, NOON + timedelta(minutes=minutes), policy, HOUR) is then
