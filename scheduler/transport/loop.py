"""Many flows at once on an event loop in a thread of its own, with aiohttp.

aiohttp is one of the few clients that never repeat a POST by themselves, and whose errors can be told apart: here
by whether our last look before the first byte was taken.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from threading import Thread
from time import monotonic
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from scheduler.channels import Call, Keep, Reply
from scheduler.domain.addresses import may_call
from scheduler.transport.bulk import CALLS, WIDTH, Job
from scheduler.transport.flows import HEADERS, MAX_REPLY, Transport
from scheduler.transport.guard import Blocked, trusted
from scheduler.transport.steering import Hooks, Lost, Record, Why, steered

IDLE = 2.0  # seconds that a connection is kept for the next flow


@dataclass(slots=True)
class _Sending:
    """One call: the look before its first byte, and whether it was taken."""

    hooks: Hooks | None
    begun: bool = False


_sending: ContextVar[_Sending] = ContextVar("sending")


class _Request(aiohttp.ClientRequest):
    async def send(self, conn: Any) -> aiohttp.ClientResponse:
        """Connected, and nothing is written yet."""
        sending = _sending.get()
        if sending.hooks is not None:
            sending.hooks.last_look()
        sending.begun = True
        return await super().send(conn)


class _Resolver(AbstractResolver):
    """Refuses a name if any of its addresses may not be called; aiohttp dials what this returns."""

    def __init__(self, transport: Transport):
        self._transport = transport

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:  # noqa: ARG002
        loop = asyncio.get_running_loop()
        addresses = await loop.run_in_executor(None, self._transport.resolver, host, port)
        for address in addresses:
            self.check(host, address)
        return [
            ResolveResult(hostname=host, host=address, port=port, family=_family(address), proto=0, flags=0)
            for address in addresses[:4]
        ]

    def check(self, host: str, address: str) -> None:
        if not _may_call(address, tuple(self._transport.allowed)):
            raise Blocked(f"{host} is not a public address")

    async def close(self) -> None:
        """Nothing is open."""


_may_call = lru_cache(maxsize=256)(may_call)  # the same few servers get every mail


def _family(address: str) -> int:
    return int(socket.AF_INET6 if ":" in address else socket.AF_INET)


class Loop:
    """Drives up to `calls` flows at once. For what it knows of the world it asks `transport`."""

    calls = CALLS
    width = WIDTH

    def __init__(self, transport: Transport):
        self._transport = transport
        self._resolver = _Resolver(transport)
        self._jobs: deque[Job] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: aiohttp.ClientSession | None = None
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
        self._loop.close()

    def _start(self, jobs: Sequence[Job]) -> None:
        self._jobs += jobs
        for _ in range(min(len(jobs), self.calls - len(self._tasks))):
            task = self._loop.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _finish(self) -> None:
        await asyncio.gather(*self._tasks)
        if self._session is not None:
            await self._session.close()

    async def _work(self) -> None:
        """One call after another, while there is something to do: a task for each would cost more."""
        while self._jobs:
            await self._do(self._jobs.popleft())

    async def _do(self, job: Job) -> None:
        try:
            outcome = await self._drive(job)
        except Exception as error:  # noqa: BLE001 — whoever handed the job over sorts them
            outcome = error
        job.done(outcome)

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
        sending = _Sending(hooks if call.commits else None)
        _sending.set(sending)
        try:
            reply = await self._exchange(call)
        except (aiohttp.ClientError, OSError, Blocked, ValueError) as error:  # a TimeoutError is an OSError
            record.add(call, started, type(error).__name__)
            raise Lost(_why(error, sending), type(error).__name__) from error
        record.add(call, started, str(reply.status))
        return reply

    async def _exchange(self, call: Call) -> Reply:
        url, address = _parsed(call.url)
        if address:
            self._resolver.check(address, address)
        headers, content = self._transport.encoded(call)
        async with self._open().request(
            call.method,
            url,
            params=call.params or None,
            headers=headers,
            data=content,
            allow_redirects=False,
        ) as response:
            body = await _read(response)
        found = {name.lower(): value for name, value in response.headers.items()}
        return Reply(response.status, body, found, self._transport.clock())

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            seconds = self._transport.seconds
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self.calls, ssl=trusted(), resolver=self._resolver, keepalive_timeout=IDLE
                ),
                cookie_jar=aiohttp.DummyCookieJar(),  # or channels would share sessions
                headers=HEADERS,
                timeout=aiohttp.ClientTimeout(total=seconds, connect=min(10.0, seconds)),
                auto_decompress=False,
                request_class=_Request,
            )
        return self._session


@lru_cache(maxsize=256)
def _parsed(url: str) -> tuple[URL, str]:
    """An address, and its host where that is no name: aiohttp asks no resolver about it."""
    parsed = URL(url)
    host = parsed.host or ""
    try:
        ip_address(host)
    except ValueError:
        return parsed, ""
    return parsed, host


def _why(error: Exception, sending: _Sending) -> Why:
    if isinstance(error, Blocked):
        return Why.BLOCKED
    if sending.begun:
        return Why.SILENT
    return Why.NO_ADDRESS if isinstance(error, ValueError) else Why.NEVER_SENT


async def _read(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > MAX_REPLY:
            raise aiohttp.ClientPayloadError("the answer is too long")
    return bytes(body)
