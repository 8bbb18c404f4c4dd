"""Inserting what may be there already: another worker may store the same at the same time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, but for those whose key is taken."""
    insert_new_rows(session, table.__table__, rows)  # type: ignore[attr-defined]


def insert_new_rows(session: Session, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    if rows:
        session.execute(dialect.insert(table).on_conflict_do_nothing(), [dict(row) for row in rows])
