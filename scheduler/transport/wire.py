"""HTTP/1.1 on an event loop, for mail: one call after another on a connection, and none twice by itself.

It is our own because it has to say for certain whether a byte of a request went out, and because what a client does
for each call is most of what one mail costs. All it knows are requests with a whole body and answers of a few KB.
Connections are kept for the next call, but not for long: a request on one that just died is in doubt.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from functools import lru_cache, partial
from math import inf
from typing import NamedTuple, cast

import httpx

from scheduler.channels import Call, Reply
from scheduler.domain.addresses import may_call
from scheduler.transport.answers import Answer, Garbled, open_answers
from scheduler.transport.flows import HEADERS, Transport
from scheduler.transport.guard import Blocked, trusted
from scheduler.transport.steering import Lost, Why

IDLE = 2.0  # seconds that a connection is kept for the next call
CONNECT = 10.0  # seconds for a connection to be made
NAMES = 10.0  # seconds that the addresses of a name are good for
ADDRESSES = 4  # of a name that are tried
TICK = 0.2  # seconds: how exactly a call's end is kept

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")  # a line break would begin another field


class Server(NamedTuple):
    host: str
    port: int
    tls: bool


class Wire:
    """The connections of one event loop. For what it knows of the world it asks `transport`."""

    def __init__(self, transport: Transport):
        self._transport = transport
        self._open: set[_Connection] = set()
        self._kept: dict[Server, list[_Connection]] = {}
        self._names: dict[Server, asyncio.Future[list[str]]] = {}
        self._is_watching = False

    async def exchange(self, call: Call, last_look: Callable[[], None] | None) -> Reply:
        """Make one call, or raise Lost. `last_look` comes after connecting and right before the first byte."""
        try:
            server = server_of(call.url)
            connection = self._idle(server) or await self._connected(server)
            request = self._written(call)
        except Blocked as error:
            raise Lost(Why.BLOCKED, type(error).__name__) from error
        except OSError as error:  # also a TimeoutError, and a certificate that is not good
            raise Lost(Why.NEVER_SENT, type(error).__name__) from error
        except (ValueError, httpx.InvalidURL) as error:
            raise Lost(Why.NO_ADDRESS, type(error).__name__) from error
        try:
            if last_look is not None:
                last_look()
            answer = await self._asked(connection, request)
        finally:
            if connection.is_free:
                connection.rest(IDLE)
                self._kept.setdefault(server, []).append(connection)
        return Reply(answer.status, answer.body, answer.headers, self._transport.clock())

    async def close(self) -> None:
        while self._open:
            for connection in self._open:
                connection.close()
            await asyncio.sleep(0)

    def _idle(self, server: Server) -> _Connection | None:
        """The one that was used last: those that nobody needs any more grow old under it."""
        kept = self._kept.get(server)
        while kept:
            connection = kept.pop()
            if connection.is_free:
                return connection
        return None

    async def _connected(self, server: Server) -> _Connection:
        loop, failure = asyncio.get_running_loop(), OSError(f"{server.host} has no address")
        async with asyncio.timeout(min(CONNECT, self._transport.seconds)):
            for address in (await self._addresses(server))[:ADDRESSES]:
                try:
                    _, connection = await loop.create_connection(
                        partial(_Connection, self._open),
                        address,
                        server.port,
                        ssl=trusted() if server.tls else None,
                        server_hostname=server.host if server.tls else None,
                    )
                except OSError as error:
                    failure = error
                else:
                    self._watch()
                    return connection
        raise failure

    async def _addresses(self, server: Server) -> list[str]:
        """Of a name; none of them if any may not be called. Those who connect at the same time ask once."""
        asked = self._names.get(server)
        if asked is None:
            loop = asyncio.get_running_loop()
            asked = loop.run_in_executor(None, self._transport.resolver, server.host, server.port)
            self._names[server] = asked
            loop.call_later(NAMES, self._names.pop, server, None)
        addresses = await asyncio.shield(asked)  # whoever gives up does so for itself
        if not all(may_call(address, self._transport.allowed) for address in addresses):
            raise Blocked(f"{server.host} is not a public address")
        return addresses

    def _written(self, call: Call) -> bytes:
        headers, body = self._transport.encoded(call)
        url = str(httpx.URL(call.url, params=dict(call.params))) if call.params else call.url
        fields = head(call.method, url, tuple(headers.items()))
        return b"%bContent-Length: %d\r\n\r\n%b" % (fields, len(body), body)

    async def _asked(self, connection: _Connection, request: bytes) -> Answer:
        try:
            return await connection.ask(request, self._transport.seconds)
        except (OSError, Garbled) as error:
            raise Lost(Why.SILENT, type(error).__name__) from error

    def _watch(self) -> None:
        """One clock for all connections: one for each call would cost more than reading its answer."""
        if not self._is_watching:
            self._is_watching = True
            asyncio.get_running_loop().call_later(TICK, self._look)

    def _look(self) -> None:
        now = asyncio.get_running_loop().time()
        for connection in [each for each in self._open if each.until <= now]:
            connection.expire()
        self._is_watching = False
        if self._open:
            self._watch()


class _Connection(asyncio.Protocol):
    """One call at a time. It is in `those_open` as long as it is open."""

    def __init__(self, those_open: set[_Connection]) -> None:
        self._time = asyncio.get_running_loop().time
        self._those_open = those_open
        self._answers = open_answers()
        self._asked: asyncio.Future[Answer] | None = None
        self._is_open = True
        self.until = inf  # by the loop's clock: the end of waiting for an answer, or for another call

    @property
    def is_free(self) -> bool:
        """Whether another call may be made on it."""
        return self._is_open and self._asked is None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # what create_connection makes
        self._those_open.add(self)

    async def ask(self, request: bytes, seconds: float) -> Answer:
        asked: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked = asked
        self.until = self._time() + seconds
        self._transport.write(request)
        return await asked

    def rest(self, seconds: float) -> None:
        self.until = self._time() + seconds

    def expire(self) -> None:
        if self._asked is None:
            self.close()
        else:
            self._fail(TimeoutError("no answer in time"))

    def close(self) -> None:
        self._is_open = False
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._asked is None:  # nobody asked, or nobody waits any more
            self.close()
            return
        try:
            answer = self._answers.feed(data)
        except Garbled as error:
            self._fail(error)
        else:
            if answer is not None:
                self._answer(answer)

    def connection_lost(self, error: Exception | None) -> None:
        self._is_open = False
        self._those_open.discard(self)
        if self._asked is None:
            return
        try:
            answer = None if error else self._answers.end()
        except Garbled as garbled:
            answer, error = None, garbled
        if answer is None:
            self._fail(error or ConnectionResetError("closed without an answer"))
        else:
            self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        """Where a part of the request is not even sent yet, the rest of it would be read as the next one."""
        if answer.last or self._transport.get_write_buffer_size():
            self.close()
        self._done().set_result(answer)

    def _fail(self, error: Exception) -> None:
        self.close()
        self._done().set_exception(error)

    def _done(self) -> asyncio.Future[Answer]:
        asked, self._asked = self._asked, None
        assert asked is not None  # noqa: S101 — whoever calls it knows
        return asked


@lru_cache(maxsize=256)
def server_of(url: str) -> Server:
    parsed = httpx.URL(url)
    ports = {"http": 80, "https": 443}
    if parsed.scheme not in ports or not parsed.host or parsed.userinfo:
        raise ValueError("this is not a web address")
    return Server(
        parsed.raw_host.decode("ascii"), parsed.port or ports[parsed.scheme], parsed.scheme == "https"
    )


@lru_cache(maxsize=256)  # that of all mail of a channel is the same
def head(method: str, url: str, fields: tuple[tuple[str, str], ...]) -> bytes:
    """A request's head but for the length of its body. What is in `fields` is not what we would say ourselves."""
    parsed = httpx.URL(url)
    said = {name.lower(): (name, value) for name, value in fields}
    own = {"host": ("Host", parsed.netloc.decode("ascii"))}
    own |= {name.lower(): (name, value) for name, value in HEADERS.items()}
    lines = [f"{method} {parsed.raw_path.decode('ascii')} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in (own | said).values()]
    for name, value in (own | said).values():
        if not (_NAME.fullmatch(name) and _VALUE.fullmatch(value)):
            raise ValueError(f"{name!r} cannot be a header field")
    return ("\r\n".join(lines) + "\r\n").encode("latin-1")
