"""Alembic's entry point: the connection comes from `upgrade`, within its transaction."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

import scheduler.store.tables
import scheduler.store.tables_editing
import scheduler.store.tables_moves
import scheduler.store.tables_people  # noqa: F401 (they register their tables)
from scheduler.store.types import UtcDateTime


def render(kind: str, item: Any, _autogen: AutogenContext) -> str | Literal[False]:
    """Short names for our own column types in the migrations that alembic writes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "UtcDateTime()"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=render,
)
context.run_migrations()
