"""A copy of a database in memory, for what must not touch the real one. The real one is opened for reading only."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import cast
from urllib.parse import quote

from sqlalchemy import Engine, insert, make_url, select
from sqlmodel import SQLModel

from scheduler.domain.errors import PullquoteError
from scheduler.store import postgresql
from scheduler.store.engine import connect, open_engine
from scheduler.store.migrations import upgrade

AT_ONCE = 5_000  # rows


def copy_of(url: str) -> Engine:
    """Everything in the database at `url`, brought up to date in memory."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _of_file(Path(str(parsed.database)))
    return _row_by_row(url)


def _of_file(path: Path) -> Engine:
    copy = connect("sqlite://")
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as source, closing(copy.raw_connection()) as target:
            source.backup(cast("sqlite3.Connection", target.driver_connection))
    except sqlite3.Error as error:
        raise PullquoteError(f"{path} cannot be read ({error}): check --database or the settings.") from None
    upgrade(copy)
    return copy


def _row_by_row(url: str) -> Engine:
    copy, source = open_engine("sqlite://"), connect(url)
    view = source.execution_options(**postgresql.SNAPSHOT, yield_per=AT_ONCE)
    with view.connect() as reading, copy.execution_options(writes="alone").begin() as writing:
        for table in SQLModel.metadata.sorted_tables:
            for rows in reading.execute(select(table)).mappings().partitions():
                writing.execute(insert(table), [dict(row) for row in rows])
    source.dispose()
    return copy
