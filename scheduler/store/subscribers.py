"""Lists, the people on them, and their subscriptions. Addresses come here normalised."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, insert, literal, select
from sqlmodel import Session, col

from scheduler.domain.errors import NotFound
from scheduler.domain.subscriber import Subscription
from scheduler.store.tables import ListRow, SubscriberRow, SubscriptionRow
from scheduler.store.types import UtcDateTime

AT_ONCE = 500  # addresses in one statement: well under the number of values that SQLite takes


def add_list(session: Session, workspace_id: int, name: str, now: datetime) -> ListRow:
    row = ListRow(workspace_id=workspace_id, name=name, created_at=now)
    session.add(row)
    session.flush()
    return row


def find_list(session: Session, workspace_id: int, name: str) -> ListRow | None:
    query = select(ListRow).where(col(ListRow.workspace_id) == workspace_id, col(ListRow.name) == name)
    return session.execute(query).scalar_one_or_none()


def get_list(session: Session, list_id: int) -> ListRow:
    row = session.get(ListRow, list_id)
    if row is None:
        raise NotFound(f"There is no list {list_id}.")
    return row


def lists(session: Session, workspace_id: int) -> list[tuple[ListRow, int]]:
    """The lists of a workspace, each with how many people want its mail."""
    query = (
        select(ListRow, func.count(col(SubscriptionRow.id)))
        .outerjoin(
            SubscriptionRow,
            (col(SubscriptionRow.list_id) == col(ListRow.id))
            & (col(SubscriptionRow.status) == Subscription.CONFIRMED),
        )
        .where(col(ListRow.workspace_id) == workspace_id)
        .group_by(col(ListRow.id))
        .order_by(col(ListRow.name))
    )
    return [(row, count) for row, count in session.execute(query)]


def on_list(session: Session, list_row: ListRow, emails: Collection[str]) -> set[str]:
    """Those of `emails` that have a subscription to the list, in whatever state."""
    joined = exists().where(
        col(SubscriptionRow.subscriber_id) == col(SubscriberRow.id),
        col(SubscriptionRow.list_id) == list_row.id,
    )
    query = select(col(SubscriberRow.email)).where(
        col(SubscriberRow.workspace_id) == list_row.workspace_id, joined
    )
    return _among(session, query, emails)


def subscribe(
    session: Session, list_row: ListRow, people: Mapping[str, str], *, source: str, now: datetime
) -> None:
    """Confirmed subscriptions for `people` (address -> name), none of whom is on the list yet."""
    query = select(col(SubscriberRow.email)).where(col(SubscriberRow.workspace_id) == list_row.workspace_id)
    met = _among(session, query, people)
    new = [
        {"workspace_id": list_row.workspace_id, "email": email, "name": name, "created_at": now}
        for email, name in people.items()
        if email not in met
    ]
    if new:
        session.execute(insert(SubscriberRow), new)
    for part in parts(people):
        session.execute(_subscriptions(list_row, part, source, now))


def _subscriptions(list_row: ListRow, emails: Collection[str], source: str, now: datetime) -> Any:
    chosen = (
        select(
            col(SubscriberRow.id),
            literal(list_row.id),
            literal(Subscription.CONFIRMED.value),
            literal(source),
            literal(now, UtcDateTime),
        )
        .where(
            col(SubscriberRow.workspace_id) == list_row.workspace_id,
            col(SubscriberRow.email).in_(emails),
        )
        .order_by(col(SubscriberRow.id))
    )
    return insert(SubscriptionRow).from_select(
        ["subscriber_id", "list_id", "status", "source", "changed_at"], chosen
    )


def subscription(session: Session, list_row: ListRow, email: str) -> SubscriptionRow | None:
    query = (
        select(SubscriptionRow)
        .join(SubscriberRow, col(SubscriberRow.id) == col(SubscriptionRow.subscriber_id))
        .where(
            col(SubscriberRow.workspace_id) == list_row.workspace_id,
            col(SubscriberRow.email) == email,
            col(SubscriptionRow.list_id) == list_row.id,
        )
    )
    return session.execute(query).scalar_one_or_none()


def get_subscription(session: Session, subscription_id: int) -> SubscriptionRow | None:
    return session.get(SubscriptionRow, subscription_id)


def set_status(session: Session, row: SubscriptionRow, status: Subscription, now: datetime) -> None:
    row.status, row.changed_at = status, now
    session.add(row)
    session.flush()


def parts(emails: Collection[str]) -> Iterator[list[str]]:
    """`emails` in pieces that one statement can take."""
    everyone = list(emails)
    for start in range(0, len(everyone), AT_ONCE):
        yield everyone[start : start + AT_ONCE]


def _among(session: Session, query: Select[Any], emails: Collection[str]) -> set[str]:
    found: set[str] = set()
    for part in parts(emails):
        found.update(session.execute(query.where(col(SubscriberRow.email).in_(part))).scalars())
    return found
