"""The clock: one APScheduler job, armed for the earliest delivery, at most a few seconds away.

APScheduler holds no schedule of ours: its jobs live in memory, and a lost one is re-armed from the database.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event, Lock

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from scheduler.daemon.heartbeat import Heartbeat
from scheduler.services import housekeep
from scheduler.store import queue, waiting
from scheduler.store.barriers import Barred
from scheduler.store.engine import reading, writing

log = logging.getLogger(__name__)

#: Rows come from other processes as well; and a suspended machine wakes late by this.
LOOK_AGAIN = timedelta(seconds=5)


class Ticker:
    def __init__(
        self, engine: Engine, clock: Callable[[], datetime], heartbeat: Heartbeat, wake: Callable[[], None]
    ):
        self._engine = engine
        self._clock = clock
        self._heartbeat = heartbeat
        self._wake = wake
        self._last: datetime | None = None
        self._ticking = Lock()
        self._stopped = Event()
        self._scheduler = BackgroundScheduler(
            timezone="UTC",
            executors={"default": ThreadPoolExecutor(1)},
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        self._scheduler.start()
        self.arm(self._clock())

    def stop(self) -> None:
        """Waits for a tick that is under way. Not by APScheduler: it waits under a lock that `arm` needs."""
        self._stopped.set()
        self._scheduler.shutdown(wait=False)
        with self._ticking:
            pass

    def nudge(self) -> None:
        """Tick now. APScheduler goes by the wall clock: one that was set back would let it sleep for as long."""
        if not self._ticking.locked():
            self.arm(self._clock())

    def tick(self) -> None:
        with self._ticking:
            if not self._stopped.is_set():
                self._tick()

    def _tick(self) -> None:
        now = self._clock()
        try:
            self._catch_up(now)
            self._stop_late(now)
            self._wake()
            self._heartbeat.beat(now)
        except DBAPIError as error:
            said = str(error.orig).partition("\n")[0]
            log.error("The database does not answer (%s): trying again", said)
        except SQLAlchemyError:
            log.exception("The database does not answer; trying again")
        except Barred as sentence:
            log.warning("%s", sentence)
        finally:
            self.arm(self._next(now))

    def arm(self, at: datetime) -> None:
        """APScheduler keeps its own time: what it is told is how far away `at` is by our clock."""
        run_date = datetime.now(UTC) + (at - self._clock())
        if not self._stopped.is_set():  # not a date: it stumbles over a job that ends while it stops
            self._scheduler.add_job(
                self.tick, "interval", days=1, next_run_time=run_date, id="due", replace_existing=True
            )

    def _next(self, now: datetime) -> datetime:
        latest = now + LOOK_AGAIN
        try:
            with reading(self._engine) as session:
                due = queue.earliest(session, now)
        except SQLAlchemyError:
            return latest
        return latest if due is None else min(latest, due)

    def _catch_up(self, now: datetime) -> None:
        """On the first tick, and after one that came much too late (the machine was suspended)."""
        if self._last is None or now - self._last >= housekeep.ASLEEP:
            with writing(self._engine) as session:
                count = housekeep.wake_up(session, now)
                self._heartbeat.write(session, now)
            if count:
                log.warning("%d deliveries missed their time while nothing was running", count)
        self._last = now  # not before: a catching up that failed is due again, or all would go out at once

    def _stop_late(self, now: datetime) -> None:
        """A service in trouble is rare: what it keeps waiting is looked for only then."""
        with reading(self._engine) as session:
            trouble = waiting.in_trouble(session)
        if trouble:
            with writing(self._engine, concurrent=True) as session:
                housekeep.stop_late(session, now)
