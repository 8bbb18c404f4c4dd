"""Bytes by their content: what is stored once is never stored or rendered again."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.dialects.sqlite import insert
from sqlmodel import Session

from scheduler.domain.errors import NotFound
from scheduler.store.tables import AssetRow


def put(session: Session, data: bytes, kind: str, now: datetime, *, width: int = 0, height: int = 0) -> str:
    """Store `data` and return its SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    session.execute(
        insert(AssetRow)
        .values(sha256=digest, type=kind, data=data, width=width, height=height, created_at=now)
        .on_conflict_do_nothing()
    )
    return digest


def get(session: Session, digest: str) -> AssetRow:
    row = session.get(AssetRow, digest)
    if row is None:
        raise NotFound(f"The stored file {digest[:12]} is gone: put the piece into the queue again.")
    return row
