"""The files of a brand: each is an asset, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlmodel import Session, col

from scheduler.domain.brand import CENTRE, Look
from scheduler.store.tables import AssetRow, BrandFileRow


class BrandFile(NamedTuple):
    row: BrandFileRow
    asset: AssetRow


def put(
    session: Session,
    workspace_id: int,
    look: Look,
    name: str,
    *,
    asset: str,
    title: str,
    note: str = "",
    focus: tuple[float, float] = CENTRE,
    now: datetime,
) -> BrandFileRow:
    """In place of the one of that kind and name, if there is one. `asset` is the SHA-256 of a stored one."""
    row = find(session, workspace_id, look, name) or BrandFileRow(
        workspace_id=workspace_id, look=look, name=name, title=title, asset=asset, created_at=now
    )
    row.asset, row.title, row.note = asset, title, note
    row.focus_x, row.focus_y = focus
    session.add(row)
    session.flush()
    return row


def find(session: Session, workspace_id: int, look: Look, name: str) -> BrandFileRow | None:
    query = select(BrandFileRow).where(
        col(BrandFileRow.workspace_id) == workspace_id,
        col(BrandFileRow.look) == look,
        col(BrandFileRow.name) == name,
    )
    return session.execute(query).scalar_one_or_none()


def of_workspace(session: Session, workspace_id: int, look: Look | None = None) -> Sequence[BrandFileRow]:
    """By kind, then by name."""
    query = select(BrandFileRow).where(col(BrandFileRow.workspace_id) == workspace_id)
    if look is not None:
        query = query.where(col(BrandFileRow.look) == look)
    return session.execute(query.order_by(col(BrandFileRow.look), col(BrandFileRow.name))).scalars().all()


def with_data(session: Session, row: BrandFileRow) -> BrandFile:
    asset = session.get_one(AssetRow, row.asset)
    return BrandFile(row, asset)


def remove(session: Session, row: BrandFileRow) -> None:
    """The asset stays: cards that were drawn with it may wait in the queue."""
    session.execute(delete(BrandFileRow).where(col(BrandFileRow.id) == row.id))
