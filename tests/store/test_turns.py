"""Whose turn it is, on the real tables."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlmodel import Session

from scheduler.channels import Adapter, kinds
from scheduler.domain.breaker import FAILURES
from scheduler.domain.capabilities import Capabilities, Mail, Rate
from scheduler.domain.pause import Pause, Reach, Target
from scheduler.domain.throttle import Bucket
from scheduler.domain.turns import Lane
from scheduler.store import buckets, channels, pauses, queue, turns
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import ChannelRow, WorkspaceRow
from tests import world

LEASE = timedelta(seconds=90)


class Limited(Adapter):
    kind, label = "limited", "Limited"
    can = Capabilities(rates=(Rate(most=4, per=timedelta(minutes=1), signals=("x-ratelimit",)),))


class Mailer(Adapter):
    kind, label = "mailer", "Mailer"
    can = Capabilities(mail=Mail(batch=100, max_bytes=1000))


@pytest.fixture(autouse=True)
def two_kinds(monkeypatch):
    for adapter in (Limited, Mailer):
        monkeypatch.setitem(kinds(), adapter.kind, adapter)


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


def channel(session: Session, clock, name: str, kind: str = "none", workspace_id: int = 1) -> ChannelRow:
    world.workspace(session, clock())
    row = ChannelRow(
        workspace_id=workspace_id, name=name, kind=kind, zone="UTC", config="", created_at=clock()
    )
    return channels.add(session, row)


def due(session, clock, row, count=1):
    return world.due(session, world.post(session, clock(), "Hello"), row, clock(), count)


def claim(session, clock, limit=1, lane=Lane.POSTS_FIRST, only=None):
    clock.advance(milliseconds=1)
    rows = queue.claim(session, clock(), owner="me", lease=LEASE, limit=limit, lane=lane, only=only)
    return [row.channel_id for row in rows]


def test_channels_take_turns_however_long_one_of_their_queues_is(session, clock):
    long, short = channel(session, clock, "long"), channel(session, clock, "short")
    due(session, clock, long, 20)
    due(session, clock, short, 2)
    assert [claim(session, clock)[0] for _ in range(4)] == [long.id, short.id, long.id, short.id]


def test_two_workspaces_share_however_many_channels_one_has(session, clock):
    crowd = [channel(session, clock, f"crowd {number}") for number in range(4)]
    other = WorkspaceRow(name="Other", created_at=clock())
    session.add(other)
    session.flush()
    alone = channel(session, clock, "alone", workspace_id=other.id)
    for row in (*crowd, alone):
        due(session, clock, row, 10)
    taken = [claim(session, clock)[0] for _ in range(10)]
    assert taken.count(alone.id) == 5


def test_a_post_that_is_due_now_passes_every_batch_that_waits(session, clock):
    mail = channel(session, clock, "mail", "mailer")
    due(session, clock, mail, 50)
    assert claim(session, clock) == [mail.id]
    clock.advance(minutes=1)
    post = channel(session, clock, "post")
    due(session, clock, post)
    assert claim(session, clock) == [post.id]
    assert claim(session, clock, lane=Lane.POSTS_ONLY) == []
    due(session, clock, post)
    assert claim(session, clock, lane=Lane.MAIL_FIRST) == [mail.id]


def test_one_channel_s_limit_delays_nobody_else_and_survives(session, clock):
    limited, free = channel(session, clock, "limited", "limited"), channel(session, clock, "free")
    due(session, clock, limited, 5)
    due(session, clock, free, 2)
    assert claim(session, clock, limit=9) == [limited.id]  # a quarter of four may go at once
    assert claim(session, clock) == [free.id]
    assert claim(session, clock) == [free.id]
    assert claim(session, clock) == []
    until = queue.earliest(session, clock())
    assert until is not None
    assert timedelta(seconds=10) < until - clock() < timedelta(seconds=20)
    clock.now = until
    assert claim(session, clock) == [limited.id]


def test_the_clock_asks_again_as_soon_as_a_limit_lets_more_through(session, clock):
    """Or the clock, armed before the senders had taken what it let through, would come back much later."""
    limited = channel(session, clock, "limited", "limited")
    due(session, clock, limited, 3)
    before = queue.earliest(session, clock())
    assert claim(session, clock, limit=9) == [limited.id]
    assert before is not None
    assert timedelta() < queue.earliest(session, clock()) - before <= timedelta(milliseconds=1)
    clock.now = before + timedelta(milliseconds=1)
    assert claim(session, clock, limit=9) == [limited.id]


def test_channels_of_one_account_share_its_limit(session, clock):
    for name in ("one", "two"):
        row = channel(session, clock, name, "limited")
        turns.set_gate(session, row.id, account="ab12")
        due(session, clock, row, 2)
    assert len(claim(session, clock)) == 1
    assert claim(session, clock) == []
    assert buckets.get(session, ["account:limited:ab12:60"])


def test_an_open_breaker_lets_one_delivery_try(session, clock):
    row = channel(session, clock, "down")
    rows = due(session, clock, row, 3)
    opened = clock()
    turns.set_gate(
        session,
        row.id,
        failures=FAILURES,
        last_failed=rows[0].id,
        opened_at=opened,
        trips=1,
        retry_at=opened + timedelta(seconds=30),
    )
    assert claim(session, clock, limit=3) == []
    assert queue.earliest(session, clock()) == opened + timedelta(seconds=30)
    clock.advance(seconds=30)
    (tried,) = queue.claim(session, clock(), owner="me", lease=LEASE, limit=3)
    assert tried.id == rows[1].id  # not the one that failed last
    assert claim(session, clock, limit=3) == []
    clock.advance(seconds=91)  # whoever tried has died
    assert len(claim(session, clock, limit=3)) == 1


@pytest.mark.parametrize("reach", [Reach.ALL, Reach.WORKSPACE])
def test_nothing_is_taken_while_it_is_paused(session, clock, reach):
    row = channel(session, clock, "hook")
    (delivery,) = due(session, clock, row)
    target = Target(reach, 0 if reach is Reach.ALL else 1)
    assert pauses.add(session, Pause(target, clock(), "ana", "the wrong photo"))
    assert not pauses.add(session, Pause(target, clock(), "ben", "too late"))
    assert claim(session, clock) == []
    assert claim(session, clock, only=delivery.id) == []
    assert queue.earliest(session, clock()) is None
    pauses.remove(session, target)
    assert claim(session, clock) == [row.id]


def test_a_bucket_that_somebody_else_just_made_is_changed(session, clock):
    first, second = Bucket(4, timedelta(minutes=1)), Bucket(8, timedelta(minutes=1))
    buckets.put(session, "k", first)
    buckets.put(session, "k", second)
    assert buckets.get(session, ["k"]) == {"k": second}


def test_the_first_claims_of_a_channel_may_come_at_once(database, clock):
    engines = [open_engine(database), open_engine(database)]
    with writing(engines[0]) as session:
        number = channel(session, clock, "new").id

    def serve(engine):
        with writing(engine, concurrent=True) as session:
            turns.set_gate(session, number, served_at=clock())

    with ThreadPoolExecutor(1) as pool:
        with writing(engines[0], concurrent=True) as session:
            turns.set_gate(session, number, failures=1)
            second = pool.submit(serve, engines[1])
            Event().wait(0.1)  # it has found no row by now, and waits to insert its own
        second.result(30)
    with reading(engines[0]) as session:
        gate = turns.gate(session, number)
        assert (gate.failures, gate.served_at) == (1, clock())
    for engine in engines:
        engine.dispose()


def test_what_a_dead_worker_had_in_hand_does_not_keep_its_channel_behind_all_others(session, clock):
    dead, busy = channel(session, clock, "dead"), channel(session, clock, "busy")
    due(session, clock, dead, 10)
    assert claim(session, clock, limit=10) == [dead.id] * 10
    clock.advance(seconds=LEASE.total_seconds())
    due(session, clock, busy, 10)
    assert {claim(session, clock)[0] for _ in range(2)} == {dead.id, busy.id}
