"""What is paused, and by whom."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlmodel import Session, col

from scheduler.domain.pause import Pause, Reach, Target
from scheduler.store.tables import ArticleRow, ChannelRow, PauseRow, PieceRow, WorkspaceRow


def add(session: Session, pause: Pause) -> bool:
    """False where it was paused already: the first reason stands."""
    if any(each.target == pause.target for each in listed(session)):
        return False
    reach, target = pause.target.reach, pause.target.id
    session.add(PauseRow(reach=reach, target=target, at=pause.at, by=pause.by, why=pause.why))
    session.flush()
    return True


def remove(session: Session, target: Target) -> None:
    session.execute(
        delete(PauseRow).where(col(PauseRow.reach) == target.reach, col(PauseRow.target) == target.id)
    )


def listed(session: Session) -> list[Pause]:
    """Every pause but those of single channels, the widest first."""
    rows = session.execute(select(PauseRow).order_by(col(PauseRow.reach), col(PauseRow.id))).scalars()
    return [_pause(row) for row in rows]


def on(session: Session, channel_id: int, piece_id: int) -> Pause | None:
    """What keeps a piece from going to a channel at this moment."""
    columns = (ChannelRow.workspace_id, ChannelRow.paused_at, ChannelRow.paused_by, ChannelRow.paused_why)
    channel = session.execute(select(*map(col, columns)).where(col(ChannelRow.id) == channel_id)).one()
    if channel.paused_at is not None:
        target = Target(Reach.CHANNEL, channel_id)
        return Pause(target, channel.paused_at, channel.paused_by, channel.paused_why)
    row: PauseRow | None = session.execute(
        select(PauseRow).where(_stops(channel.workspace_id, piece_id)).order_by(col(PauseRow.reach)).limit(1)
    ).scalar_one_or_none()
    return _pause(row) if row else None


def _pause(row: PauseRow) -> Pause:
    return Pause(Target(Reach(row.reach), row.target), row.at, row.by, row.why)


def _stops(workspace_id: int, piece_id: int) -> ColumnElement[bool]:
    article = select(col(PieceRow.article_id)).where(col(PieceRow.id) == piece_id).scalar_subquery()
    return or_(
        col(PauseRow.reach) == Reach.ALL,
        and_(col(PauseRow.reach) == Reach.WORKSPACE, col(PauseRow.target) == workspace_id),
        and_(col(PauseRow.reach) == Reach.ARTICLE, col(PauseRow.target) == article),
    )


def name(session: Session, target: Target) -> str:
    """What a pause stops, for people."""
    match target.reach:
        case Reach.WORKSPACE:
            workspace = session.get(WorkspaceRow, target.id)
            return f"the workspace {workspace.name}" if workspace else f"workspace {target.id}"
        case Reach.ARTICLE:
            article = session.get(ArticleRow, target.id)
            return f"the campaign of “{article.title}”" if article else f"article {target.id}"
        case Reach.CHANNEL:
            channel = session.get(ChannelRow, target.id)
            return channel.name if channel else f"channel {target.id}"
        case _:
            return "everything"
