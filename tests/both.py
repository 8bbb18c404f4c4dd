"""The fixture `engine` on both databases: what a folder's conftest imports, so that its tests run on each."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import cast

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from scheduler.store.engine import connect, open_engine


@cache
def _migrated() -> Engine:
    return open_engine("sqlite://")


def in_memory() -> Engine:
    """A new database in memory: a copy, for the migrations take longer than most tests."""
    engine = connect("sqlite://")
    with closing(_migrated().raw_connection()) as source, closing(engine.raw_connection()) as target:
        cast("sqlite3.Connection", source.driver_connection).backup(
            cast("sqlite3.Connection", target.driver_connection)
        )
    return engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield in_memory()
        return
    swept: Engine = request.getfixturevalue("swept")
    yield swept
    empty(swept)


def empty(engine: Engine) -> None:
    """As new, its ids too."""
    tables = reversed(SQLModel.metadata.sorted_tables)
    deletes = "; ".join(f'DELETE FROM "{table.name}"' for table in tables)
    with engine.begin() as connection:
        connection.execute(text(deletes))
        connection.execute(
            text(
                "SELECT setval(sequencename::regclass, 1, false) FROM pg_sequences WHERE last_value IS NOT NULL"
            )
        )
