"""What an attempt teaches about its channel."""

from datetime import timedelta

import pytest

from scheduler.channels import Reply
from scheduler.domain.breaker import FAILURES, Circuit
from scheduler.domain.capabilities import Scope
from scheduler.domain.errors import Permanent, RateLimited, Transient
from scheduler.domain.message import Receipt
from scheduler.services import connect, limits
from scheduler.store import buckets, channels, events, turns
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
    status = 429 if isinstance(outcome, RateLimited) else 200
    answers = [Reply(status, headers=fields, at=clock())]
    adapter = world.adapter_of(channel)
    limits.note(session, channel, adapter, delivery, outcome, answers, now=clock(), spread=0.0)
    session.expire_all()


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
    fields = {"x_ratelimit_limit": "300", "x_ratelimit_remaining": "0"}
    note(session, clock, one, RateLimited("slow down", "http-429", until), **fields)
    assert bucket(session, same).ready_at(clock()) == until
    note(session, clock, other, Receipt("1"), **fields | {"x_ratelimit_remaining": "299"})
    assert bucket(session, other).ready_at(clock()) == clock()


@pytest.mark.parametrize("fields", [{}, {"x_ratelimit_limit": "300", "x_ratelimit_remaining": "7"}])
def test_a_refusal_that_speaks_of_no_limit_is_its_channels_alone(session, clock, fields):
    one, same = (mastodon(session, clock, name, "one") for name in ("a", "b"))
    until = clock() + timedelta(minutes=3)
    turns.charge(session, turns.running(session, only=same.id)[0].rates, 1, clock())  # there is a bucket
    note(session, clock, one, RateLimited("slow down", "http-429", until), **fields)
    assert channels.get(session, one.id).resume_at == until
    assert bucket(session, same).ready_at(clock()) == clock()


def closed(session, clock, channel):
    """The scope and span of each limit of a channel that its service closed."""
    (turn,) = turns.running(session, only=channel.id)
    known = turns.known_buckets(session, [turn])
    return {
        (rate.scope, rate.per.total_seconds())
        for key, rate in turn.rates.items()
        if key in known and known[key].closed_until is not None
    }


@pytest.mark.parametrize(
    ("most", "seconds", "scope"),
    [(3000, 300, Scope.HOST), (5000, 3600, Scope.ACCOUNT), (35_000, 86_400, Scope.ACCOUNT)],
)
def test_only_the_limit_that_is_spoken_of_is_closed(session, clock, most, seconds, scope):
    here = {"server": "https://pds.example", "app_password": "abcd-efgh"}
    one, other = (
        world.channel(session, clock(), "bluesky", name=name, handle=name, **here) for name in ("a", "b")
    )
    turns.charge(session, turns.running(session, only=one.id)[0].rates, 1, clock())
    turns.charge(session, turns.running(session, only=other.id)[0].rates, 1, clock())
    reset = str(int((clock() + timedelta(minutes=3)).timestamp()))
    fields = {
        "ratelimit_limit": str(most),
        "ratelimit_remaining": "0",
        "ratelimit_reset": reset,
        "ratelimit_policy": f"{most};w={seconds}",
    }
    until = clock() + timedelta(minutes=3)
    note(session, clock, one, RateLimited("slow down", "http-429", until), **fields)
    assert closed(session, clock, one) == {(scope, seconds)}
    assert closed(session, clock, other) == ({(scope, seconds)} if scope is Scope.HOST else set())


@pytest.mark.parametrize(
    ("said", "scopes"), [("global", {Scope.HOST}), ("shared", set()), ("user", {Scope.ACCOUNT})]
)
def test_discord_says_whose_limit_it_is(session, clock, said, scopes):
    hook = world.channel(session, clock(), "discord", webhook_url="https://discord.com/api/webhooks/1/token")
    turns.charge(session, turns.running(session, only=hook.id)[0].rates, 1, clock())
    fields = {"x_ratelimit_scope": said, "retry_after": "60"}
    if said == "user":
        fields |= {"x_ratelimit_limit": "5", "x_ratelimit_remaining": "0", "x_ratelimit_reset_after": "60"}
    reply = Reply(429, headers={name.replace("_", "-"): value for name, value in fields.items()}, at=clock())
    note(session, clock, hook, world.adapter_of(hook).error(reply), **fields)
    assert {scope for scope, _ in closed(session, clock, hook)} == scopes
    assert channels.get(session, hook.id).resume_at == clock() + timedelta(minutes=1)


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


def refuse(session, clock, channel, **until):
    note(
        session,
        clock,
        channel,
        RateLimited("asked us to slow down", "http-429", clock() + timedelta(**until)),
    )


def test_who_always_says_later_is_in_trouble_told_once_and_asked_less_often(session, clock):
    channel = mastodon(session, clock)
    for _ in range(FAILURES):
        refuse(session, clock, channel, seconds=1)
        clock.advance(seconds=2)
    assert told(session) == []  # it was asked again once fewer: the first "later" is no trouble
    for _ in range(3):
        refuse(session, clock, channel, seconds=1)
        clock.advance(minutes=20)
    assert told(session) == ["trouble"]
    assert "asked us to slow down, again and again" in events.latest(session)[0].text
    refuse(session, clock, channel, seconds=1)
    gate = turns.breaker_of(turns.gate(session, channel.id))
    assert gate.retry_at - clock() > timedelta(minutes=1)
    clock.advance(minutes=20)
    note(session, clock, channel, Receipt("1"))
    assert told(session) == ["trouble", "recovered"]
    assert channels.get(session, channel.id).resume_at is None


def test_many_that_are_refused_at_once_are_one_refusal(session, clock):
    channel = mastodon(session, clock)
    refuse(session, clock, channel, seconds=1)
    session.expunge(claimed := channels.get(session, channel.id))
    clock.advance(seconds=2)
    for _ in range(3 * FAILURES):  # all were claimed when the wait was over
        refuse(session, clock, claimed, seconds=1)
    assert turns.breaker_of(turns.gate(session, channel.id)).failures == 1
    assert told(session) == []


def test_every_call_of_a_thread_is_counted(session, clock):
    channel = mastodon(session, clock)
    answers = [Reply(200, at=clock())] * 4
    adapter = world.adapter_of(channel)
    limits.note(session, channel, adapter, 1, Receipt("1"), answers, now=clock(), spread=0.0)
    assert bucket(session, channel).left(clock()) == 72  # of 75 at once; the claim has paid for the fourth
