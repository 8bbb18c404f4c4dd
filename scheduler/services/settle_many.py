"""What became of many deliveries, written in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from scheduler.domain import delivery as rules
from scheduler.domain.delivery import Delivery, Marks
from scheduler.domain.errors import DeliveryError
from scheduler.domain.message import Message, Receipt
from scheduler.services import compose, deliver, limits
from scheduler.services.newsletter import outcome_of
from scheduler.services.work import Office, TooLate, Work
from scheduler.store import ledger, queue
from scheduler.store.engine import reading
from scheduler.store.queue import LeaseLost


@dataclass
class Flight(Work):
    """A delivery on its way with many others."""

    message: Message | None = None
    frozen: dict[str, Any] | None = None  # what the delivery keeps of it, once that is committed

    @property
    def readers(self) -> int:
        return len(self.message.letter.recipients) if self.message and self.message.letter else 0


def is_plain(flight: Flight, outcome: Any) -> bool:
    """Whether it was sent, whole, and each of its copies is explained: the case that has to be cheap."""
    return (
        isinstance(outcome, Receipt)
        and flight.row.item == 0
        and compose.count(flight.row) == 1
        and len(outcome.recipients) in {0, flight.readers}
        and not any(result.suppress for result in outcome.recipients)
    )


def divided(
    landed: Iterable[tuple[Flight, Any]],
) -> tuple[list[tuple[Flight, Any]], list[tuple[Flight, Any]]]:
    """The plain ones, and the others."""
    plain: list[tuple[Flight, Any]] = []
    others: list[tuple[Flight, Any]] = []
    for each in landed:
        (plain if is_plain(*each) else others).append(each)
    return plain, others


def settle_plain(session: Session, plain: Sequence[tuple[Flight, Receipt]], now: datetime) -> None:
    """Write receipts. What another worker has taken over is left to it."""
    if not plain:
        return
    held = ledger.held(session, [{"id": each.row.id, "owner": each.row.owner} for each, _ in plain])
    mine = [(flight, receipt) for flight, receipt in plain if flight.row.id in held]
    ledger.sent(session, [_sent(flight, receipt, now) for flight, receipt in mine], now)
    whole = [
        {"id": flight.row.id, "remote_id": receipt.remote_id}
        for flight, receipt in mine
        if flight.readers and not receipt.recipients
    ]
    if whole:
        ledger.batches_sent(session, whole, now)
    copies = [copy for flight, receipt in mine for copy in _copies(flight, receipt)]
    if copies:
        ledger.copies(session, copies, now)
    for flight, receipt in {each[0].channel.id: each for each in mine}.values():  # the last of each channel
        answers = flight.record.answers[-1:] if flight.record else []
        limits.note(
            session, flight.channel, flight.adapter, flight.row.id, receipt, answers, now=now, spread=0.0
        )


def _sent(flight: Flight, receipt: Receipt, now: datetime) -> dict[str, Any]:
    after = _after(queue.decision(flight.row), flight.marks, now)
    return {
        "id": flight.row.id,
        "owner": flight.row.owner,
        "attempts": after.attempts,
        "committed_at": ledger.moment(after.committed_at),
        "called_at": ledger.moment(after.called_at),
        "remote_id": receipt.remote_id,
        "url": receipt.url,
        "extra": dict(receipt.extra),
        "calls": flight.record.calls if flight.record else [],
    }


@lru_cache(maxsize=256)  # many that went out together end alike
def _after(before: Delivery, marks: Marks | None, now: datetime) -> Delivery:
    return rules.settle(before, Receipt(""), now, 0.0, marks)


def _copies(flight: Flight, receipt: Receipt) -> Iterator[dict[str, Any]]:
    for result in receipt.recipients:
        yield {
            "delivery": flight.row.id,
            "recipient": result.recipient,
            "state": outcome_of(result),
            "remote_id": result.remote_id,
            "reason": result.reason,
        }


def settle_one(office: Office, flight: Flight, outcome: Any) -> None:
    """Any other end, as deliver.py writes it."""
    with reading(office.engine) as session:
        flight.attempt_id = queue.attempt_under_way(session, flight.row)
    try:
        match outcome:
            case TooLate():
                deliver.give_back(office, flight, outcome)
            case LeaseLost():
                return
            case Receipt() | DeliveryError():
                deliver.settle(office, flight, outcome)
            case _:
                deliver.stumbled(office, flight, outcome)
    except LeaseLost:
        return
