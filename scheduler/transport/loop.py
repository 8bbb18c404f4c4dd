"""Many flows at once, on an event loop in a thread of its own: for mail that goes one request per reader."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from threading import Thread
from time import monotonic
from typing import Any

from scheduler.channels import Call, Keep, Reply
from scheduler.domain.errors import DeliveryError
from scheduler.transport.bulk import Job
from scheduler.transport.flows import Transport
from scheduler.transport.steering import Hooks, Lost, Record, steered
from scheduler.transport.wire import Wire

CALLS = 128  # under way at a time
WIDTH = 512  # handed over: it goes on with these while what came back is written


class Loop:
    """Drives up to `CALLS` flows at once. For what it knows of the world it asks `transport`."""

    width = WIDTH

    def __init__(self, transport: Transport):
        self._wire = Wire(transport)
        self._jobs: deque[Job] = deque()
        self._hands: dict[asyncio.Task[None], _Hand] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, name="bulk", daemon=True)
        self._thread.start()

    def submit(self, jobs: Sequence[Job]) -> None:
        self._loop.call_soon_threadsafe(self._start, jobs)

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._finish(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def _start(self, jobs: Sequence[Job]) -> None:
        self._jobs += jobs
        for _ in range(min(len(jobs), CALLS - len(self._hands))):
            self._add_hand()

    def _add_hand(self) -> None:
        hand = _Hand()
        task = self._loop.create_task(self._work(hand))
        self._hands[task] = hand
        task.add_done_callback(self._ended)

    async def _work(self, hand: _Hand) -> None:
        """One job after another, while there is something to do: a task for each would cost more."""
        while self._jobs:
            hand.job = job = self._jobs.popleft()
            try:
                outcome = await self._drive(job)
            except DeliveryError as error:
                outcome = error
            job.done(outcome)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """What a hook raised ends its hand. It is what became of the job, and another hand goes on."""
        hand = self._hands.pop(task)
        error = task.exception()
        if error is not None and hand.job is not None:
            hand.job.done(error)
            self._add_hand()

    async def _finish(self) -> None:
        while self._hands:
            await asyncio.wait(self._hands)
        await self._wire.close()

    async def _drive(self, job: Job) -> Any:
        """As Transport.drive. Hooks that wait for the database do so in another thread."""
        course = steered(job.flow, job.adapter, job.record)
        first = True  # of its calls: then the mark is made already
        try:
            step = next(course)
            while True:
                if isinstance(step, Keep):
                    await asyncio.to_thread(job.hooks.keep, step.values)
                    step = course.send(None)
                    continue
                if step.commits and first:
                    job.hooks.before_commit()
                elif step.commits:
                    await asyncio.to_thread(job.hooks.before_commit)
                first = False
                try:
                    reply = await self._call(step, job.record, job.hooks)
                except Lost as lost:
                    step = course.throw(lost)
                else:
                    step = course.send(reply)
        except StopIteration as done:
            return done.value

    async def _call(self, call: Call, record: Record, hooks: Hooks) -> Reply:
        started = monotonic()
        try:
            reply = await self._wire.exchange(call, hooks.last_look if call.commits else None)
        except Lost as lost:
            record.add(call, started, lost.code)
            raise
        record.add(call, started, str(reply.status))
        return reply


class _Hand:
    """What works on one job after another."""

    job: Job | None = None
