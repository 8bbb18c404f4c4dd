"""What is ours in the HTTP of mail: connections, and what may not be in a request."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from scheduler.channels import Call
from scheduler.domain.addresses import networks
from scheduler.transport import Transport, wire
from scheduler.transport.steering import Lost, Why
from scheduler.transport.wire import Wire, head, server_of
from tests.servers import Answer, serving

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
HELLO = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

Talk = Callable[[socket.socket], None]  # what a server does with a connection before it reads on to its end


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(lambda: NOW, allowed=networks(["127.0.0.0/8"]), seconds=0.5)
    yield made
    made.close()


def calls(
    transport: Transport, url: str, count: int = 1, pause: float = 0.0, body: bytes = b"x"
) -> list[Any]:
    """The answers to calls that are made one after another, or why there is none."""

    async def run() -> list[Any]:
        own, ends = Wire(transport), []
        for _ in range(count):
            try:
                ends.append(await own.exchange(Call(method="POST", url=url, content=body), None))
            except Lost as lost:
                ends.append(lost)
            await asyncio.sleep(pause)
        await own.close()
        return ends

    return asyncio.run(run())


def against(
    transport: Transport,
    talk: Talk,
    count: int = 1,
    *,
    tls: ssl.SSLContext | None = None,
    pause: float = 0.0,
    body: bytes = b"x",
) -> tuple[list[Any], int]:
    """As `calls`, of a server that does with each connection what `talk` does; and how many connections it had."""
    peers: list[Any] = []

    def serve() -> None:
        while True:
            try:
                connection, peer = listener.accept()
            except OSError:  # the test is over
                return
            peers.append(peer)
            with connection, suppress(OSError):  # the client may hang up at any time
                if tls is not None:
                    connection = tls.wrap_socket(connection, server_side=True)
                with connection:
                    talk(connection)
                    while connection.recv(2**16):
                        pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve)
        thread.start()
        url = f"{'https' if tls else 'http'}://127.0.0.1:{listener.getsockname()[1]}/"
        ends = calls(transport, url, count, pause, body)
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
    return ends, len(peers)


def hear(connection: socket.socket, end: bytes) -> None:
    """As much of a request as ends so."""
    heard = b""
    while end not in heard:
        part = connection.recv(2**10)
        if not part:
            raise ConnectionError("it hung up")
        heard += part


def test_a_connection_is_kept_for_the_next_call(transport: Transport) -> None:
    with serving() as server:
        assert [reply.status for reply in calls(transport, server.url, 3)] == [200] * 3
        assert len({got.peer for got in server.got}) == 1


def test_it_is_not_kept_where_the_server_says_so(transport: Transport) -> None:
    with serving(lambda _got: Answer(headers={"Connection": "close"})) as server:
        calls(transport, server.url, 3)
        assert len({got.peer for got in server.got}) == 3


def test_it_is_not_kept_for_long(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "IDLE", 0.0)
    monkeypatch.setattr(wire, "TICK", 0.001)
    with serving() as server:
        calls(transport, server.url, 2, pause=0.02)
        assert len({got.peer for got in server.got}) == 2


def test_an_answer_to_half_a_request_is_taken_and_its_connection_is_not(transport: Transport) -> None:
    def too_large(connection: socket.socket) -> None:
        hear(connection, b"\r\n\r\n")
        connection.sendall(HELLO.replace(b"200 OK", b"413 Too Large"))

    ends, connections = against(transport, too_large, 2, body=b"x" * 2**24)
    assert [reply.status for reply in ends] == [413, 413]
    assert connections == 2


def test_what_nobody_asked_for_ends_the_connection(transport: Transport) -> None:
    def chatter(connection: socket.socket) -> None:
        hear(connection, b"\r\n\r\nx")
        connection.sendall(HELLO + HELLO)  # an answer to what is asked next?

    ends, connections = against(transport, chatter, 2)
    assert [reply.status for reply in ends] == [200, 200]
    assert connections == 2


def test_garbage_is_no_answer(transport: Transport) -> None:
    def garbage(connection: socket.socket) -> None:
        hear(connection, b"\r\n\r\nx")
        connection.sendall(b"SSH-2.0-x\r\n\r\n")

    [lost], _ = against(transport, garbage)
    assert (lost.why, lost.code) == (Why.SILENT, "Garbled")


def certificate(folder: Path) -> Path:
    """For 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.mark.parametrize("known", [True, False])
def test_nothing_is_sent_to_a_server_whose_certificate_is_not_trusted(
    transport: Transport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    def polite(connection: socket.socket) -> None:
        hear(connection, b"\r\n\r\nx")
        connection.sendall(HELLO)

    path = certificate(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    trusted = ssl.create_default_context(cafile=str(path) if known else None)
    monkeypatch.setattr(wire, "trusted", lambda: trusted)
    [end], _ = against(transport, polite, tls=server)
    assert end.status == 200 if known else end.why is Why.NEVER_SENT


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-A", "one\r\nX-B: two"),
        ("X-A", "one\nX-B: two"),
        ("X-A\r\nX-B", "one"),
        ("X A", "one"),
        ("", "one"),
        ("X-A", "\0"),
        ("X-A", "…"),
    ],
)
def test_a_field_cannot_begin_another(transport: Transport, name: str, value: str) -> None:
    with pytest.raises(ValueError, match="header field"):
        head("POST", "http://example.com/", ((name, value),))


def test_a_request_says_what_every_client_must() -> None:
    made = head("POST", "http://example.com:8025/api/v1?a=b%20c", (("user-agent", "Mine"),)).decode()
    first, *fields = made.split("\r\n")
    assert first == "POST /api/v1?a=b%20c HTTP/1.1"
    assert fields == ["Host: example.com:8025", "user-agent: Mine", "Accept-Encoding: identity", ""]


@pytest.mark.parametrize(
    "url", ["nonsense", "ftp://example.com/", "http:///path", "http://me:secret@example.com/"]
)
def test_what_is_no_web_address_is_called_by_nobody(url: str) -> None:
    with pytest.raises(ValueError, match="web address"):
        server_of(url)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("https://api.example.com/x", ("api.example.com", 443, True)),
        ("http://[::1]:8025/", ("::1", 8025, False)),
        ("https://bücher.example/", ("xn--bcher-kva.example", 443, True)),
    ],
)
def test_where_a_call_goes(url: str, server: tuple[str, int, bool]) -> None:
    assert server_of(url) == server
