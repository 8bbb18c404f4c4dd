"""What is paused, and by whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import and_, bindparam, delete, or_, select
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


_LISTED = select(
    col(PauseRow.reach), col(PauseRow.target), col(PauseRow.at), col(PauseRow.by), col(PauseRow.why)
).order_by(col(PauseRow.reach), col(PauseRow.id))


def listed(session: Session) -> list[Pause]:
    """Every pause but those of single channels, the widest first."""
    return [
        Pause(Target(Reach(reach), target), at, by, why)
        for reach, target, at, by, why in session.execute(_LISTED)
    ]


def of_channel(session: Session, channel: ChannelRow) -> Pause | None:
    """What keeps everything from going to a channel."""
    if channel.paused_at is not None:
        return Pause(
            Target(Reach.CHANNEL, channel.id), channel.paused_at, channel.paused_by, channel.paused_why
        )
    wider = {Target(Reach.ALL), Target(Reach.WORKSPACE, channel.workspace_id)}
    return next((pause for pause in listed(session) if pause.target in wider), None)


_article = select(col(PieceRow.article_id)).where(col(PieceRow.id) == bindparam("piece")).scalar_subquery()
_wider = or_(
    col(PauseRow.reach) == Reach.ALL,
    and_(col(PauseRow.reach) == Reach.WORKSPACE, col(PauseRow.target) == col(ChannelRow.workspace_id)),
    and_(col(PauseRow.reach) == Reach.ARTICLE, col(PauseRow.target) == _article),
)
_ON: Any = (
    select(
        col(ChannelRow.paused_at).label("own_at"),
        col(ChannelRow.paused_by),
        col(ChannelRow.paused_why),
        col(PauseRow.reach),
        col(PauseRow.target),
        col(PauseRow.at),
        col(PauseRow.by),
        col(PauseRow.why),
    )
    .outerjoin(PauseRow, _wider)
    .where(col(ChannelRow.id) == bindparam("channel"))
    .order_by(col(PauseRow.reach), col(PauseRow.id))
    .limit(1)
)


def on(session: Session, channel_id: int, piece_id: int) -> Pause | None:
    """What keeps a piece from going to a channel at this moment. One statement: it is asked twice for each."""
    found = session.execute(_ON, {"channel": channel_id, "piece": piece_id}).one_or_none()
    if found is None:  # it was removed: whoever sends finds that out by itself
        return None
    if found.own_at is not None:
        return Pause(Target(Reach.CHANNEL, channel_id), found.own_at, found.paused_by, found.paused_why)
    if found.reach is None:
        return None
    return Pause(Target(Reach(found.reach), found.target), found.at, found.by, found.why)


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
