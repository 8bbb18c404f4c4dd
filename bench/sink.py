"""A receiver for the benches, in a process of its own: takes any request, says yes, and counts.

python -m bench.sink PORT
"""

from __future__ import annotations

import asyncio
import re
import sys
from http import HTTPStatus

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
BODY = b'{"ID": "b3JkaW5hcnk", "id": "b3JkaW5hcnk"}'
ANSWER = (
    f"HTTP/1.1 200 {HTTPStatus.OK.phrase}\r\nContent-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
).encode() + BODY


class Sink(asyncio.Protocol):
    """One connection. Does as little as it can for each request."""

    taken = 0

    def __init__(self) -> None:
        self._buffer = b""
        self._left = 0  # bytes of a body that are still to come

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        if self._left >= len(data) and not self._buffer:
            self._left -= len(data)
            if not self._left:
                self._answer(b"")
            return
        self._buffer += data
        while self._request():
            pass

    def _request(self) -> bool:
        """Take one request, or as much of it as there is, out of the buffer."""
        if self._left:
            return False
        head, found, rest = self._buffer.partition(b"\r\n\r\n")
        if not found:
            return False
        length = LENGTH.search(head)
        size = int(length[1]) if length else 0
        self._buffer, body = b"", rest
        if len(body) < size:
            self._left = size - len(body)
            return False
        self._buffer = body[size:]
        self._answer(head)
        return bool(self._buffer)

    def _answer(self, head: bytes) -> None:
        if head.startswith(b"GET /count"):
            body = str(Sink.taken).encode()
            self._transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            return
        Sink.taken += 1
        self._transport.write(ANSWER)


async def serve(port: int) -> None:
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0))
