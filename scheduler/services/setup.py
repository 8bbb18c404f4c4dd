"""The workspace: a brand with its zone, its language and its look."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.calendar import zone
from scheduler.domain.errors import PullquoteError
from scheduler.store import workspaces
from scheduler.store.tables import WorkspaceRow

TEXTS = frozenset({"name", "address"})  # of a brand; everything else in it is a colour
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


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


def change(
    session: Session,
    row: WorkspaceRow,
    *,
    zone_name: str | None = None,
    language: str | None = None,
    brand: Mapping[str, str],
) -> None:
    """Change what is given. `brand` has colour roles with "#rrggbb", "name" and "address"; "" takes one away."""
    if zone_name is not None:
        zone(zone_name)
        row.zone = zone_name
    if language is not None:
        row.language = language
    for role, value in brand.items():
        if role not in TEXTS and value and not _COLOUR.fullmatch(value):
            raise PullquoteError(f"{value!r} is no colour: write it as #rrggbb.")
    row.brand = {role: value for role, value in {**row.brand, **brand}.items() if value}
    session.add(row)
    session.flush()
