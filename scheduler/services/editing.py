"""Changing a piece, and taking the last change back. Of two people who change it at once, the second is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import Content
from scheduler.store import pieces, revisions
from scheduler.store.tables import PieceRow


class Conflict(PullquoteError):
    """Somebody else changed the piece meanwhile."""


@dataclass(frozen=True)
class Hand:
    """Who edits, and which revision of the piece they were looking at; None: whichever it is."""

    by: str
    now: datetime
    revision: int | None = None


@dataclass(frozen=True)
class Change:
    """The last change of a piece: what an undo would take back."""

    what: str
    by: str
    at: datetime


def edit(session: Session, row: PieceRow, new: Content, what: str, hand: Hand) -> None:
    """A new revision, with the old one kept. Nothing happens where nothing changed."""
    if pieces.content(row) == new:
        return
    number, old = row.revision, dict(row.content)
    seen = number if hand.revision is None else hand.revision
    if seen != number or not pieces.revise_if(session, row, new, seen):
        raise _conflict(session, row)
    revisions.add(session, row.id, number, old, what, hand.by, hand.now)


def last_change(session: Session, row: PieceRow) -> Change | None:
    found = revisions.last(session, row.id)
    return Change(found.what, found.by, found.at) if found else None


def undo(session: Session, row: PieceRow, hand: Hand) -> str:
    """Take the last change back, as a revision of its own: queued deliveries follow it. Returns what it was."""
    found = revisions.last(session, row.id)
    if found is None:
        raise PullquoteError("There is nothing to undo: nobody changed this piece.")
    seen = row.revision if hand.revision is None else hand.revision
    new = _restored(pieces.content(row), revisions.content(found))
    if seen != row.revision or not pieces.revise_if(session, row, new, seen):
        raise _conflict(session, row)
    revisions.remove(session, found)
    return found.what


def _restored(now: Content, before: Content) -> Content:
    """What people edit is as it was. Where its words stand in the article may have moved since: that is kept."""
    return replace(before, passage=now.passage, passages=now.passages, link=now.link)


def _conflict(session: Session, row: PieceRow) -> Conflict:
    change = last_change(session, row)
    who, what = (change.by, change.what) if change else ("Somebody", "it")
    return Conflict(
        f"{who} changed {what} while you were writing: compare the two, then use yours or theirs."
    )
