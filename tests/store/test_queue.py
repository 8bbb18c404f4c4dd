from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from scheduler.domain.delivery import Status
from scheduler.domain.message import Receipt
from scheduler.store import channels, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.queue import LeaseLost
from scheduler.store.tables import ChannelRow
from tests import world

LEASE = timedelta(seconds=90)


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


@pytest.fixture
def hook(session, clock):
    """A channel without an adapter: the queue does not look into it."""
    world.workspace(session, clock())
    row = ChannelRow(workspace_id=1, name="hook", kind="none", zone="UTC", config="", created_at=clock())
    return channels.add(session, row)


@pytest.fixture
def piece(session, clock):
    return world.post(session, clock(), "Hello")


def claim(session, clock, owner="a", limit=10):
    return queue.claim(session, clock(), owner=owner, lease=LEASE, limit=limit)


def test_what_is_due_is_claimed_once_in_the_order_of_its_time(session, clock, hook, piece):
    first, second = world.due(session, piece, hook, clock(), 2)
    assert [row.id for row in claim(session, clock)] == [first.id, second.id]
    assert claim(session, clock, "b") == []


def test_what_is_not_due_waits(session, clock, hook, piece):
    row = queue.enqueue(session, piece, hook.id, clock() + timedelta(seconds=1), now=clock())
    assert claim(session, clock) == []
    assert queue.earliest(session, clock()) == row.due_at
    clock.advance(seconds=1)
    assert [r.id for r in claim(session, clock)] == [row.id]


def test_a_dead_worker_s_delivery_is_taken_over_and_it_may_write_no_more(session, clock, hook, piece):
    world.due(session, piece, hook, clock())
    (mine,) = claim(session, clock, "a")
    clock.advance(seconds=91)
    (theirs,) = claim(session, clock, "b")
    assert theirs.id == mine.id
    assert theirs.attempts == 1  # it may be the delivery that kills
    with pytest.raises(LeaseLost):
        queue.owned(session, mine.id, "a", committed_at=clock())
    queue.owned(session, mine.id, "b", committed_at=clock())


def test_what_was_taken_over_and_settled_is_lost_and_no_clash(session, clock, hook, piece):
    """Whoever wakes up late finds a receipt there: that is no error of the database's."""
    world.due(session, piece, hook, clock())
    (mine,) = claim(session, clock, "a")
    clock.advance(seconds=91)
    (theirs,) = claim(session, clock, "b")
    queue.item_sent(session, theirs, 0, Receipt("9"), clock(), clock())
    with pytest.raises(LeaseLost):
        queue.item_sent(session, mine, 0, Receipt("9"), clock(), clock())


def test_a_paused_channel_keeps_its_queue(session, clock, hook, piece):
    world.due(session, piece, hook, clock())
    assert channels.pause(session, hook.id, "its token expired", clock())
    assert not channels.pause(session, hook.id, "again", clock())  # said once
    assert claim(session, clock) == []
    assert queue.earliest(session, clock()) is None
    channels.set_values(session, hook.id, {"paused_at": None})
    assert len(claim(session, clock)) == 1


def test_a_channel_that_was_asked_to_wait_delays_only_itself(session, clock, hook, piece):
    other = channels.add(
        session,
        ChannelRow(workspace_id=1, name="other", kind="none", zone="UTC", config="", created_at=clock()),
    )
    world.due(session, piece, hook, clock())
    (free,) = world.due(session, piece, other, clock())
    until = clock() + timedelta(minutes=5)
    channels.set_values(session, hook.id, {"resume_at": until})
    (mine,) = claim(session, clock)
    assert mine.id == free.id
    assert queue.earliest(session, clock()) == clock() + LEASE  # the claimed one's lease ends first
    queue.settle(session, mine, replace(queue.decision(mine), status=Status.SENT, next_at=None), clock())
    assert queue.earliest(session, clock()) == until


def test_a_slot_is_reserved_once(session, clock, hook, piece):
    def take(key):
        queue.enqueue(session, piece, hook.id, clock(), now=clock(), slot_key=key)

    take("2026-03-02T09:00")
    take(None)
    take(None)
    with pytest.raises(IntegrityError):
        take("2026-03-02T09:00")


def test_a_settled_delivery_is_let_go(session, clock, hook, piece):
    world.due(session, piece, hook, clock())
    (row,) = claim(session, clock)
    queue.item_sent(session, row, 0, Receipt("9", "https://x.example/9"), clock(), clock())
    queue.settle(session, row, replace(queue.decision(row), status=Status.SENT, next_at=None), clock())
    session.expire_all()
    stored = queue.get(session, row.id)
    assert (stored.status, stored.owner, stored.next_at) == ("sent", "", None)
    assert (stored.remote_id, stored.url, stored.settled_at) == ("9", "https://x.example/9", clock())
    assert [r.remote_id for r in queue.receipts(session, row.id)] == ["9"]
    assert queue.counts(session) == {"sent": 1}


def test_a_person_cannot_change_what_a_worker_holds(session, clock, hook, piece):
    (seen,) = world.due(session, piece, hook, clock())
    session.expunge(seen)  # what the person saw a moment ago
    claim(session, clock)
    assert not queue.change(session, seen, status=Status.CANCELLED)


def test_two_writers_never_claim_the_same(database, clock):
    engines = [open_engine(database), open_engine(database)]
    with writing(engines[0]) as session:
        world.workspace(session, clock())
        hook = channels.add(
            session,
            ChannelRow(workspace_id=1, name="hook", kind="none", zone="UTC", config="", created_at=clock()),
        )
        world.due(session, world.post(session, clock(), "Hello"), hook, clock(), 60)

    def take_all(engine):
        taken = []
        while True:
            with writing(engine) as session:
                rows = queue.claim(session, clock(), owner=str(id(engine)), lease=LEASE, limit=3)
            if not rows:
                return taken
            taken += [row.id for row in rows]

    with ThreadPoolExecutor(2) as pool:
        a, b = pool.map(take_all, engines)
    assert sorted(a + b) == sorted({*a, *b})
    assert len(a) + len(b) == 60
    with reading(engines[0]) as session:
        assert queue.counts(session) == {"sending": 60}
    for engine in engines:
        engine.dispose()
