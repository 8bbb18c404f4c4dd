"""The tables of the composer: what somebody is typing, and what a piece said before it was changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from scheduler.store.tables import instant, json_column, many, to


class RevisionRow(SQLModel, table=True):
    """What a piece said until somebody changed it: the way back."""

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("piece_id", "number"),)

    id: int = many()
    piece_id: int = to("piece", index=False)  # the unique constraint begins with it
    number: int  # the piece's revision as long as it said this
    content: dict[str, Any] = json_column(dict)  # domain.piece.Content
    what: str  # was changed: "its words on Mastodon"
    by: str  # who changed it
    at: datetime = instant()


class DraftRow(SQLModel, table=True):
    """What somebody typed and has not used yet."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_piece_person", "piece_id", "person_id"),)

    id: int = Field(default=None, primary_key=True)
    piece_id: int = to("piece", index=False)  # the index begins with it
    person_id: int = to("person")
    channel_id: int | None = to("channel", nullable=True)  # NULL: the one text of all that follow it
    parts: list[str] = json_column(list)
    revision: int  # of the piece when the writing began
    saved_at: datetime = instant()
