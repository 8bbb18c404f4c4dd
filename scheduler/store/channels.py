"""Channels and their slots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time

from sqlalchemy import case, delete, literal, select, update
from sqlmodel import Session, col

from scheduler.domain.calendar import Slot
from scheduler.domain.errors import NotFound
from scheduler.store.tables import ChannelRow, GateRow, SlotRow


def add(session: Session, row: ChannelRow) -> ChannelRow:
    session.add(row)
    session.flush()
    session.add(GateRow(channel_id=row.id))
    session.flush()
    return row


def get(session: Session, channel_id: int) -> ChannelRow:
    row = session.get(ChannelRow, channel_id)
    if row is None:
        raise NotFound(f"There is no channel {channel_id}: see `pullquote channels`.")
    return row


def by_ids(session: Session, ids: Iterable[int]) -> dict[int, ChannelRow]:
    rows = session.execute(select(ChannelRow).where(col(ChannelRow.id).in_(ids))).scalars()
    return {row.id: row for row in rows}


def by_name(session: Session, workspace_id: int, name: str) -> ChannelRow:
    query = select(ChannelRow).where(
        col(ChannelRow.workspace_id) == workspace_id, col(ChannelRow.name) == name
    )
    row: ChannelRow | None = session.execute(query).scalar_one_or_none()
    if row is None:
        raise NotFound(f"There is no channel called {name!r}: see `pullquote channels`.")
    return row


def all_of(session: Session) -> list[ChannelRow]:
    return list(session.execute(select(ChannelRow).order_by(col(ChannelRow.id))).scalars())


def of_workspace(session: Session, workspace_id: int) -> list[ChannelRow]:
    query = (
        select(ChannelRow).where(col(ChannelRow.workspace_id) == workspace_id).order_by(col(ChannelRow.id))
    )
    return list(session.execute(query).scalars())


def pause(session: Session, channel_id: int, why: str, now: datetime, *, by: str = "") -> bool:
    """Stop a channel. False where it was paused already, so that a person is told once."""
    change = (
        update(ChannelRow)
        .where(col(ChannelRow.id) == channel_id, col(ChannelRow.paused_at).is_(None))
        .values(paused_at=now, paused_why=why, paused_by=by)
        .returning(col(ChannelRow.id))
        .execution_options(synchronize_session=False)
    )
    return session.execute(change).scalar() is not None


def refuse(session: Session, channel_id: int, why: str) -> bool:
    """A channel that a person paused turns out to need mending, too. False where that is known."""
    before = literal("; before that, paused by ") + col(ChannelRow.paused_by)
    reason = case((col(ChannelRow.paused_why) == "", ""), else_=literal(": ") + col(ChannelRow.paused_why))
    change = (
        update(ChannelRow)
        .where(col(ChannelRow.id) == channel_id, col(ChannelRow.paused_by) != "")
        .values(paused_why=literal(why) + before + reason, paused_by="")
        .returning(col(ChannelRow.id))
        .execution_options(synchronize_session=False)
    )
    return session.execute(change).scalar() is not None


def keep_waiting(session: Session, row: ChannelRow, until: datetime) -> bool:
    """Its service takes nothing before `until`. False where another delivery of the same round found out before."""
    change = (
        update(ChannelRow)
        .where(col(ChannelRow.id) == row.id, col(ChannelRow.resume_at).is_not_distinct_from(row.resume_at))
        .values(resume_at=until)
        .returning(col(ChannelRow.id))
        .execution_options(synchronize_session=False)
    )
    return session.execute(change).scalar() is not None


def set_session(session: Session, channel_id: int, sealed: str, *, config: str) -> None:
    """Keep what signing in with `config` gave, before it is used; not where it is another account's by now."""
    session.execute(
        update(ChannelRow)
        .where(col(ChannelRow.id) == channel_id, col(ChannelRow.config) == config)
        .values(session=sealed)
        .execution_options(synchronize_session=False)
    )


def set_values(session: Session, channel_id: int, values: Mapping[str, object]) -> None:
    session.execute(
        update(ChannelRow)
        .where(col(ChannelRow.id) == channel_id)
        .values(dict(values))
        .execution_options(synchronize_session=False)
    )


def remove(session: Session, channel_id: int) -> None:
    """Remove a channel with its slots and its deliveries."""
    session.delete(get(session, channel_id))
    session.flush()


def slots(session: Session, channel_id: int) -> list[Slot]:
    query = select(SlotRow).where(col(SlotRow.channel_id) == channel_id)
    return sorted(Slot(row.weekday, time.fromisoformat(row.time)) for row in session.execute(query).scalars())


def set_slots(session: Session, channel_id: int, new: Iterable[Slot]) -> None:
    """Replace the posting schedule of a channel. What is queued already keeps its time."""
    session.execute(delete(SlotRow).where(col(SlotRow.channel_id) == channel_id))
    session.add_all(
        SlotRow(channel_id=channel_id, weekday=slot.weekday, time=f"{slot.at:%H:%M}") for slot in new
    )
    session.flush()
