from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.breaker import FAILURES, FIRST_WAIT, LONGEST_WAIT, Breaker, Circuit, after
from scheduler.domain.errors import Ambiguous, AuthExpired, Permanent, RateLimited, Transient
from scheduler.domain.message import Receipt

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
DOWN = Transient("busy", "http-503")


def failed(times: int, breaker: Breaker = Breaker()) -> Breaker:
    for number in range(1, times + 1):
        breaker = after(breaker, DOWN, number, NOON, 0.0)
    return breaker


def test_it_opens_when_several_deliveries_in_a_row_fail():
    assert failed(FAILURES - 1).state(NOON) is Circuit.CLOSED
    opened = failed(FAILURES)
    assert opened.state(NOON) is Circuit.OPEN
    assert opened.state(NOON + FIRST_WAIT) is Circuit.TRYING


def test_a_delivery_that_fails_alone_does_not_open_it():
    breaker = Breaker()
    for _ in range(3 * FAILURES):
        breaker = after(breaker, DOWN, 7, NOON, 0.0)
    assert breaker.state(NOON) is Circuit.CLOSED


@pytest.mark.parametrize("answer", [Receipt("1"), Permanent("no"), RateLimited("slow"), None])
def test_any_answer_closes_it(answer):
    assert after(failed(FAILURES), answer, 9, NOON, 0.0) == Breaker()


def test_who_says_later_again_and_again_is_in_trouble_and_asked_ever_less_often():
    breaker, now, waits = Breaker(), NOON, []
    for _ in range(FAILURES + 8):
        breaker = after(breaker, RateLimited("later"), 7, now, 0.0, again=True)
        if breaker.retry_at is not None:
            waits.append(breaker.retry_at - now)
            now = breaker.retry_at
    assert len(waits) == 9
    assert waits[0] == FIRST_WAIT / 2
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT / 2  # of which the other half is chance


@pytest.mark.parametrize("outcome", [AuthExpired("who?")])
def test_refused_credentials_are_another_matter(outcome):
    opened = failed(FAILURES)
    assert after(opened, outcome, 9, NOON, 0.0) == opened


def test_our_own_mistakes_are_not_the_service_s():
    assert after(failed(FAILURES - 1), Transient("oops", "bug:KeyError"), 9, NOON, 0.0) == Breaker()


def test_an_unanswered_call_counts():
    assert after(Breaker(), Ambiguous("silence"), 1, NOON, 0.0).failures == 1


@given(tries=st.integers(1, 40), spread=st.floats(0, 1, exclude_max=True))
def test_it_waits_ever_longer_and_remembers_since_when(tries, spread):
    breaker, now, last = failed(FAILURES), NOON, timedelta()
    for _ in range(tries):
        now = breaker.retry_at or now
        breaker = after(breaker, DOWN, 7, now, spread)
        assert breaker.retry_at is not None
        wait = breaker.retry_at - now
        assert last <= wait <= LONGEST_WAIT
        last = wait
    assert breaker.opened_at == NOON
