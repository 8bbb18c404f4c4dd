"""Addresses that are never mailed again, each with the gravest reason that was given."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.domain.suppression import Reason, graver
from scheduler.store.subscribers import parts
from scheduler.store.tables import SuppressionRow


def add(session: Session, workspace_id: int, email: str, reason: Reason, now: datetime) -> None:
    row = find(session, workspace_id, email)
    if row is None:
        row = SuppressionRow(workspace_id=workspace_id, email=email, reason=reason, at=now)
    elif graver(row.reason, reason):
        row.reason, row.at = reason, now
    session.add(row)
    session.flush()


def find(session: Session, workspace_id: int, email: str) -> SuppressionRow | None:
    query = select(SuppressionRow).where(
        col(SuppressionRow.workspace_id) == workspace_id, col(SuppressionRow.email) == email
    )
    return session.execute(query).scalar_one_or_none()


def among(session: Session, workspace_id: int, emails: Collection[str]) -> set[str]:
    """Those of `emails` that are suppressed."""
    query = select(col(SuppressionRow.email)).where(col(SuppressionRow.workspace_id) == workspace_id)
    found: set[str] = set()
    for part in parts(emails):
        found.update(session.execute(query.where(col(SuppressionRow.email).in_(part))).scalars())
    return found
