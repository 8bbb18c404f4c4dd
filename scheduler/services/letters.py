"""The mail of an issue, put together for many batches at once: what all copies share, and what each reader's has.

What is frozen on a delivery is the key of its edition and, for each reader, what differs. That is little, for a
million of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from scheduler.domain.errors import Permanent
from scheduler.domain.headers import newsletter_headers
from scheduler.domain.message import Letter, Recipient
from scheduler.domain.subscriber import Subscription
from scheduler.render.email import CompiledIssue
from scheduler.services.subscribe import token_for
from scheduler.store import assets, recipients
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


def edition(session: Session, delivery: AnyDelivery, issue: CompiledIssue, base_url: str) -> Edition:
    list_row = recipients.list_of_delivery(session, delivery.id)
    if list_row is None:
        raise nobody_left()
    headers = newsletter_headers(
        "%%PQ:unsubscribe_url%%",
        base_url=base_url,
        list_id=list_row.id,
        list_name=list_row.name,
        issue=delivery.piece_id,
    )
    link = f"{base_url.rstrip('/')}/u/"
    shared = {"list_name": list_row.name, "literal": "%%PQ:"}
    return Edition(issue.subject, issue.html, issue.text, headers, link, shared)


def nobody_left() -> Permanent:
    return Permanent(
        "Everybody in this batch has left the list, is suppressed, or gets the issue with another",
        "nobody-left",
    )


def readers(
    session: Session, deliveries: Sequence[AnyDelivery], vault: Vault, now: datetime
) -> dict[int, list[Reader]]:
    """Whom each batch goes to. Whoever left or was suppressed since the freeze gets no copy, and the row says why.

    Composed anew after a failure, a batch goes to those whose copies failed.
    """
    for delivery in recipients.with_failed(session, deliveries):
        recipients.wait_again(session, delivery, now)
    going: dict[int, list[Reader]] = {delivery.id: [] for delivery in deliveries}
    gone: list[dict[str, Any]] = []
    for batch, number, email, name, subscription, status, suppressed in recipients.waiting(session, going):
        if why := suppressed or ("unsubscribed" if status != Subscription.CONFIRMED else ""):
            gone.append({"id": number, "state": "suppressed", "reason": why, "at": now})
        else:
            going[batch].append((number, email, name, token_for(vault, subscription)))
    if gone:
        recipients.settle(session, gone)
    return going


def pack(key: str, going: Sequence[Reader]) -> dict[str, Any]:
    """What a delivery keeps of its letter; `key` is that of its edition."""
    return {"edition": key, "readers": [list(reader) for reader in going]}


def keep(session: Session, shared: Edition, now: datetime) -> str:
    """Store an edition, and return its key."""
    return assets.put(session, json.dumps(asdict(shared)).encode(), TYPE, now)


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
