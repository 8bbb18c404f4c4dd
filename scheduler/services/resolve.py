"""A delivery in doubt, and a person's three answers: it is live, send it again, drop it."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.message import Receipt
from scheduler.services import compose, newsletter
from scheduler.store import queue
from scheduler.store.tables import DeliveryRow


def live(session: Session, row: DeliveryRow, url: str, now: datetime) -> None:
    """It was published: the person saw it. A thread goes on behind the item that was in doubt."""
    _in_doubt(row)
    receipt = Receipt(remote_id=url.rstrip("/").rsplit("/", 1)[-1] or "confirmed", url=url)
    queue.item_sent(session, row, row.item, receipt, now, now)
    newsletter.record(session, row, receipt, now)
    session.refresh(row)
    if row.item < compose.count(row):
        _change(session, row, status=Status.SCHEDULED, next_at=now, attempts=0)
    else:
        _change(session, row, status=Status.SENT, next_at=None, settled_at=now, code="", reason="")


def again(session: Session, row: DeliveryRow, now: datetime) -> None:
    """It was not published: send it again, as it was composed."""
    _in_doubt(row)
    _change(
        session,
        row,
        status=Status.SCHEDULED,
        next_at=now,
        committed_at=None,
        called_at=None,
        probes=0,
        attempts=0,
    )


def drop(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Whatever became of it: leave it."""
    _in_doubt(row)
    newsletter.fail(session, row, "dropped while in doubt", now)
    _change(session, row, status=Status.CANCELLED, next_at=None, settled_at=now)


def _in_doubt(row: DeliveryRow) -> None:
    if row.status != Status.IN_DOUBT:
        raise PullquoteError(f"Delivery {row.id} is {row.status}, not in doubt: there is nothing to resolve.")


def _change(session: Session, row: DeliveryRow, **values: object) -> None:
    if not queue.change(session, row, **values):
        raise PullquoteError(f"Delivery {row.id} is being looked up right now: try again in a moment.")
