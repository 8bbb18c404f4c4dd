"""The senders: threads that take what is due until nothing is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack
from threading import Condition, Event, Thread
from time import monotonic
from typing import Any, TypeVar

from scheduler.domain.turns import Lane, lanes
from scheduler.services.deliver import Office, claim_next, deal_with, stumbled

log = logging.getLogger(__name__)

Result = TypeVar("Result")


class Worker:
    """A few threads, each with one delivery in its hands at a time."""

    def __init__(self, office: Office, senders: int):
        self._office = office
        self._threads = [
            Thread(target=self._run, args=(lane,), name=f"sender-{number}", daemon=True)
            for number, lane in enumerate(lanes(senders))
        ]
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
        for thread in self._threads:
            thread.join()
        self._renewing.close()

    def work_for(self, lane: Lane, seconds: float, rows: int) -> bool:
        """Deal with what is due, in the thread that asks, for a while; whether there may be more."""
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
            with self._changed:
                while self._wakes == seen and not self._stopping.is_set():
                    self._changed.wait()
                seen = self._wakes
            while not self._stopping.is_set() and self._one(lane):
                pass
            if self._stopping.is_set():
                return

    def _one(self, lane: Lane = Lane.POSTS_FIRST) -> bool:
        """Deal with one delivery; False when nothing is due, or the database takes nothing."""
        work, _ = _tried(claim_next, self._office, lane)
        if work is None:
            return False
        _, error = _tried(deal_with, self._office, work)
        if error is not None:
            _, error = _tried(stumbled, self._office, work, error)  # else its lease will run out
        return error is None


def _tried(step: Callable[..., Result], *args: Any) -> tuple[Result | None, Exception | None]:
    """No error may end the thread."""
    try:
        return step(*args), None
    except Exception as error:  # the only broad one: a daemon that nobody watches must go on
        log.error("A delivery met an unexpected error", exc_info=error)
        return None, error
