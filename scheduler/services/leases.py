"""The leases of what this process has in hand: renewed while it works on it, so that they can be short.

A worker that dies renews no more, and another goes on within one lease. One that stalls finds out right before the
bytes go out: what it knows of its lease (`Held.until`) has passed, and it gives the delivery back.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Lock, Thread
from typing import Protocol

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from scheduler.store import queue
from scheduler.store.barriers import Barred
from scheduler.store.claimed import Claimed
from scheduler.store.engine import writing

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
PARTS = 4  # of a lease, after each of which it is renewed: two renewals may fail
#: Without a step for so long, it hangs: its lease is left to end, and another worker may try.
HANGS = timedelta(minutes=15)


class Held(Protocol):
    """A delivery in hand."""

    @property
    def row(self) -> Claimed: ...

    until: datetime  # when its lease ends, as far as we know
    moved_at: datetime  # when it last took a step


class Leases:
    """One for each process that sends."""

    def __init__(self) -> None:
        self._held: dict[int, Held] = {}
        self._lock = Lock()

    def hold(self, works: Iterable[Held]) -> None:
        """Their leases are renewed until they are let go."""
        with self._lock:
            self._held.update((work.row.id, work) for work in works)

    def let_go(self, works: Iterable[Held]) -> None:
        with self._lock:
            for work in works:
                if self._held.get(work.row.id) is work:
                    del self._held[work.row.id]

    @contextmanager
    def holding(self, work: Held) -> Iterator[None]:
        """Its lease is renewed until the end of the block."""
        self.hold([work])
        try:
            yield
        finally:
            self.let_go([work])

    def renew(self, engine: Engine, now: datetime, length: timedelta) -> None:
        """Once. What is not ours any more, or hangs, is left alone."""
        with self._lock:
            held = {id_: work for id_, work in self._held.items() if now - work.moved_at < HANGS}
        if held:
            until = now + length
            tokens = {id_: work.row.owner for id_, work in held.items()}
            with writing(engine, concurrent=True) as session:
                ours = queue.renew(session, tokens, until)
            for id_ in ours:
                held[id_].until = max(held[id_].until, until)

    @contextmanager
    def renewing(self, engine: Engine, clock: Callable[[], datetime], length: timedelta) -> Iterator[None]:
        """A thread renews them, again and again, until the end of the block."""
        stop = Event()

        def again_and_again() -> None:
            while not stop.wait(length.total_seconds() / PARTS):
                try:
                    self.renew(engine, clock(), length)
                except (SQLAlchemyError, Barred) as error:
                    log.warning("Leases could not be renewed (%s): trying again", type(error).__name__)

        thread = Thread(target=again_and_again, name="leases", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()
