"""What people typed into the composer and have not used yet: one text for each person, piece and channel."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from scheduler.store.tables_editing import DraftRow
from scheduler.store.tables_people import PersonRow


class Place(NamedTuple):
    """Where somebody writes. No channel: the one text of all that follow it."""

    piece_id: int
    person_id: int
    channel_id: int | None


def find(session: Session, place: Place) -> DraftRow | None:
    query = select(DraftRow).where(*_at(place)).order_by(col(DraftRow.id).desc())
    return session.execute(query.limit(1)).scalar_one_or_none()  # two windows may have begun one each


def put(session: Session, place: Place, parts: list[str], revision: int, now: datetime) -> DraftRow:
    row = find(session, place) or DraftRow(**place._asdict(), revision=revision, saved_at=now)
    row.parts, row.revision, row.saved_at = parts, revision, now
    session.add(row)
    session.flush()
    return row


def remove(session: Session, place: Place) -> None:
    session.execute(delete(DraftRow).where(*_at(place)))


def of_others(session: Session, place: Place, since: datetime) -> list[str]:
    """Who else typed something here lately, by name."""
    query = (
        select(col(PersonRow.name))
        .join(DraftRow, col(DraftRow.person_id) == col(PersonRow.id))
        .where(
            col(DraftRow.piece_id) == place.piece_id,
            col(DraftRow.person_id) != place.person_id,
            col(DraftRow.saved_at) > since,
        )
    )
    return list(session.execute(query.order_by(col(PersonRow.name)).distinct()).scalars())


def _at(place: Place) -> list[ColumnElement[bool]]:
    return [
        col(DraftRow.piece_id) == place.piece_id,
        col(DraftRow.person_id) == place.person_id,
        col(DraftRow.channel_id).is_(None)
        if place.channel_id is None
        else col(DraftRow.channel_id) == place.channel_id,
    ]
