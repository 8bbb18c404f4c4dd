"""What every test has: a closed network, an injected clock and a fresh database in memory."""

from __future__ import annotations

import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from weakref import WeakSet

import psycopg
import pytest
from sqlalchemy import Engine, event, make_url
from sqlalchemy.pool import Pool

from scheduler.store.engine import open_engine
from tests.both import in_memory
from tests.postgres import Cluster, running

SHARED = Path(__file__).resolve().parents[2] / "shared"  # material for development; absent elsewhere

#: Where the product keeps drawings: never the developer's own.
os.environ["PULLQUOTE_CACHE"] = tempfile.mkdtemp(prefix="pullquote-tests-")

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> Any:
    if isinstance(address, tuple) and not ipaddress.ip_address(address[0]).is_loopback:
        raise RuntimeError(f"a test tried to leave this machine: {address[0]}")
    return _connect(self, address)


@pytest.fixture(autouse=True)
def closed_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _loopback_only)


class Clock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now: datetime):
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> datetime:
        self.now += timedelta(**span)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 3, 2, 12, 0, tzinfo=UTC))  # a Monday


@pytest.fixture
def engine() -> Engine:
    return in_memory()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Cluster]:
    """A PostgreSQL of this test process; started when the first test asks for it."""
    with running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def swept(postgres: Cluster) -> Iterator[Engine]:
    """One database for all tests that ask for `engine` on both: emptying it is cheaper than making another."""
    engine = open_engine(postgres.create())
    yield engine
    engine.dispose()


_opened: WeakSet[psycopg.Connection[Any]] = WeakSet()


@event.listens_for(Pool, "connect")
def _note(connection: object, _record: object) -> None:
    if isinstance(connection, psycopg.Connection):
        _opened.add(connection)


def _close(database: str | None) -> None:
    """What a test left open would be complained about in whichever test the garbage is looked for."""
    for connection in list(_opened):
        if not connection.closed and connection.info.dbname == database:
            connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database, of each kind in turn: for tests with several connections."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/queue.db"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    url = cluster.create()
    yield url
    _close(make_url(url).database)
    cluster.drop(url)


def shared(name: str) -> Path:
    """A file of the development material, or a skip with the reason."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the development material has no {name} here")
    return path
