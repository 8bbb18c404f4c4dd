"""A server that plays six services on one port, so that nothing leaves this machine. It keeps what it gets as files.

python -m scheduler.demo.receiver FOLDER prints its address, and serves until it is terminated.
"""

from __future__ import annotations

import json
import sys
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from scheduler.demo.networks import NETWORKS, Answer, Request
from scheduler.demo.shelf import Shelf

MOST = 64 * 2**20  # bytes of a request


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Receiver

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet: what it gets is on the shelf."""

    def _answer(self) -> None:
        answer = self.server.receive(self._request())
        body = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _request(self) -> Request:
        address = urlsplit(self.path)
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), MOST))
        headers = {name.lower(): value for name, value in self.headers.items()}
        _, network, path = (address.path + "/").split("/", 2)
        return Request(
            method=self.command,
            network=network,
            path=path.strip("/"),
            query=dict(parse_qsl(address.query)),
            headers=headers,
            body=body,
            parts=_parts(headers, body),
        )


def _parts(headers: dict[str, str], body: bytes) -> dict[str, bytes]:
    """The parts of a multipart form by their names."""
    kind = headers.get("content-type", "")
    if not kind.startswith("multipart/form-data"):
        return {}
    form = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    return {_name(part): _content(part) for part in form.iter_parts()}


def _name(part: Message) -> str:
    return str(part.get_param("name", "", "content-disposition"))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


class Receiver(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0):
        super().__init__(("127.0.0.1", port), Handler)
        self._lock = Lock()  # one request at a time: what a key has done is looked up and written in one step
        address = f"http://127.0.0.1:{self.server_address[1]}"
        self.networks = {
            name: network(f"{address}/{name}", Shelf(folder / name)) for name, network in NETWORKS.items()
        }

    def receive(self, request: Request) -> Answer:
        network = self.networks.get(request.network)
        with self._lock:
            return network.answer(request) if network else Answer(404, {"error": "no such service"})


def main() -> None:
    receiver = Receiver(Path(sys.argv[1]))
    sys.stdout.write(f"http://127.0.0.1:{receiver.server_address[1]}\n")
    sys.stdout.flush()
    receiver.serve_forever()


if __name__ == "__main__":
    main()
