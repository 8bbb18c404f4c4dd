"""Whether somebody has to look: the answer for a machine that asks every minute."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.store import health, heartbeats

ALIVE = timedelta(seconds=30)  # three beats
REMEMBERED = timedelta(days=1)
LATE = timedelta(minutes=5)  # a restart, or a busy minute, is not yet a fault


@dataclass(frozen=True)
class Health:
    beats: tuple[float, ...]  # seconds since each running daemon's last beat
    overdue: int  # deliveries that nobody looked at in time

    @property
    def problems(self) -> list[str]:
        found = []
        if not any(age <= ALIVE.total_seconds() for age in self.beats):
            found.append("no daemon runs")
        if self.overdue:
            found.append(f"overdue deliveries: {self.overdue}")
        return found


def look(session: Session, now: datetime) -> Health:
    running = (row for row in heartbeats.all_of(session) if not row.stopped)  # or died without a word
    return Health(
        beats=tuple((now - row.at).total_seconds() for row in running if now - row.at <= REMEMBERED),
        overdue=health.overdue(session, now - LATE, now),
    )


def runs_here(session: Session, machine: str, now: datetime) -> bool:
    """Whether a daemon or a worker of that machine is alive."""
    return any(
        row.owner.partition(":")[0] == machine and not row.stopped and now - row.at <= ALIVE
        for row in heartbeats.all_of(session)
    )
