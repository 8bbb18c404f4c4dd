"""Leases are short and renewed: who lives keeps its work, and who dies or hangs loses it soon."""

from datetime import timedelta
from threading import Event

import pytest

from scheduler.services.deliver import Work
from scheduler.services.leases import HANGS, LEASE, Leases
from scheduler.store import channels, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import ChannelRow
from tests import world


@pytest.fixture
def engine(database):
    engine = open_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def work(engine, clock):
    with writing(engine) as session:
        world.workspace(session, clock())
        row = ChannelRow(workspace_id=1, name="hook", kind="none", zone="UTC", config="", created_at=clock())
        hook = channels.add(session, row)
        world.due(session, world.post(session, clock()), hook, clock())
        (claimed,) = queue.claim(session, clock(), owner="a", lease=LEASE)
        return Work(claimed, hook)


def end(engine):
    with reading(engine) as session:
        return queue.get(session, 1).next_at


def test_what_is_in_hand_is_renewed_and_nothing_else(engine, clock, work):
    leases, claimed = Leases(), clock()
    clock.advance(seconds=10)
    leases.renew(engine, clock(), LEASE)
    assert end(engine) == work.until == claimed + LEASE
    with leases.holding(work):
        leases.renew(engine, clock(), LEASE)
        assert end(engine) == work.until == clock() + LEASE
    clock.advance(seconds=10)
    leases.renew(engine, clock(), LEASE)
    assert end(engine) == clock() + LEASE - timedelta(seconds=10)


def test_what_another_worker_took_over_is_not_renewed(engine, clock, work):
    clock.advance(seconds=31)
    with writing(engine) as session:
        assert queue.claim(session, clock(), owner="b", lease=LEASE)
    taken, known = clock(), work.until
    clock.advance(seconds=1)
    leases = Leases()
    with leases.holding(work):
        leases.renew(engine, clock(), LEASE)
    assert end(engine) == taken + LEASE
    assert work.until == known


def test_what_is_settled_is_not_renewed(engine, clock, work):
    leases = Leases()
    with leases.holding(work):
        with writing(engine) as session:
            queue.owned(session, 1, "a", owner="", next_at=None, status="sent")
        leases.renew(engine, clock(), LEASE)
    assert end(engine) is None


def test_what_hangs_is_left_to_another(engine, clock, work):
    leases = Leases()
    with leases.holding(work):
        work.step(clock(), clock() + LEASE)
        clock.advance(seconds=HANGS.total_seconds())
        before = end(engine)
        leases.renew(engine, clock(), LEASE)
    assert end(engine) == before


def test_a_thread_renews_until_the_end_of_the_block_whatever_the_database_says(
    engine, clock, work, monkeypatch, caplog
):
    leases, renewed, tried = Leases(), Event(), []

    def renew(*args):
        tried.append(args)
        if len(tried) == 1:
            raise world.database_error()
        renewed.set()

    monkeypatch.setattr(leases, "renew", renew)
    with leases.renewing(engine, clock, timedelta(milliseconds=4)):
        assert renewed.wait(10)
    count = len(tried)
    assert "could not be renewed" in caplog.text
    assert not Event().wait(0.02)
    assert len(tried) == count


def test_what_was_lost_to_another_thread_of_ours_is_renewed_for_that_one(engine, clock, work):
    leases = Leases()
    with leases.holding(work):
        clock.advance(seconds=31)
        with writing(engine) as session:
            (taken,) = queue.claim(session, clock(), owner="b", lease=LEASE)
        other = Work(taken, work.channel)
        with leases.holding(other):
            clock.advance(seconds=1)
            leases.renew(engine, clock(), LEASE)
            assert end(engine) == other.until == clock() + LEASE
        leases.renew(engine, clock() + LEASE, LEASE)  # the first one's token is nobody's any more
        assert end(engine) == other.until
