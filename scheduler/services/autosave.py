"""What somebody types is kept while they type, and is there again when they come back. Nothing of it is sent."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.domain.parts import MOST
from scheduler.store import drafts
from scheduler.store.drafts import Place
from scheduler.store.tables_editing import DraftRow

LONGEST = 20_000  # characters of a part: no network takes as many
LATELY = timedelta(minutes=10)


def keep(
    session: Session, place: Place, parts: list[str], said: list[str], revision: int, now: datetime
) -> DraftRow | None:
    """Keep what was typed; None where it is what the piece says anyway, and nothing has to be kept."""
    if len(parts) > MOST or any(len(part) > LONGEST for part in parts):
        raise PullquoteError(f"Up to {MOST} parts of {LONGEST:,} characters are kept: shorten it.")
    if parts == said:
        drafts.remove(session, place)
        return None
    return drafts.put(session, place, parts, revision, now)


def kept(session: Session, place: Place) -> DraftRow | None:
    return drafts.find(session, place)


def discard(session: Session, place: Place) -> None:
    drafts.remove(session, place)


def others(session: Session, place: Place, now: datetime) -> list[str]:
    """Who else is writing here."""
    return drafts.of_others(session, place, now - LATELY)
