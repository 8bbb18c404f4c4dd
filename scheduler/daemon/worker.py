"""The senders: threads that take what is due until nothing is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from queue import Empty, SimpleQueue
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy.exc import OperationalError

from scheduler.domain.errors import PullquoteError
from scheduler.domain.turns import Lane, lanes
from scheduler.services.deliver import WRITE_TRIES, Office, Work, claim_next, deal_with, stumbled
from scheduler.services.deliver_many import Many
from scheduler.transport.bulk import Bulk

log = logging.getLogger(__name__)

Result = TypeVar("Result")

LANDING = 0.05  # seconds to wait for something to come back before anything else is looked at


class Worker:
    """A few threads, each with one delivery in its hands at a time; with `bulk`, one more for mail, many at once."""

    def __init__(self, office: Office, senders: int, bulk: Bulk | None = None):
        self._office = office
        self._bulk = bulk
        self._alone = not senders  # no sender takes what is set aside
        self._aside: SimpleQueue[Work] = SimpleQueue()
        own = lanes(senders) if bulk is None else [Lane.POSTS_ONLY] * senders
        self._threads = [
            Thread(target=self._run, args=(lane,), name=f"sender-{number}", daemon=True)
            for number, lane in enumerate(own)
        ]
        if bulk is not None:
            many = Many(office, bulk, self._set_aside)
            self._threads.append(Thread(target=self._run_many, args=(many,), name="many", daemon=True))
        self._changed = Condition()
        self._wakes = 0
        self._stopping = Event()
        self._renewing = ExitStack()

    def start(self) -> None:
        self._renewing.enter_context(self._office.renewing())
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something is due."""
        with self._changed:
            self._wakes += 1
            self._changed.notify_all()

    def stop_taking(self) -> None:
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()

    def drain(self) -> None:
        """Take nothing more, and wait until what is in hand is settled."""
        self.stop_taking()
        for thread in reversed(self._threads):  # the one that may set something aside first
            thread.join()
        if self._bulk is not None:
            self._bulk.close()
        while self._one_aside():
            pass
        self._renewing.close()

    def work_for(self, lane: Lane, seconds: float, rows: int) -> bool:
        """Deal with what is due, in the thread that asks, for a while; whether there may be more."""
        if self._bulk is not None:  # mail has its own thread, which needs to hear of it only
            self.wake()
            lane = Lane.POSTS_ONLY
        end = monotonic() + seconds
        for _ in range(rows):
            if self._stopping.is_set() or not self._one(lane):
                return False
            if monotonic() >= end:
                break
        return True

    def _run(self, lane: Lane) -> None:
        seen = 0
        while True:
            seen = self._woken(seen)
            while not self._stopping.is_set() and (self._one_aside() or self._one(lane)):
                pass
            if self._stopping.is_set():
                return

    def _woken(self, seen: int) -> int:
        """Waits until somebody called since `seen`, or it is time to stop."""
        with self._changed:
            while self._wakes == seen and not self._stopping.is_set():
                self._changed.wait()
            return self._wakes

    def _one(self, lane: Lane = Lane.POSTS_FIRST) -> bool:
        """Deal with one delivery; False when nothing is due, or the database takes nothing."""
        work, _ = _tried(claim_next, self._office, lane)
        return work is not None and self._deal_with(work)

    def _deal_with(self, work: Work) -> bool:
        _, error = _tried(deal_with, self._office, work)
        if error is not None:
            _, error = _tried(stumbled, self._office, work, error)  # else its lease will run out
        return error is None

    def _set_aside(self, work: Work) -> None:
        self._aside.put(work)
        self.wake()

    def _one_aside(self) -> bool:
        try:
            return self._deal_with(self._aside.get_nowait())
        except Empty:
            return False

    def _run_many(self, many: Many) -> None:
        """As `_run`, but that what is under way and what is claimed goes on side by side."""
        seen = 0
        while not self._stopping.is_set():
            seen = self._woken(seen)
            while self._round(many):
                pass
        for _ in range(WRITE_TRIES):  # nobody else knows what came back
            while self._round(many):
                pass
            if not many.flying:
                break
        _tried(many.give_back)

    def _round(self, many: Many) -> bool:
        """Whether there may be more to do."""
        progress, error = _tried(many.round, not self._stopping.is_set())
        if many.flying:
            many.wait(LANDING)
        while self._alone and self._one_aside():
            pass
        return error is None and bool(progress or many.flying)


def _tried(step: Callable[..., Result], *args: Any) -> tuple[Result | None, Exception | None]:
    """No error may end the thread."""
    try:
        return step(*args), None
    except Exception as error:  # a daemon that nobody watches must go on
        if isinstance(error, OperationalError | PullquoteError):  # for people, who know what it means
            log.error(
                "Nothing can be sent just now: %s", str(getattr(error, "orig", error)).partition("\n")[0]
            )
        else:
            log.error("A delivery met an unexpected error", exc_info=error)
        return None, error
