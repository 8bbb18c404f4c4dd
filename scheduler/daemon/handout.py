"""Work handed out to workers on any number of machines, by procrastinate on the same PostgreSQL.

What it carries is "there is work: take what is due for a few seconds". The deliveries themselves never enter its
tables, which therefore stay small; and losing or doubling a slice is harmless, for the claim decides who sends what.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib.metadata import version
from threading import Event, Thread

from procrastinate import App, Blueprint, PsycopgConnector, SyncPsycopgConnector, exceptions
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from scheduler.daemon.worker import Worker
from scheduler.domain.turns import lanes
from scheduler.services.deliver import Office
from scheduler.store import postgresql, queue
from scheduler.store.engine import reading
from scheduler.transport.loop import Loop

log = logging.getLogger(__name__)

QUEUE = "dispatch"
SLICES = 16  # waiting at most: a backlog of any size is as many slices, each of which asks for another
LANES = lanes(SLICES)[::-1]  # the first take whatever is due, for there may be no others
SECONDS, ROWS = 5.0, 1000  # of one slice
AGAIN = 5.0  # seconds after which a lost connection is tried again
TROUBLE = (exceptions.ProcrastinateException, SQLAlchemyError, OSError)


class Handout:
    """A carrier that hands out slices. With senders it also works on them: there may be any number of such."""

    def __init__(self, office: Office, senders: int = 0):
        self._office = office
        self._senders = senders
        self._worker = Worker(office, 0, Loop(office.transport) if senders else None)
        self._schema = schema()
        self._giver = _app(office.engine, self._schema, SyncPsycopgConnector)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, name="slices", daemon=True)
        self._task: asyncio.Future[None] | None = None
        self._stopping = Event()

    def start(self) -> None:
        postgresql.make_schema(self._office.engine, self._schema, SchemaManager.get_schema())
        self._giver.open()
        self._worker.start()
        if self._senders:
            self._thread.start()

    def wake(self) -> None:
        """As many slices as deliveries are due, but not more than a few: each claims what it finds."""
        try:
            with reading(self._office.engine) as session:
                count = queue.due_count(session, self._office.clock(), SLICES)
            if count:
                self._give(range(count))
        except TROUBLE as error:
            log.warning("Work could not be handed out (%s): trying again", type(error).__name__)

    def drain(self) -> None:
        self._stopping.set()
        self._worker.stop_taking()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._cancel)
            self._thread.join()
        self._worker.drain()
        self._loop.close()
        self._giver.close()

    def _give(self, numbers: range) -> None:
        for number in numbers:
            with suppress(exceptions.AlreadyEnqueued):
                self._giver.configure_task(
                    "pullquote:dispatch", queue=QUEUE, queueing_lock=f"{QUEUE}:{number}"
                ).defer(number=number)

    def _run(self) -> None:
        """Work on slices until it is drained; a database that goes away and comes back is waited for."""
        with ThreadPoolExecutor(self._senders, thread_name_prefix="sender") as pool:
            try:
                while not self._stopping.is_set():
                    self._work(pool)
            finally:
                if (
                    not self._stopping.is_set()
                ):  # a bug of ours: a process that sends nothing may not seem alive
                    os.kill(os.getpid(), signal.SIGTERM)

    def _work(self, pool: ThreadPoolExecutor) -> None:
        try:
            self._loop.run_until_complete(self._take(pool))
        except TROUBLE as error:
            log.warning("The database does not answer (%s): trying again", type(error).__name__)
            self._stopping.wait(AGAIN)

    async def _take(self, pool: ThreadPoolExecutor) -> None:
        blueprint = Blueprint()

        @blueprint.task(name="dispatch", queue=QUEUE)
        async def dispatch(number: int) -> None:
            loop = asyncio.get_running_loop()
            if await loop.run_in_executor(pool, self._worker.work_for, LANES[number], SECONDS, ROWS):
                await loop.run_in_executor(None, self._give, range(number, number + 1))

        app = _app(self._office.engine, self._schema, PsycopgConnector)
        app.add_tasks_from(blueprint, namespace="pullquote")
        async with app.open_async():
            await _forget_the_dead(app)
            working = app.run_worker_async(
                queues=[QUEUE],
                concurrency=self._senders,
                delete_jobs="always",
                install_signal_handlers=False,
            )
            self._task = asyncio.ensure_future(working)
            if self._stopping.is_set():
                self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


async def _forget_the_dead(app: App) -> None:
    """Slices in the hands of workers that died: what they were about is claimed anew, by its lease."""
    for job in await app.job_manager.get_stalled_jobs(queue=QUEUE):
        if job.id is not None:
            await app.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=True)


def schema() -> str:
    """Where procrastinate keeps its tables. Another version makes its own: nothing in the old one is missed."""
    return "procrastinate_" + version("procrastinate").replace(".", "_")


def _app(engine: Engine, schema: str, connector: type[PsycopgConnector | SyncPsycopgConnector]) -> App:
    conninfo = postgresql.conninfo(engine)
    return App(connector=connector(conninfo=conninfo, kwargs={"options": f"-c search_path={schema}"}))
