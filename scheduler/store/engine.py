"""The database: opening, upgrading, and the two ways to use it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from scheduler.store.migrations import upgrade

BUSY_TIMEOUT = 30  # seconds to wait for another writer


def open_engine(url: str) -> Engine:
    """Open the database at `url` and bring its schema up to date."""
    engine = connect(url)
    upgrade(engine)
    return engine


def connect(url: str) -> Engine:
    """An engine for `url`, its schema as it is. `sqlite://` is a database in memory, for tests."""
    in_memory = url in {"sqlite://", "sqlite:///:memory:"}
    if not in_memory:
        _for_its_owner_only(url)
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT, "check_same_thread": False, "isolation_level": None},
        **options,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def _for_its_owner_only(url: str) -> None:
    """A new database file is readable by its owner only: it holds people's addresses."""
    path = make_url(url).database
    if path and not Path(path).exists() and Path(path).parent.is_dir():
        Path(path).touch(mode=0o600)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a lost `committed_at` would be a duplicate


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a transaction that reads first and writes later could fail half way."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_writers: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction that may write: committed at the end, rolled back on an error.

    Writers of one process queue up here. SQLite would make them poll for its lock, ever more slowly.
    """
    with (
        _writers.setdefault(engine, Lock()),
        Session(engine.execution_options(writes=True), expire_on_commit=False) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A consistent view that takes no lock."""
    with Session(engine, expire_on_commit=False) as session:
        yield session


def sqlite_version() -> tuple[int, int, int]:
    """Of the library that this Python was built with."""
    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch
