"""Bytes by their content: what is stored once is never stored or rendered again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.domain.errors import NotFound
from scheduler.store.insert import insert_new
from scheduler.store.tables import AssetRow, CardRow


def put(session: Session, data: bytes, kind: str, now: datetime, *, width: int = 0, height: int = 0) -> str:
    """Store `data` and return its SHA-256."""
    digest = hashlib.sha256(data).hexdigest()
    values = {"type": kind, "data": data, "width": width, "height": height, "created_at": now}
    insert_new(session, AssetRow, [{"sha256": digest, **values}])
    return digest


def get(session: Session, digest: str) -> AssetRow:
    row = session.get(AssetRow, digest)
    if row is None:
        raise NotFound(f"The stored file {digest[:12]} is gone: put the piece into the queue again.")
    return row


class Frame(NamedTuple):
    """A card that was drawn before: one of a carousel, or the only one."""

    asset: AssetRow
    quote: str  # the words on it


def drawn(session: Session, key: str) -> list[Frame]:
    """What was drawn under that key, in order; nothing where nothing was."""
    found = select(AssetRow, CardRow).join(CardRow, col(CardRow.asset) == col(AssetRow.sha256))
    query = found.where(col(CardRow.key) == key).order_by(col(CardRow.frame))
    return [Frame(asset, card.quote) for asset, card in session.execute(query)]


def remember(session: Session, key: str, frames: Sequence[tuple[str, str]]) -> None:
    """Note what was drawn under that key: SHA-256 of an asset that is stored, and the words on it."""
    rows = [
        {"key": key, "frame": number, "asset": digest, "quote": quote}
        for number, (digest, quote) in enumerate(frames, start=1)
    ]
    insert_new(session, CardRow, rows)
