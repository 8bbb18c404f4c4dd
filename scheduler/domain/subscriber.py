"""Subscribers: the states of a subscription and of one person's copy of an issue, and how far an issue is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Subscription(StrEnum):
    #: Joined, but has not answered the confirmation mail.
    UNCONFIRMED = "unconfirmed"
    #: Wants the mail.
    CONFIRMED = "confirmed"
    #: Left. Only the person lifts this.
    UNSUBSCRIBED = "unsubscribed"


class RecipientState(StrEnum):
    #: In the frozen audience; nothing went out yet.
    WAITING = "waiting"
    #: The service took this person's copy.
    SENT = "sent"
    #: It will not be sent; the reason says why.
    FAILED = "failed"
    #: Left, or was suppressed, between scheduling and sending.
    SUPPRESSED = "suppressed"
    #: Sent or not: unknown.
    IN_DOUBT = "in-doubt"


UNEXPLAINED = frozenset({RecipientState.WAITING, RecipientState.IN_DOUBT})


@dataclass(frozen=True)
class Progress:
    """How far an issue is: how many of its frozen audience are in each state."""

    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def finished(self) -> bool:
        """Everybody's copy is accounted for. An issue without an audience is not finished: it never began."""
        return self.total > 0 and not any(self.counts.get(state) for state in UNEXPLAINED)


@dataclass(frozen=True)
class Invalid:
    """A row that was not imported."""

    line: int  # of the file, from 1
    reason: str


@dataclass(frozen=True)
class ImportReport:
    """What became of each row of an imported file: every row is counted once."""

    added: int = 0
    known: int = 0  # on the list already, in whatever state: nothing of theirs was changed
    suppressed: int = 0  # never to be mailed again, so not added
    invalid: tuple[Invalid, ...] = ()

    @property
    def rows(self) -> int:
        return self.added + self.known + self.suppressed + len(self.invalid)
