"""The senders: threads that take what is due until nothing is."""

from __future__ import annotations

import logging
from threading import Condition, Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from scheduler.services.deliver import Office, Work, claim_next, deal_with, stumbled

log = logging.getLogger(__name__)


class Worker:
    """A few threads, each with one delivery in its hands at a time."""

    def __init__(self, office: Office, senders: int):
        self._office = office
        self._threads = [Thread(target=self._run, name=f"sender-{n}", daemon=True) for n in range(senders)]
        self._changed = Condition()
        self._wakes = 0
        self._stopping = Event()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """Something is due."""
        with self._changed:
            self._wakes += 1
            self._changed.notify_all()

    def drain(self) -> None:
        """Take nothing more, and wait until what is in hand is settled."""
        with self._changed:
            self._stopping.set()
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _run(self) -> None:
        seen = 0
        while True:
            with self._changed:
                while self._wakes == seen and not self._stopping.is_set():
                    self._changed.wait()
                seen = self._wakes
            while not self._stopping.is_set() and self._one():
                pass
            if self._stopping.is_set():
                return

    def _one(self) -> bool:
        """Deal with one delivery; False when nothing is due. No error may end the thread."""
        work: Work | None = None
        try:
            work = claim_next(self._office)
            if work is None:
                return False
            deal_with(self._office, work)
        except Exception as error:  # the only broad one: a daemon that nobody watches must go on
            log.error("A delivery met an unexpected error", exc_info=error)
            return work is not None and self._set_aside(work, error)
        return True

    def _set_aside(self, work: Work, error: Exception) -> bool:
        try:
            stumbled(self._office, work, error)
        except SQLAlchemyError:  # the database itself: its lease will run out
            log.exception("The database does not take writes")
            return False
        return True
