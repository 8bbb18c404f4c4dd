"""Bytes that came back on a connection → answers. Whatever is not plain HTTP/1.1 is `Garbled`.

h11 is always there, for httpx uses it. httptools, of the extra `fast`, does the same in a fiftieth of the time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Protocol

import h11

from scheduler.transport.flows import MAX_REPLY

FAST = find_spec("httptools") is not None
if FAST:
    import httptools


class Garbled(Exception):
    """What came back is no answer, or a longer one than we take."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes
    last: bool  # nothing more can be asked on this connection


class Answers(Protocol):
    """The answers on one connection, each asked for."""

    def feed(self, data: bytes) -> Answer | None:
        """The answer, once it is whole."""

    def end(self) -> Answer | None:
        """The answer that ends with the connection, if it is one."""


def open_answers() -> Answers:
    return FastAnswers() if FAST else PlainAnswers()


class PlainAnswers:
    """With h11."""

    def __init__(self) -> None:
        self._connection = h11.Connection(h11.CLIENT)
        self._begin()

    def _begin(self) -> None:
        """h11 wants to know that something was asked; what it was makes no difference to how the answer is read."""
        self._connection.send(_ASKED)
        self._connection.send(h11.EndOfMessage())
        self._head: h11.Response | None = None
        self._body = bytearray()

    def feed(self, data: bytes) -> Answer | None:
        try:
            self._connection.receive_data(data)
            while True:
                event = self._connection.next_event()
                match event:
                    case h11.Response():
                        self._head = event
                    case h11.Data(data=part):
                        self._body += part
                        _check_length(len(self._body))
                    case h11.EndOfMessage():
                        return self._whole()
                    case h11.InformationalResponse():
                        pass
                    case _:  # it needs more, or the connection is another protocol's now, or at its end
                        return None
        except h11.RemoteProtocolError as error:
            raise Garbled(str(error)) from error

    def end(self) -> Answer | None:
        answer = self.feed(b"")
        return None if answer is None else replace(answer, last=True)

    def _whole(self) -> Answer | None:
        head, body = self._head, bytes(self._body)
        if head is None:
            return None
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in head.headers}
        last = self._connection.their_state is not h11.DONE or bool(self._connection.trailing_data[0])
        if not last:
            self._connection.start_next_cycle()
            self._begin()
        return Answer(head.status_code, headers, body, last)


_ASKED = h11.Request(method="GET", target="/", headers=[("Host", "host")])


class FastAnswers:
    """With httptools, which calls the methods that begin with `on_`."""

    def __init__(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._begin()

    def _begin(self) -> None:
        self._headers: dict[str, str] = {}
        self._body: list[bytes] = []
        self._length = 0
        self._has_head = False
        self._answer: Answer | None = None
        self._more = False  # than was asked for

    def on_message_begin(self) -> None:
        self._more = self._answer is not None

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers[name.decode("latin-1").lower()] = value.decode("latin-1")

    def on_headers_complete(self) -> None:
        self._has_head = True

    def on_body(self, part: bytes) -> None:
        self._body.append(part)

    def on_message_complete(self) -> None:
        if self._parser.get_status_code() < 200:
            self._begin()
        elif self._answer is None:
            self._answer = self._made(last=not self._parser.should_keep_alive())

    def feed(self, data: bytes) -> Answer | None:
        self._length += len(data)
        _check_length(self._length)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade) as error:
            raise Garbled(type(error).__name__) from error
        if self._answer is None:
            return None
        answer, more = self._answer, self._more
        self._begin()
        return replace(answer, last=True) if more else answer

    def end(self) -> Answer | None:
        framed = self._headers.keys() & {"content-length", "transfer-encoding"}
        return self._made(last=True) if self._has_head and not framed else None

    def _made(self, *, last: bool) -> Answer:
        return Answer(self._parser.get_status_code(), self._headers, b"".join(self._body), last)


def _check_length(length: int) -> None:
    if length > MAX_REPLY:
        raise Garbled("the answer is too long")
