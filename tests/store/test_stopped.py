"""What is in doubt is looked up although a person stopped its channel."""

from datetime import timedelta

import pytest

from scheduler.domain.breaker import FAILURES
from scheduler.domain.delivery import Status
from scheduler.domain.pause import Pause, Reach, Target
from scheduler.domain.turns import Lane
from scheduler.store import channels, pauses, queue, turns
from scheduler.store.engine import writing
from scheduler.store.tables import ChannelRow
from tests import world

LEASE = timedelta(seconds=90)
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


@pytest.fixture
def hook(session, clock):
    world.workspace(session, clock())
    row = ChannelRow(workspace_id=1, name="hook", kind="none", zone="UTC", config="", created_at=clock())
    return channels.add(session, row)


@pytest.fixture
def doubt(session, clock, hook):
    """In doubt, and looked up again in a minute; behind one that is due."""
    due, doubt = world.due(session, world.post(session, clock()), hook, clock(), 2)
    at = clock() + A_MINUTE
    queue.change(session, doubt, status=Status.IN_DOUBT, next_at=at, committed_at=clock())
    assert due.id < doubt.id
    return doubt


def claim(session, clock, lane=Lane.POSTS_FIRST):
    rows = queue.claim(session, clock(), owner="me", lease=LEASE, limit=9, lane=lane)
    return [row.id for row in rows]


def pause(session, clock, target):
    if target.reach is Reach.CHANNEL:
        channels.pause(session, target.id, "the wrong photo", clock(), by="ana")
    else:
        pauses.add(session, Pause(target, clock(), "ana", ""))


STOPS = [Target(Reach.ALL), Target(Reach.WORKSPACE, 1), Target(Reach.CHANNEL, 1)]


@pytest.mark.parametrize("target", STOPS)
def test_it_is_claimed_at_its_time_and_nothing_else_is(session, clock, doubt, target):
    pause(session, clock, target)
    assert claim(session, clock) == []
    assert queue.earliest(session, clock()) == doubt.next_at
    clock.advance(minutes=1)
    assert claim(session, clock) == [doubt.id]
    assert claim(session, clock) == []


def test_so_is_what_a_worker_died_over_after_the_mark(session, clock, hook):
    row, _ = world.due(session, world.post(session, clock()), hook, clock(), 2)
    (claimed, other) = queue.claim(session, clock(), owner="gone", lease=LEASE, limit=2)
    queue.owned(session, claimed.id, "gone", committed_at=clock())
    pause(session, clock, Target(Reach.CHANNEL, hook.id))
    assert claim(session, clock) == []  # its worker may live
    assert queue.earliest(session, clock()) == clock() + LEASE
    clock.advance(seconds=91)
    assert claim(session, clock) == [row.id]
    assert other.id == 2


def test_not_where_the_credentials_were_refused(session, clock, doubt):
    channels.pause(session, doubt.channel_id, "no longer accepted", clock())
    clock.advance(minutes=5)
    assert claim(session, clock) == []
    assert queue.earliest(session, clock()) is None
    pause(session, clock, Target(Reach.ALL))
    assert claim(session, clock) == []


def test_what_waits_for_a_person_is_left_to_them(session, clock, doubt):
    queue.change(session, doubt, next_at=None)
    pause(session, clock, Target(Reach.ALL))
    clock.advance(days=1)
    assert claim(session, clock) == []


def test_the_lane_and_the_breaker_of_its_channel_hold(session, clock, doubt):
    pause(session, clock, Target(Reach.ALL))
    clock.advance(minutes=2)
    assert claim(session, clock, Lane.MAIL_ONLY) == []
    until = clock() + A_MINUTE
    turns.set_gate(session, doubt.channel_id, failures=FAILURES, opened_at=clock(), trips=1, retry_at=until)
    assert claim(session, clock) == []
    assert queue.earliest(session, clock()) == until
    clock.advance(minutes=1)
    assert claim(session, clock) == [doubt.id]


def test_an_article_that_is_paused_stops_no_channel(session, clock, doubt):
    pause(session, clock, Target(Reach.ARTICLE, 1))
    clock.advance(minutes=1)
    assert claim(session, clock) == [1, doubt.id]
