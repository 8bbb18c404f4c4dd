"""Copying a database into another, table by table, and comparing the two row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    LargeBinary,
    RowMapping,
    Table,
    func,
    insert,
    select,
    text,
    tuple_,
)
from sqlmodel import SQLModel

import scheduler.store.tables_editing
import scheduler.store.tables_moves
import scheduler.store.tables_people  # noqa: F401 (they register their tables)
from scheduler.domain.errors import PullquoteError
from scheduler.store.barriers import NOT_MOVED
from scheduler.store.engine import reading, writing
from scheduler.store.insert import insert_new_rows

ROWS, HEAVY = 2_000, 20  # at a time; where a row may hold an image

Tell = Callable[[int], None]  # so many more rows are done


def tables() -> list[Table]:
    """In an order in which each row finds those that it points at."""
    return [table for table in SQLModel.metadata.sorted_tables if table.name != NOT_MOVED]


def count(engine: Engine, table: Table) -> int:
    with reading(engine) as session:
        number: int = session.execute(select(func.count()).select_from(table)).scalar_one()
        return number


def copy(source: Engine, target: Engine, table: Table, tell: Tell) -> None:
    """What the target does not have yet. Each part is committed, so that it goes on where it was stopped."""
    for rows in _parts(source, table, after=_last(target, table)):
        with writing(target) as session:
            if _number(table) is None:
                insert_new_rows(session, table, [dict(row) for row in rows])
            else:
                session.execute(insert(table), [dict(row) for row in rows])
        tell(len(rows))


def compare(source: Engine, target: Engine, table: Table, tell: Tell) -> str:
    """A digest of all rows of a table. Raises PullquoteError that names the first row that differs."""
    here, there = hashlib.sha256(), hashlib.sha256()
    for rows in _parts(source, table):
        twins = _same_keys(target, table, rows)
        for row in rows:
            twin = twins.get(_key(table, row))
            ours, theirs = _plain(row), _plain(twin) if twin is not None else b""
            if ours != theirs:
                where = ", ".join(f"{name} {row[name]}" for name in _key_names(table))
                raise PullquoteError(
                    f"The copy of {table.name} ({where}) is not the same: nothing was switched over. "
                    "Empty the new database and move again."
                )
            here.update(ours)
            there.update(theirs)
        tell(len(rows))
    if count(source, table) != count(target, table):
        raise PullquoteError(
            f"The new database has rows of {table.name} that the old one has not: somebody used it meanwhile. "
            "Empty it and move again."
        )
    return there.hexdigest()[:16]


def continue_numbering(target: Engine) -> None:
    """The next row of each table gets a number behind those that came along; and statistics, for its plans."""
    with writing(target) as session:
        if session.get_bind().dialect.name != "sqlite":
            for table in tables():
                if _number(table) is not None:
                    highest = select(func.max(table.c.id)).scalar_subquery()
                    numbers = func.pg_get_serial_sequence(table.name, "id")
                    session.execute(select(func.setval(numbers, highest)).where(highest.is_not(None)))
        session.execute(text("ANALYZE"))


def _parts(engine: Engine, table: Table, after: int | None = None) -> Iterator[Sequence[RowMapping]]:
    """All rows in the order of their key. One view of the source for each part: it does not change meanwhile."""
    keys = [table.c[name] for name in _key_names(table)]
    size = HEAVY if any(isinstance(column.type, LargeBinary) for column in table.columns) else ROWS
    last: tuple[Any, ...] | None = None if after is None else (after,)
    while True:
        query = select(table).order_by(*keys).limit(size)
        if last is not None:
            query = query.where(tuple_(*keys) > last if len(keys) > 1 else keys[0] > last[0])
        with reading(engine) as session:
            rows = session.execute(query).mappings().all()
        if rows:
            yield rows
        if len(rows) < size:
            return
        last = _key(table, rows[-1])


def _same_keys(engine: Engine, table: Table, rows: Sequence[RowMapping]) -> dict[tuple[Any, ...], RowMapping]:
    keys = [table.c[name] for name in _key_names(table)]
    found: dict[tuple[Any, ...], RowMapping] = {}
    with reading(engine) as session:
        for start in range(0, len(rows), 500):
            wanted = [_key(table, row) for row in rows[start : start + 500]]
            same = tuple_(*keys).in_(wanted) if len(keys) > 1 else keys[0].in_([key[0] for key in wanted])
            for row in session.execute(select(table).where(same)).mappings():
                found[_key(table, row)] = row
    return found


def _last(engine: Engine, table: Table) -> int | None:
    """The highest number that is there already; None where keys are texts: each database sorts them as it likes."""
    column = _number(table)
    if column is None:
        return None
    with reading(engine) as session:
        last: int | None = session.execute(select(func.max(column))).scalar()
        return last


def _number(table: Table) -> Column[int] | None:
    """Its id, where the database gives it."""
    key = list(table.primary_key.columns)
    counted = len(key) == 1 and key[0].name == "id" and isinstance(key[0].type, Integer)
    return key[0] if counted else None


def _key_names(table: Table) -> list[str]:
    return [column.name for column in table.primary_key.columns]


def _key(table: Table, row: RowMapping) -> tuple[Any, ...]:
    return tuple(row[name] for name in _key_names(table))


def _plain(row: RowMapping) -> bytes:
    """The same bytes for the same content, whichever database it came from."""
    return (
        json.dumps(dict(row), sort_keys=True, default=_of, separators=(",", ":"))
        .replace(
            "\\u0000",
            "\\ufffd",  # PostgreSQL has no NUL: see store.postgresql
        )
        .encode()
    )


def _of(value: Any) -> str:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes | memoryview) else str(value)
