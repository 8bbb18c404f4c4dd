"""The fixture `engine` on both databases: what a folder's conftest imports, so that its tests run on each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text
from sqlmodel import SQLModel

from scheduler.store.engine import open_engine


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "sqlite":
        yield open_engine("sqlite://")
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
