"""A circuit breaker: a channel whose service is in trouble is left alone, and tried with one delivery at a time.

closed ─ several deliveries in a row fail ─▶ open ─ its wait is over ─▶ trying ─ an answer ─▶ closed
                                              ▲                            │
                                              └──────── no answer ─────────┘
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from scheduler.domain.delivery import Outcome
from scheduler.domain.errors import Ambiguous, AuthExpired, Transient

FAILURES = 5  # of different deliveries in a row
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)


class Circuit(StrEnum):
    CLOSED = "closed"
    #: Nothing is tried.
    OPEN = "open"
    #: One delivery is tried.
    TRYING = "trying"


@dataclass(frozen=True)
class Breaker:
    failures: int = 0
    last_failed: int = 0  # id of a delivery: one that always fails is its own trouble, not the channel's
    opened_at: datetime | None = None
    trips: int = 0  # how often it opened since it was last closed
    retry_at: datetime | None = None

    def state(self, now: datetime) -> Circuit:
        if self.retry_at is None:
            return Circuit.CLOSED
        return Circuit.OPEN if now < self.retry_at else Circuit.TRYING


def after(
    breaker: Breaker, outcome: Outcome, delivery_id: int, now: datetime, spread: float, *, again: bool = False
) -> Breaker:
    """The breaker after an attempt. `spread` is a random number in [0, 1).

    `again`: refused for now, although it was refused before and waited as it was told. Whoever always says "later" is
    in trouble, too.
    """
    if isinstance(outcome, AuthExpired):
        return breaker  # the channel is paused, which is another matter
    if not again and not in_trouble(outcome):
        return Breaker()
    if not again and breaker.opened_at is None and breaker.last_failed == delivery_id:
        return breaker
    failed = replace(breaker, failures=breaker.failures + 1, last_failed=delivery_id)
    if breaker.opened_at is not None:
        return _opened(failed, breaker.opened_at, now, spread)
    return _opened(failed, now, now, spread) if failed.failures >= FAILURES else failed


def in_trouble(outcome: Outcome) -> bool:
    """Whether an outcome says that the service is in trouble. A mistake of our own does not."""
    return isinstance(outcome, Transient | Ambiguous) and not outcome.code.startswith("bug:")


def _opened(breaker: Breaker, since: datetime, now: datetime, spread: float) -> Breaker:
    longest: timedelta = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(breaker.trips, 12)))
    wait = longest * (0.5 + spread / 2)
    return replace(breaker, opened_at=since, trips=breaker.trips + 1, retry_at=now + wait)
