"""What a person wants to know first: what goes out next, what went wrong, and whether anybody is at work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.pause import Pause, Reach, Target
from scheduler.services import health
from scheduler.services.listing import Sending, sendings
from scheduler.store import articles, board, channels, heartbeats, pauses
from scheduler.store.board import Wanted
from scheduler.store.tables import ChannelRow

SHOWN = 8  # of each list; the queue has the rest
RECENT = timedelta(days=7)


@dataclass(frozen=True)
class ChannelHealth:
    row: ChannelRow
    last_sent: datetime | None
    next_due: datetime | None
    waiting: int

    def state(self, now: datetime) -> str:
        if self.row.paused_at is not None:
            return "paused"
        return "waiting" if self.row.resume_at is not None and self.row.resume_at > now else "ready"


@dataclass(frozen=True)
class Steps:
    """The way to a first post."""

    article: bool
    channel: bool
    queued: bool

    @property
    def done(self) -> bool:
        return self.article and self.channel and self.queued


@dataclass(frozen=True)
class Overview:
    steps: Steps
    upcoming: list[Sending]
    in_doubt: list[Sending]
    failed: list[Sending]
    held: list[Sending]
    sent: list[Sending]
    channels: list[ChannelHealth]
    last_beat: datetime | None  # of any daemon
    at_work: bool
    overdue: int
    pauses: list[Pause]  # of the whole installation, or of this workspace


def look(session: Session, workspace_id: int, now: datetime) -> Overview:
    found = health.look(session, now)
    own = channels.of_workspace(session, workspace_id)
    ids = [row.id for row in own]

    def some(status: Status, *, newest: bool = False) -> list[Sending]:
        since = now - RECENT if newest else None
        wanted = Wanted(ids, [status], since=since, newest_first=newest)
        return sendings(session, board.listed(session, wanted, SHOWN))

    return Overview(
        steps=Steps(articles.any_in(session, workspace_id), bool(own), board.any_in(session, ids)),
        upcoming=some(Status.SCHEDULED),
        in_doubt=sendings(session, board.asking(session, ids, SHOWN)),
        failed=some(Status.FAILED, newest=True),
        held=some(Status.HELD),
        sent=some(Status.SENT, newest=True),
        channels=channel_health(session, own),
        last_beat=heartbeats.last(session),
        at_work=any(age <= health.ALIVE.total_seconds() for age in found.beats),
        overdue=found.overdue,
        pauses=[each for each in pauses.listed(session) if each.target in _stopping(workspace_id)],
    )


def _stopping(workspace_id: int) -> tuple[Target, Target]:
    return Target(Reach.ALL), Target(Reach.WORKSPACE, workspace_id)


def channel_health(session: Session, rows: Sequence[ChannelRow]) -> list[ChannelHealth]:
    paces = board.paces(session, [row.id for row in rows])
    return [ChannelHealth(row, *paces[row.id]) for row in rows]
