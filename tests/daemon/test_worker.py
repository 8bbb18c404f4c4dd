import threading
from contextlib import nullcontext
from types import SimpleNamespace

import pytest

from scheduler.daemon import worker as worker_module
from scheduler.daemon.worker import Worker
from tests import world


class Desk:
    """Stands in for the delivery service: hands out numbered work and notes what was done with it."""

    def __init__(self, monkeypatch, count=0):
        self.left = list(range(count))
        self.done, self.set_aside = [], []
        self.all_done = threading.Event()
        self.hold = threading.Event()
        self.hold.set()
        self.holding = threading.Event()
        monkeypatch.setattr(worker_module, "claim_next", self.claim)
        monkeypatch.setattr(worker_module, "deal_with", self.deal)
        monkeypatch.setattr(
            worker_module, "stumbled", lambda _o, work, error: self.set_aside.append(str(error))
        )

    def claim(self, _office, _lane):
        try:
            return SimpleNamespace(row=self.left.pop(0))
        except IndexError:
            self.all_done.set()
            return None

    def deal(self, _office, work):
        if work.row == 13:
            raise RuntimeError("boom")
        self.holding.set()
        self.hold.wait(10)
        self.done.append(work.row)


@pytest.fixture
def desk(monkeypatch):
    return Desk(monkeypatch)


def run(desk, count, senders=3):
    desk.left = list(range(count))
    worker = Worker(office=SimpleNamespace(renewing=nullcontext), senders=senders)
    worker.start()
    worker.wake()
    return worker


def test_works_until_nothing_is_due(desk):
    worker = run(desk, 10)
    assert desk.all_done.wait(10)
    worker.drain()
    assert sorted(desk.done) == list(range(10))


def test_an_unexpected_error_ends_neither_the_thread_nor_the_queue(desk, caplog):
    worker = run(desk, 20, senders=1)
    assert desk.all_done.wait(10)
    worker.drain()
    assert sorted(desk.done) == [n for n in range(20) if n != 13]
    assert desk.set_aside == ["boom"]
    assert "unexpected error" in caplog.text


def test_nor_does_an_error_over_an_error(desk, monkeypatch):
    def clumsy(_office, _work, _error):
        raise KeyError("twice")

    monkeypatch.setattr(worker_module, "stumbled", clumsy)
    worker = run(desk, 20, senders=1)
    for _ in range(100):
        worker.wake()  # as the clock does every few seconds
        if desk.all_done.wait(0.01):
            break
    worker.drain()
    assert sorted(desk.done) == [n for n in range(20) if n != 13]


def test_draining_finishes_what_is_in_hand_and_takes_nothing_more(desk):
    desk.hold.clear()
    worker = run(desk, 5, senders=1)
    assert desk.holding.wait(10)
    drained = threading.Thread(target=worker.drain)
    drained.start()
    assert drained.is_alive()
    desk.hold.set()
    drained.join(10)
    assert not drained.is_alive()
    assert desk.done == [0]
    assert desk.left == [1, 2, 3, 4]


def test_a_wake_that_comes_while_it_works_is_not_lost(desk):
    desk.hold.clear()
    worker = run(desk, 1, senders=1)
    assert desk.holding.wait(10)
    desk.left.append(1)
    worker.wake()
    desk.hold.set()
    assert desk.all_done.wait(10)
    worker.drain()
    assert desk.done == [0, 1]


class Clumsy:
    """Many at a time, with a database that is busy at the wrong moment."""

    def __init__(self):
        self.flying, self.busy = 1, 2
        self.rounds, self.given_back = [], False

    def round(self, more):
        self.rounds.append(more)
        if not more and self.busy:
            self.busy -= 1
            raise world.database_error()
        self.flying = int(more)
        return more

    def give_back(self):
        self.given_back = True


def test_what_came_back_is_written_before_it_stops_although_the_database_was_busy():
    many = Clumsy()
    worker = Worker(office=SimpleNamespace(renewing=nullcontext), senders=1)
    many.wait = lambda _seconds: worker.stop_taking()
    worker.wake()
    worker._run_many(many)  # as its thread does
    assert many.rounds == [True, False, False, False]
    assert many.flying == 0
    assert many.given_back
