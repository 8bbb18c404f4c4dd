"""The sign of life that pages, `doctor` and other daemons look at."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.store import heartbeats
from scheduler.store.barriers import Barred
from scheduler.store.engine import writing

EVERY = timedelta(seconds=10)


class Heartbeat:
    def __init__(self, engine: Engine, owner: str = ""):
        self._engine = engine
        self.owner = owner or f"{socket.gethostname()}:{os.getpid()}"
        self._last: datetime | None = None

    def beat(self, now: datetime) -> None:
        """Called at every tick; written every few seconds, and at once where the clock was set back."""
        if self._last is None or not timedelta() <= now - self._last < EVERY:
            with writing(self._engine, concurrent=True) as session:
                self.write(session, now)

    def write(self, session: Session, now: datetime, *, stopped: bool = False) -> None:
        heartbeats.beat(session, self.owner, now, stopped=stopped)
        self._last = now

    def stop(self, now: datetime) -> None:
        with suppress(Barred), writing(self._engine, concurrent=True) as session:
            self.write(session, now, stopped=True)
