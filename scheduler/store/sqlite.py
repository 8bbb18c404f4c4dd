"""SQLite: the embedded database. One file, one writer at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import StaticPool

BUSY_TIMEOUT = 30  # seconds to wait for another writer


def create(url: URL) -> Engine:
    """An engine for a file; without one, for a database in memory, which is for tests."""
    in_memory = url.database in {None, "", ":memory:"}
    if not in_memory:
        _for_its_owner_only(Path(str(url.database)))
    options: dict[str, Any] = {"poolclass": StaticPool} if in_memory else {}
    engine = create_engine(
        url,
        connect_args={"timeout": BUSY_TIMEOUT, "check_same_thread": False, "isolation_level": None},
        hide_parameters=True,  # in errors, which are logged: they hold addresses and messages
        **options,
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", _begin)
    return engine


def version() -> tuple[int, int, int]:
    """Of the library that this Python was built with."""
    major, minor, patch = sqlite3.sqlite_version_info
    return major, minor, patch


def _for_its_owner_only(path: Path) -> None:
    """A new database file is readable by its owner only: it holds people's addresses."""
    if not path.exists() and path.parent.is_dir():
        path.touch(mode=0o600)


def _configure(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a lost `committed_at` would be a duplicate
    connection.execute("PRAGMA fullfsync = ON")  # macOS: else a sync ends in the drive's cache


def _begin(connection: Connection) -> None:
    """Writers take the lock at once: a transaction that reads first and writes later could fail half way."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
