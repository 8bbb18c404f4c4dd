"""A delivery in doubt, and a person's three answers: it is live, send it again, drop it.

The same answer twice is one answer. An answer can be taken back as long as nothing has followed from it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.message import Receipt
from scheduler.domain.subscriber import RecipientState
from scheduler.services import compose, newsletter
from scheduler.store import doubts, events, pieces, queue, recipients
from scheduler.store.tables import DeliveryRow

DROPPED = "dropped while in doubt"


class Answer(StrEnum):
    LIVE = "live"
    AGAIN = "again"
    DROP = "drop"


def live(session: Session, row: DeliveryRow, url: str, now: datetime, *, by: str = "") -> None:
    """It was published: the person saw it. A thread goes on behind the item that was in doubt."""
    if _answered(session, row, Answer.LIVE):
        return
    receipt = Receipt(remote_id=url.rstrip("/").rsplit("/", 1)[-1] or "confirmed", url=url)
    try:
        queue.item_sent(session, row, row.item, receipt, now, now)
    except queue.LeaseLost:  # a worker claimed it since it was read
        raise _busy(row) from None
    newsletter.record(session, row, receipt, now)
    session.refresh(row)
    if row.item < compose.count(row):
        _change(session, row, status=Status.SCHEDULED, next_at=now, attempts=0)
    else:
        _change(session, row, status=Status.SENT, next_at=None, settled_at=now, code="", reason="")
    _note(session, row, Answer.LIVE, by, now)


def again(session: Session, row: DeliveryRow, now: datetime, *, by: str = "") -> None:
    """It was not published: send it again, as it was composed."""
    if _answered(session, row, Answer.AGAIN):
        return
    none = {"committed_at": None, "called_at": None, "probes": 0, "attempts": 0}
    _change(session, row, status=Status.SCHEDULED, next_at=now, **none)
    _note(session, row, Answer.AGAIN, by, now)


def drop(session: Session, row: DeliveryRow, now: datetime, *, by: str = "") -> None:
    """Whatever became of it: leave it."""
    if _answered(session, row, Answer.DROP):
        return
    newsletter.fail(session, row, DROPPED, now)
    _change(session, row, status=Status.CANCELLED, next_at=None, settled_at=now)
    _note(session, row, Answer.DROP, by, now)


def undo(session: Session, row: DeliveryRow, now: datetime, *, by: str = "") -> None:
    """Take the answer back: it is in doubt again."""
    answer = _last_answer(session, row)
    if answer is None or row.status == Status.IN_DOUBT:
        raise PullquoteError(
            f"Nobody has said what became of delivery {row.id}: there is nothing to take back."
        )
    untouched = row.status == Status.SCHEDULED and row.attempts == 0 and row.committed_at is None
    if answer is Answer.AGAIN and untouched:
        _reopen(session, row, now)
    elif answer is Answer.DROP and row.status == Status.CANCELLED:
        doubts.reopen_copies(session, row.id, RecipientState.FAILED, DROPPED, now)
        _reopen(session, row, now)
    elif answer is Answer.LIVE and (untouched or row.status == Status.SENT):
        doubts.forget_receipt(session, row.id, row.item - 1)
        doubts.reopen_copies(session, row.id, RecipientState.SENT, "", now)
        _reopen(session, row, now, item=row.item - 1)
    else:
        raise PullquoteError(
            f"Delivery {row.id} went on since then and is {row.status}: it cannot be taken back."
        )
    events.add(
        session, "reopened", f"Delivery {row.id} is in doubt again{_says(by)}.", now, delivery_id=row.id
    )


def _reopen(session: Session, row: DeliveryRow, now: datetime, **values: object) -> None:
    """As it was: the call that is in doubt was made in its last attempt."""
    tried = queue.attempts(session, row.id)
    at = tried[-1].started_at if tried else now
    doubt = {"status": Status.IN_DOUBT, "next_at": None, "settled_at": None}
    _change(session, row, **doubt, committed_at=at, called_at=at, **values)


def copies(
    session: Session,
    piece_id: int,
    addresses: Collection[str],
    answer: Answer,
    now: datetime,
    *,
    by: str = "",
) -> int:
    """What became of readers' copies that the service said nothing about; without `addresses`, of all of an issue.

    Returns how many it settles. What is to be sent again goes out as a batch of its own.
    """
    rows = doubts.copies(session, piece_id, {address.lower() for address in addresses})
    if not rows:
        return 0
    match answer:
        case Answer.LIVE:
            doubts.settle_copies(session, rows, RecipientState.SENT, "", now)
        case Answer.DROP:
            doubts.settle_copies(session, rows, RecipientState.FAILED, DROPPED, now)
        case Answer.AGAIN:
            _send_copies(session, piece_id, rows, now)
    text = f"{len(rows):,} copies of issue {piece_id} that were in doubt: {answer}{_says(by)}."
    events.add(session, "resolved", text, now)
    return len(rows)


def _send_copies(session: Session, piece_id: int, rows: list[doubts.Copy], now: datetime) -> None:
    """In batches of their own, one for each that they were part of: none is larger than its channel takes."""
    piece = pieces.get(session, piece_id)
    for before in sorted({row.delivery_id for row in rows}):
        channel_id = queue.get(session, before).channel_id
        (batch,) = recipients.add_batches(session, piece, channel_id, 1, due_at=now, slot_key=None, now=now)
        own = [row for row in rows if row.delivery_id == before]
        doubts.move_copies(session, own, batch.id, now)


def _answered(session: Session, row: DeliveryRow, answer: Answer) -> bool:
    """Whether that was said already. Raises where it is not in doubt for another reason."""
    if row.status == Status.IN_DOUBT:
        return False
    if _last_answer(session, row) is answer:
        return True
    raise PullquoteError(f"Delivery {row.id} is {row.status}, not in doubt: there is nothing to resolve.")


def _last_answer(session: Session, row: DeliveryRow) -> Answer | None:
    kind = events.last_kind(session, row.id, [f"resolved-{answer}" for answer in Answer])
    return Answer(kind.removeprefix("resolved-")) if kind else None


def _note(session: Session, row: DeliveryRow, answer: Answer, by: str, now: datetime) -> None:
    said = {Answer.LIVE: "is live", Answer.AGAIN: "is sent again", Answer.DROP: "is dropped"}[answer]
    text = f"Delivery {row.id}, which was in doubt, {said}{_says(by)}."
    events.add(session, f"resolved-{answer}", text, now, delivery_id=row.id, channel_id=row.channel_id)


def _says(by: str) -> str:
    return f", says {by}" if by else ""


def _change(session: Session, row: DeliveryRow, **values: object) -> None:
    if not queue.change(session, row, **values):
        raise _busy(row)


def _busy(row: DeliveryRow) -> PullquoteError:
    return PullquoteError(f"Delivery {row.id} is being looked up right now: try again in a moment.")
