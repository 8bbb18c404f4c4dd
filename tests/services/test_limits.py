"""What an attempt teaches about its channel."""

from datetime import timedelta

import pytest

from scheduler.channels import Reply
from scheduler.domain.breaker import FAILURES, Circuit
from scheduler.domain.errors import Permanent, RateLimited, Transient
from scheduler.domain.message import Receipt
from scheduler.services import connect, limits
from scheduler.store import buckets, events, turns
from scheduler.store.engine import writing
from tests import world

DOWN = Transient("Mastodon could not be reached", "ConnectError")


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


def mastodon(session, clock, name="us", token="t0ken"):
    return world.channel(
        session, clock(), "mastodon", name=name, server="https://social.example", token=token
    )


def note(session, clock, channel, outcome, *, delivery=1, **headers):
    fields = {name.replace("_", "-"): value for name, value in headers.items()}
    answers = [Reply(200, headers=fields, at=clock())]
    adapter = world.adapter_of(channel)
    limits.note(session, channel, adapter, delivery, outcome, answers, now=clock(), spread=0.0)


def bucket(session, channel):
    (turn,) = turns.running(session, only=channel.id)
    (found,) = turns.known_buckets(session, [turn]).values()
    return found


def told(session):
    return [event.kind for event in reversed(events.latest(session))]


def test_what_is_left_is_learnt_from_an_answer(session, clock):
    channel = mastodon(session, clock)
    fields = {"x_ratelimit_limit": "60", "x_ratelimit_remaining": "2", "x_ratelimit_reset": "100"}
    note(session, clock, channel, Receipt("1"), **fields)
    learnt = bucket(session, channel)
    assert (learnt.most, learnt.left(clock())) == (60, 2)
    (turn,) = turns.running(session, only=channel.id)
    assert buckets.told(session, next(iter(turn.rates))) == (2, clock())


def test_who_is_told_to_wait_keeps_the_others_of_its_account_waiting(session, clock):
    one, same, other = (
        mastodon(session, clock, name, token) for name, token in (("a", "one"), ("b", "one"), ("c", "two"))
    )
    until = clock() + timedelta(minutes=3)
    fields = {"x_ratelimit_limit": "300", "x_ratelimit_remaining": "299"}
    note(session, clock, one, RateLimited("slow down", "http-429", until), **fields)
    assert bucket(session, same).ready_at(clock()) == until
    note(session, clock, other, Receipt("1"), **fields)
    assert bucket(session, other).ready_at(clock()) == clock()


def test_the_account_is_kept_as_a_digest_that_changes_with_the_credentials(session, clock):
    channel = mastodon(session, clock)
    first = turns.gate(session, channel.id)
    assert (first.host, len(first.account)) == ("social.example", 32)
    assert "t0ken" not in first.account
    before = first.account
    connect.reconfigure(session, channel, {"token": "another"}, world.VAULT)
    assert turns.gate(session, channel.id).account not in {"", before}


def test_trouble_is_told_once_and_so_is_its_end(session, clock):
    channel = mastodon(session, clock)
    for number in range(1, FAILURES + 1):
        note(session, clock, channel, DOWN, delivery=number)
    assert told(session) == ["trouble"]
    assert turns.breaker_of(turns.gate(session, channel.id)).state(clock()) is Circuit.OPEN
    clock.advance(minutes=20)
    note(session, clock, channel, DOWN, delivery=9)  # tried, in vain
    assert told(session) == ["trouble"]
    clock.advance(minutes=20)
    note(session, clock, channel, Permanent("no", "http-422"), delivery=9)
    assert told(session) == ["trouble", "recovered"]
    assert "after 40 minutes" in events.latest(session)[0].text
    assert turns.breaker_of(turns.gate(session, channel.id)).state(clock()) is Circuit.CLOSED


def test_every_call_of_a_thread_is_counted(session, clock):
    channel = mastodon(session, clock)
    answers = [Reply(200, at=clock())] * 4
    adapter = world.adapter_of(channel)
    limits.note(session, channel, adapter, 1, Receipt("1"), answers, now=clock(), spread=0.0)
    assert bucket(session, channel).left(clock()) == 72  # of 75 at once; the claim has paid for the fourth
