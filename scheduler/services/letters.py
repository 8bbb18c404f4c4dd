"""The mail of an issue, put together for many batches at once: what all copies share, and what each reader's has.

What is frozen on a delivery is the key of its edition and, for each reader, what differs. That is little, for a
million of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlmodel import Session

from scheduler.domain.errors import Permanent
from scheduler.domain.headers import newsletter_headers
from scheduler.domain.message import Letter, Recipient
from scheduler.domain.subscriber import RecipientState, Subscription
from scheduler.render.email import CompiledIssue
from scheduler.services.subscribe import token_for
from scheduler.store import assets, recipients, subscribers
from scheduler.store.claimed import AnyDelivery
from scheduler.store.vault import Vault

TYPE = "application/vnd.pullquote.edition+json"
#: Id of the recipient row, address, name, and the key in the unsubscribe link.
Reader = Sequence[Any]


@dataclass(frozen=True)
class Edition:
    """An issue as it goes to one list. `html`, `text` and `headers` hold merge tokens."""

    subject: str
    html: str
    text: str
    headers: Mapping[str, str]
    link: str  # of unsubscribing, before its key
    shared: Mapping[str, str]  # merge token -> value, the same for every reader

    @cached_property
    def data(self) -> bytes:
        """As it is stored."""
        return json.dumps(asdict(self)).encode()


@dataclass(frozen=True)
class Batch:
    """Whom one delivery goes to: readers of one list."""

    list_id: int
    readers: list[Reader] = field(default_factory=list)


def edition(session: Session, list_id: int, piece_id: int, issue: CompiledIssue, base_url: str) -> Edition:
    list_row = subscribers.get_list(session, list_id)
    headers = newsletter_headers(
        "%%PQ:unsubscribe_url%%",
        base_url=base_url,
        list_id=list_row.id,
        list_name=list_row.name,
        issue=piece_id,
    )
    link = f"{base_url.rstrip('/')}/u/"
    shared = {"list_name": list_row.name, "literal": "%%PQ:"}
    return Edition(issue.subject, issue.html, issue.text, headers, link, shared)


def nobody_left() -> Permanent:
    return Permanent(
        "Everybody in this batch has left the list, is suppressed, or gets the issue with another",
        "nobody-left",
    )


def batches(
    session: Session, deliveries: Sequence[AnyDelivery], vault: Vault, now: datetime
) -> dict[int, Batch]:
    """Whom each delivery goes to; one that goes to nobody is missing.

    Whoever left or was suppressed since the freeze gets no copy, and the row says why. Composed anew after a failure,
    a batch goes to those whose copies failed.
    """
    found = _to_send(session, deliveries, now)
    going: dict[int, Batch] = {}
    gone: list[dict[str, Any]] = []
    for own, number, state, email, name, subscription, list_id, status, suppressed in found:
        if state != RecipientState.WAITING:
            continue
        if why := suppressed or ("unsubscribed" if status != Subscription.CONFIRMED else ""):
            gone.append({"id": number, "state": "suppressed", "reason": why, "at": now})
            continue
        if own not in going:
            going[own] = Batch(list_id)
        going[own].readers.append((number, email, name, token_for(vault, subscription)))
    if gone:
        recipients.settle(session, gone)
    return going


def _to_send(session: Session, deliveries: Sequence[AnyDelivery], now: datetime) -> Sequence[Any]:
    """With those whose copies failed: they wait again, but for those that another batch has taken over since."""
    ids = [delivery.id for delivery in deliveries]
    found = recipients.waiting_or_failed(session, ids)
    failed = {row.delivery_id for row in found if row.state == RecipientState.FAILED}
    if not failed:
        return found
    for delivery in deliveries:
        if delivery.id in failed:
            recipients.wait_again(session, delivery, now)
    return recipients.waiting_or_failed(session, ids)


def pack(key: str, going: Sequence[Reader]) -> dict[str, Any]:
    """What a delivery keeps of its letter; `key` is that of its edition."""
    return {"edition": key, "readers": going}


def keep(session: Session, shared: Edition, now: datetime) -> str:
    """Store an edition, and return its key."""
    return assets.put(session, shared.data, TYPE, now)


def unpack(session: Session, frozen: Mapping[str, Any]) -> Letter:
    shared = _read(assets.get(session, frozen["edition"]).data)
    return letter(shared, frozen["readers"])


@lru_cache(maxsize=8)
def _read(data: bytes) -> Edition:
    return Edition(**json.loads(data))


def letter(shared: Edition, going: Iterable[Reader]) -> Letter:
    to = tuple(
        Recipient(
            number,
            address,
            name,
            {"unsubscribe_url": shared.link + token, "address": address, "name": name, **shared.shared},
        )
        for number, address, name, token in going
    )
    return Letter(shared.subject, shared.html, shared.text, to, shared.headers)
