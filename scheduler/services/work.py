"""A delivery in a worker's hands: what working on it needs, and how it is marked and looked at before it goes out."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.channels import Adapter
from scheduler.domain import delivery as rules
from scheduler.domain.capabilities import Capabilities
from scheduler.domain.delivery import Marks
from scheduler.domain.pause import Pause
from scheduler.services import compose
from scheduler.services.leases import LEASE, Leases
from scheduler.store import pauses, queue
from scheduler.store.claimed import Claimed
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow
from scheduler.store.vault import Vault
from scheduler.transport import Record, Transport


class TooLate(Exception):
    """Too much time went by between the mark and the bytes: give the delivery back, nothing was sent."""


class Stopped(TooLate):
    """Somebody paused it while it was in hand: give it back, nothing was sent."""

    def __init__(self, pause: Pause):
        super().__init__(pause.told())
        self.pause = pause


@dataclass(frozen=True)
class Office:
    """What delivering needs, put together by bootstrap."""

    engine: Engine
    transport: Transport
    vault: Vault
    studio: compose.Studio
    clock: Callable[[], datetime]
    spread: Callable[[], float]  # random in [0, 1)
    lease: timedelta = LEASE
    leases: Leases = field(default_factory=Leases)

    def renewing(self) -> AbstractContextManager[None]:
        """The leases of what is in hand are renewed until the end of the block."""
        return self.leases.renewing(self.engine, self.clock, self.lease)

    @property
    def timeout(self) -> timedelta:
        return timedelta(seconds=self.transport.seconds)


@dataclass
class Work:
    """A claimed delivery on its way through the steps."""

    row: Claimed
    channel: ChannelRow
    adapter: Adapter | None = None  # None until its secrets were opened
    record: Record | None = None
    attempt_id: int = 0
    #: What this attempt wrote before its committing call; `row` stays as it was before.
    marks: Marks | None = None
    until: datetime = field(init=False)  # when its lease ends, as far as we know
    moved_at: datetime = field(init=False)

    def __post_init__(self) -> None:
        if self.row.next_at is None:
            raise ValueError("a claimed delivery has a lease")
        self.until = self.row.next_at
        self.moved_at = self.row.next_at  # a lease ahead: it has taken no step yet

    def step(self, now: datetime, until: datetime) -> None:
        """It goes on, with a lease that was written anew."""
        self.moved_at, self.until = now, max(self.until, until)


class Keeper:
    """The delivery's part in a flow: the durable mark before the committing call, and the last look."""

    def __init__(self, office: Office, work: Work, can: Capabilities):
        self._office = office
        self._work = work
        self._row = work.row
        self._can = can

    def before_commit(self) -> None:
        with writing(self._office.engine, concurrent=True) as session:
            self._obey(session)
            now = self._office.clock()
            first, until = self._row.committed_at or now, now + self._office.lease
            mark = {"committed_at": first, "called_at": now, "next_at": until}
            # what the attempt before said would explain nothing if this one died
            queue.owned(session, self._row.id, self._row.owner, **mark, code="", reason="")
        self._work.step(now, until)
        self._work.marks = Marks(first, now)

    def last_look(self) -> None:
        """After connecting, before the first byte. The clock is looked at last."""
        self._look()
        self._in_time()

    def _look(self) -> None:
        with reading(self._office.engine) as session:
            self._obey(session)

    def _in_time(self) -> None:
        before, marks = queue.decision(self._row), self._work.marks
        now, timeout = self._office.clock(), self._office.timeout
        until = self._work.until
        if marks is None or rules.too_late(before, self._can, marks, until, now=now, timeout=timeout):
            self._work.marks = None
            raise TooLate

    def _obey(self, session: Session) -> None:
        """Somebody may have pressed the button since this was claimed, and even since it was marked."""
        pause = pauses.on(session, self._row.channel_id, self._row.piece_id)
        if pause is not None:
            self._work.marks = None
            raise Stopped(pause)

    def keep(self, values: Any) -> None:
        """A flow of several calls goes on: its lease does as well."""
        self._row.kept = {**self._row.kept, **values}
        with writing(self._office.engine, concurrent=True) as session:
            now = self._office.clock()
            until = now + self._office.lease
            queue.owned(session, self._row.id, self._row.owner, kept=self._row.kept, next_at=until)
        self._work.step(now, until)
