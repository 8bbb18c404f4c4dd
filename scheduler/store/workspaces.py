"""Workspaces."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.domain.errors import NotFound
from scheduler.store.tables import WorkspaceRow


def add(session: Session, name: str, *, zone: str, language: str, now: datetime) -> WorkspaceRow:
    row = WorkspaceRow(name=name, zone=zone, language=language, created_at=now)
    session.add(row)
    session.flush()
    return row


def find(session: Session, name: str | None = None) -> WorkspaceRow | None:
    """The workspace called `name`, or the first one."""
    query = select(WorkspaceRow).order_by(col(WorkspaceRow.id)).limit(1)
    if name is not None:
        query = query.where(col(WorkspaceRow.name) == name)
    return session.execute(query).scalar_one_or_none()


def get(session: Session, workspace_id: int) -> WorkspaceRow:
    row = session.get(WorkspaceRow, workspace_id)
    if row is None:
        raise NotFound(f"There is no workspace {workspace_id}: make one with `pullquote init`.")
    return row
