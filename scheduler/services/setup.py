"""The first workspace of an installation."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.calendar import zone
from scheduler.store import workspaces
from scheduler.store.tables import WorkspaceRow


def set_up(
    session: Session, name: str, *, zone_name: str, language: str, address: str = "", now: datetime
) -> WorkspaceRow | None:
    """Make the workspace. None where there is one already: it is left as it is."""
    zone(zone_name)
    if workspaces.find(session) is not None:
        return None
    row = workspaces.add(session, name, zone=zone_name, language=language, now=now)
    row.brand = {"name": name} | ({"address": address} if address else {})
    session.flush()
    return row
