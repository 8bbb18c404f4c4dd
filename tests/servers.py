"""Real HTTP servers on loopback that count what they get, and misbehave when asked to."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Got:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    peer: int  # the port that it came from

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Answer:
    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    #: drop: close without an answer; half: close in its middle; reset: cut it off; hang: never answer
    misbehave: str = ""


@dataclass
class Server:
    url: str
    got: list[Got]
    answer: Callable[[Got], Answer]
    released: threading.Event  # hanging answers end when it is set

    def count(self, path: str) -> int:
        return Counter(g.path.partition("?")[0] for g in self.got)[path]


@contextmanager
def serving(answer: Callable[[Got], Answer] = lambda _got: Answer()) -> Iterator[Server]:
    got: list[Got] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Got(self.command, self.path, headers, self.rfile.read(length), self.client_address[1])
            if len(request.body) < length:  # the client died over it
                self.close_connection = True
                return
            got.append(request)
            self._reply(server.answer(request))

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_one

        def _reply(self, answer: Answer) -> None:
            if answer.misbehave == "hang":
                server.released.wait(30)
            if answer.misbehave in {"drop", "hang", "reset"}:
                self._cut(answer.misbehave)
                return
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) + (answer.misbehave == "half")))
            self.end_headers()
            self.wfile.write(answer.body)
            if answer.misbehave == "half":
                self._cut()

        def _cut(self, how: str = "") -> None:
            self.close_connection = True
            if how == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
            else:
                self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_args: object) -> None:
            """Tests say what they expect; the server need not."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, *_args: object) -> None:
            """A client that was killed is what these tests are about."""

    httpd = Quiet(("127.0.0.1", 0), Handler)
    server = Server(f"http://127.0.0.1:{httpd.server_port}", got, answer, threading.Event())
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.released.set()
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def unused_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
