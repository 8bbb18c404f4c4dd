"""Many flows at once, for the worker: on an event loop with aiohttp (the extra `fast`), else on a few threads.

Both say as truthfully as transport/flows.py what became of a call. Connections are kept for the next flow, but not
for long: a request on one that just died is in doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from queue import SimpleQueue
from threading import Thread
from typing import Any, Protocol

from scheduler.channels import Adapter
from scheduler.transport.flows import Transport
from scheduler.transport.steering import Hooks, Record

THREADS = 4  # more of them only get into each other's way: Python runs one at a time
CALLS = 128  # under way on an event loop
WIDTH = 256  # handed to it: it goes on with these while what came back is written


@dataclass(slots=True)
class Job:
    """A flow to be driven. `done` is called with its result or its error, in whatever thread.

    The mark of a committing call that comes first was made already: `before_commit` returns at once then.
    """

    flow: Generator[Any, Any, Any]
    adapter: Adapter
    record: Record
    hooks: Hooks
    done: Callable[[Any], None]


class Bulk(Protocol):
    width: int  # how many jobs are worth handing over at a time

    def submit(self, jobs: Sequence[Job]) -> None: ...

    def close(self) -> None:
        """Waits for what is under way."""


def open_bulk(transport: Transport) -> Bulk:
    """The fastest that is installed; it goes only where `transport` may."""
    if find_spec("aiohttp") is None:
        return Threads(transport)
    from scheduler.transport.loop import Loop  # noqa: PLC0415 — the extra may not be installed

    return Loop(transport)


class Threads:
    """A few threads, each with a client of its own: what they share makes httpx slow."""

    def __init__(self, transport: Transport, count: int = THREADS):
        self.width = 8 * count
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._threads = [
            Thread(target=self._run, args=(transport.another(),), name=f"bulk-{n}", daemon=True)
            for n in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self._jobs.put(job)

    def close(self) -> None:
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def _run(self, own: Transport) -> None:
        while (job := self._jobs.get()) is not None:
            job.done(_driven(own, job))
        own.close()


def _driven(transport: Transport, job: Job) -> Any:
    try:
        return transport.drive(job.flow, job.adapter, job.record, job.hooks)
    except Exception as error:  # noqa: BLE001 — whoever handed the job over sorts them
        return error
