"""Connections that go only where they may, and end when they must.

The guard resolves the name itself, refuses if any answer is not public, and dials the literal address, so that
a name that changes between check and call cannot slip through. Host header and certificate stay the name's.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import httpcore
import httpx

from scheduler.domain.addresses import Network, may_call

Resolver = Callable[[str, int], list[str]]

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


class Blocked(httpcore.ConnectError):
    """The address is not public and not allowed here. Nothing was sent."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """One limit for everything the calls inside do: httpx bounds each read, but not a slow drip of them."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


def _left(timeout: float | None, error: type[Exception]) -> float | None:
    end = _deadline.get()
    if end is None:
        return timeout
    left = end - time.monotonic()
    if left <= 0:
        raise error("the call took too long")
    return left if timeout is None else min(left, timeout)


def resolve(host: str, port: int) -> list[str]:
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


class _Bounded(httpcore.NetworkStream):
    """A stream whose every step keeps the deadline."""

    def __init__(self, stream: httpcore.NetworkStream):
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _left(timeout, httpcore.ConnectTimeout)
        return _Bounded(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Guard(httpcore.NetworkBackend):
    def __init__(self, allowed: Sequence[Network], resolver: Resolver):
        self._allowed = allowed
        self._resolve = resolver
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        failure: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in self._addresses(host, port)[:4]:
            left = _left(timeout, httpcore.ConnectTimeout)
            try:
                return _Bounded(self._backend.connect_tcp(address, port, left, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host} has no address")

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(str(error)) from error
        if not all(may_call(address, self._allowed) for address in addresses):
            raise Blocked(f"{host} is not a public address")
        return addresses


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that this machine trusts: read once, for that takes longer than all the rest of a start."""
    return ssl.create_default_context()


class GuardedTransport(httpx.HTTPTransport):
    """httpx's transport with our guard under its connection pool.

    `keep` is how many idle connections it keeps: 0 where a request on one that just died would be in doubt.
    """

    def __init__(self, *, allowed: Sequence[Network] = (), keep: int = 0, resolver: Resolver = resolve):
        super().__init__(verify=trusted(), trust_env=False)
        self._pool = httpcore.ConnectionPool(  # httpx has no argument for the network backend
            ssl_context=trusted(),
            max_connections=None,
            max_keepalive_connections=keep,
            keepalive_expiry=5.0,
            network_backend=_Guard(allowed, resolver),
        )
