"""Who is on a list, for people to look at."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.store.tables import SubscriberRow, SubscriptionRow, SuppressionRow


def of_list(
    session: Session, list_id: int, limit: int
) -> list[tuple[SubscriberRow, SubscriptionRow, str | None]]:
    """In the order they joined; the last of each is why the address is never mailed."""
    query = (
        select(SubscriberRow, SubscriptionRow, col(SuppressionRow.reason))
        .join(SubscriptionRow, col(SubscriptionRow.subscriber_id) == col(SubscriberRow.id))
        .outerjoin(
            SuppressionRow,
            (col(SuppressionRow.email) == col(SubscriberRow.email))
            & (col(SuppressionRow.workspace_id) == col(SubscriberRow.workspace_id)),
        )
        .where(col(SubscriptionRow.list_id) == list_id)
        .order_by(col(SubscriptionRow.id))
        .limit(limit)
    )
    return [(person, joined, reason) for person, joined, reason in session.execute(query)]
