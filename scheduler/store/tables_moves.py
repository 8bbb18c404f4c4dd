"""The table of moves from one database to another. It is the only one that a move does not take along."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from scheduler.store.tables import instant


class MoveRow(SQLModel, table=True):
    """That this database is moved to another, or from it. The same token is in both."""

    __tablename__ = "move"

    token: str = Field(primary_key=True)
    direction: str  # to | from
    place: str  # the other database, without its password
    stage: str  # services.move.Stage
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
