"""Joining a list and leaving it. Nothing but the person lifts an unsubscription, and nothing here a suppression."""

from __future__ import annotations

import base64
import re
from collections import Counter
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlmodel import Session

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.roster import Person, name_fault, read_roster
from scheduler.domain.subscriber import ImportReport, Invalid, Subscription
from scheduler.store import events, subscribers, suppressions
from scheduler.store.tables import ListRow, SubscriptionRow
from scheduler.store.vault import Vault

PURPOSE = "unsub1"  # of the signature in an unsubscribe link; never reused, never retired
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")


def create_list(session: Session, workspace_id: int, name: str, *, now: datetime) -> ListRow:
    name = " ".join(name.split())
    if not name.isprintable() or not 1 <= len(name) <= 80:
        raise PullquoteError("A list's name has 1 to 80 printable characters.")
    if subscribers.find_list(session, workspace_id, name):
        raise PullquoteError(f"There is a list called “{name}” already: choose another name.")
    return subscribers.add_list(session, workspace_id, name, now)


def find_list(session: Session, workspace_id: int, name: str) -> ListRow:
    row = subscribers.find_list(session, workspace_id, name)
    if row is None:
        raise NotFound(f"There is no list called “{name}”: create it first.")
    return row


def normalised(address: str) -> str:
    """`address` as it is stored and compared: in lower case, its domain in ASCII. Asks no name server."""
    try:
        valid = validate_email(address, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise PullquoteError(f"“{address[:80]}” cannot be mailed: {error}") from None
    return (valid.ascii_email or valid.normalized).lower()


def add_subscriber(
    session: Session, list_row: ListRow, address: str, name: str = "", *, source: str, now: datetime
) -> SubscriptionRow:
    """Put one person who asked for it on the list. Raises where they left it, or must not be mailed."""
    email = normalised(address)
    if suppressions.find(session, list_row.workspace_id, email):
        raise PullquoteError(f"{email} is suppressed: it can be mailed again only if that is lifted first.")
    row = subscribers.subscription(session, list_row, email)
    if row and row.status == Subscription.UNSUBSCRIBED:
        raise PullquoteError(f"{email} left this list: only the person can join it again.")
    if row is None:
        subscribers.subscribe(session, list_row, {email: _tidy(name)}, source=source, now=now)
        row = subscribers.subscription(session, list_row, email)
    assert row is not None  # noqa: S101 — written above, in this transaction
    return row


def _tidy(name: str) -> str:
    name = " ".join(name.split())
    if wrong := name_fault(name):
        raise PullquoteError(f"This subscriber cannot be added: {wrong}.")
    return name


def import_csv(
    session: Session, workspace_id: int, list_name: str, data: bytes, *, source: str, now: datetime
) -> ImportReport:
    """Put the people of a CSV file on a list. A second time changes nothing; a bad row costs no other."""
    list_row = find_list(session, workspace_id, list_name)
    people, rows, invalid = _read(data)
    suppressed = suppressions.among(session, workspace_id, people)
    known = subscribers.on_list(session, list_row, people)
    skipped = suppressed | known
    new = {email: name for email, name in people.items() if email not in skipped}
    subscribers.subscribe(session, list_row, new, source=source, now=now)
    held_back = sum(rows[email] for email in suppressed)
    return ImportReport(
        added=len(new),
        known=rows.total() - len(new) - held_back,
        suppressed=held_back,
        invalid=tuple(invalid),
    )


def _read(data: bytes) -> tuple[dict[str, str], Counter[str], list[Invalid]]:
    """Address -> name, how many rows have each address, and the rows that cannot be used."""
    people: dict[str, str] = {}
    rows: Counter[str] = Counter()
    invalid: list[Invalid] = []
    for row in read_roster(data):
        match row:
            case Invalid():
                invalid.append(row)
            case Person():
                try:
                    email = normalised(row.email)
                except PullquoteError as error:
                    invalid.append(Invalid(row.line, str(error).rstrip(".")))
                else:
                    people.setdefault(email, row.name)
                    rows[email] += 1
    return people, rows, invalid


def token_for(vault: Vault, subscription_id: int) -> str:
    """The key in an unsubscribe link: 32 characters, good for ever, for this one subscription."""
    name = subscription_id.to_bytes(8, "big")
    return base64.urlsafe_b64encode(name + vault.sign(PURPOSE, name)).decode()


def unsubscribe(session: Session, token: str, vault: Vault, now: datetime) -> SubscriptionRow | None:
    """End the subscription that `token` was made for; None where it was made for none of ours."""
    subscription_id = _subscription_of(vault, token)
    row = subscribers.get_subscription(session, subscription_id) if subscription_id else None
    if row and row.status != Subscription.UNSUBSCRIBED:
        subscribers.set_status(session, row, Subscription.UNSUBSCRIBED, now)
        name = subscribers.get_list(session, row.list_id).name
        events.add(session, "unsubscribed", f"Somebody left the list “{name}”.", now)
    return row


def _subscription_of(vault: Vault, token: str) -> int | None:
    if not _TOKEN.fullmatch(token):
        return None
    raw = base64.urlsafe_b64decode(token)
    return int.from_bytes(raw[:8], "big") if vault.verify(PURPOSE, raw[:8], raw[8:]) else None
