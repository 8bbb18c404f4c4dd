"""A claimed delivery, as the workers hold it: a copy of its row that no session knows, for there are many."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from scheduler.store.tables import DeliveryRow


@dataclass(slots=True)
class Claimed:
    """The columns of DeliveryRow that sending needs, as they were when it was claimed."""

    id: int
    piece_id: int
    channel_id: int
    revision: int
    status: str
    due_at: datetime
    next_at: datetime | None
    attempts: int
    probes: int
    owner: str
    item: int
    committed_at: datetime | None
    called_at: datetime | None
    message: dict[str, Any] | None
    kept: dict[str, str]
    code: str
    reason: str


COLUMNS = tuple(DeliveryRow.__table__.c[field.name] for field in fields(Claimed))  # type: ignore[attr-defined]

AnyDelivery = DeliveryRow | Claimed
