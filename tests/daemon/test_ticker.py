import threading
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.daemon.heartbeat import Heartbeat
from scheduler.daemon.ticker import LOOK_AGAIN, Ticker
from scheduler.services import housekeep
from scheduler.store import heartbeats, queue, turns
from scheduler.store.engine import reading, writing
from tests import world


@pytest.fixture
def ticker(engine, clock):
    woken = []
    made = Ticker(engine, clock, Heartbeat(engine, "me"), lambda: woken.append(clock()))
    made.woken = woken
    made.armed = []
    made.arm = made.armed.append
    return made


def put(engine, clock, **after):
    with writing(engine) as session:
        channel = world.channel(session, clock())
        at = clock() + timedelta(**after)
        queue.enqueue(session, world.post(session, clock(), "Hello"), channel.id, at, now=clock())


def test_arms_for_the_earliest_delivery(engine, clock, ticker):
    put(engine, clock, seconds=3)
    ticker.tick()
    assert ticker.woken == [clock()]
    assert ticker.armed == [clock() + timedelta(seconds=3)]


def test_looks_again_soon_whatever_is_far_away(engine, clock, ticker):
    put(engine, clock, days=3)
    ticker.tick()
    assert ticker.armed == [clock() + LOOK_AGAIN]


def test_does_not_spin_while_the_senders_are_behind(engine, clock, ticker):
    ticker._catch_up = lambda now: None
    put(engine, clock, seconds=-1)
    ticker.tick()
    assert ticker.armed == [clock() + LOOK_AGAIN]


def test_what_is_due_does_not_hide_what_is_next(engine, clock, ticker):
    put(engine, clock, seconds=-1)
    with writing(engine) as session:
        at = clock() + timedelta(milliseconds=80)
        queue.enqueue(session, world.post(session, clock(), "Next"), 1, at, now=clock())
    ticker.tick()
    assert ticker.armed == [at]


def test_what_a_service_in_trouble_keeps_waiting_is_not_sent_when_it_is_too_late(engine, clock, ticker):
    put(engine, clock, seconds=0)
    with writing(engine) as session:
        turns.set_gate(session, 1, opened_at=clock(), retry_at=clock() + timedelta(hours=3))
    for _ in range(14):
        ticker.tick()
        clock.advance(minutes=5)
        with writing(engine) as session:
            heartbeats.beat(session, "other", clock())  # nobody was asleep
    with reading(engine) as session:
        assert queue.counts(session) == {"held": 1}
        assert "while its service was in trouble" in queue.get(session, 1).reason


def test_beats_every_few_seconds(engine, clock, ticker):
    for _ in range(4):
        ticker.tick()
        clock.advance(seconds=4)
    with reading(engine) as session:
        (beat,) = heartbeats.all_of(session)
    assert beat.at == clock() - timedelta(seconds=4)
    assert beat.started_at == clock() - timedelta(seconds=16)


def test_after_a_suspended_machine_wakes_the_missed_times_are_decided_first(engine, clock, ticker):
    ticker.tick()
    put(engine, clock, minutes=10)
    clock.advance(hours=3)
    ticker.tick()
    with reading(engine) as session:
        assert queue.counts(session) == {"held": 1}


def test_a_database_that_does_not_answer_is_asked_again(engine, clock, ticker, caplog):
    ticker._heartbeat.beat = lambda now: (_ for _ in ()).throw(world.database_error())
    ticker.tick()
    assert ticker.armed == [clock() + LOOK_AGAIN]
    assert "does not answer" in caplog.text


def test_missed_times_that_could_not_be_decided_are_decided_at_the_next_tick(
    engine, clock, ticker, monkeypatch
):
    put(engine, clock, hours=-3)
    wake_up = housekeep.wake_up
    monkeypatch.setattr(housekeep, "wake_up", lambda *_: (_ for _ in ()).throw(world.database_error()))
    ticker.tick()
    assert ticker.woken == []  # or what was missed would go out as it is
    monkeypatch.setattr(housekeep, "wake_up", wake_up)
    ticker.tick()
    assert ticker.woken == [clock()]
    with reading(engine) as session:
        assert queue.counts(session) == {"held": 1}


def test_goes_on_beating_when_the_clock_is_set_back(engine, clock, ticker):
    ticker.tick()
    clock.advance(hours=-1)
    ticker.tick()
    with reading(engine) as session:
        (beat,) = heartbeats.all_of(session)
    assert beat.at == clock()


def test_a_clock_that_was_set_back_does_not_let_it_sleep(engine):
    fired = threading.Semaphore(0)
    ticker = Ticker(engine, lambda: datetime.now(UTC), Heartbeat(engine, "me"), fired.release)
    ticker.start()
    assert fired.acquire(timeout=10)
    with ticker._ticking:
        ticker.arm(datetime.now(UTC) + timedelta(hours=1))  # what was five seconds away is now an hour away
    ticker.nudge()
    assert fired.acquire(timeout=3)
    ticker.stop()


def test_the_real_clock_fires_and_stops(engine):
    fired = threading.Event()
    ticker = Ticker(engine, lambda: datetime.now(UTC), Heartbeat(engine, "me"), fired.set)
    ticker.start()
    assert fired.wait(10)
    ticker.stop()
