"""The life of a delivery: one piece on its way to one channel. Every decision about it is made here.

scheduled ─claim─▶ sending ─settle─▶ sent | failed | in doubt | scheduled (again)
    ▲                 │ lease ran out: the next claim takes it over and asks `next_step`
  held ◀── missed its time, or its words no longer stand in the article
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar, cast

from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.errors import (
    Ambiguous,
    AuthExpired,
    DeliveryError,
    Permanent,
    RateLimited,
    Transient,
)
from scheduler.domain.message import Receipt

MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
MAX_PROBES = 6
#: At most, where a service says "too much" and not until when. Most limits count by the minute.
UNNAMED_WAIT = timedelta(minutes=2)


Outcome = Receipt | DeliveryError | None  # None: looked up, and not there
AnyOutcome = TypeVar("AnyOutcome", bound=Outcome)


class Status(StrEnum):
    #: Waiting for its time.
    SCHEDULED = "scheduled"
    #: A worker holds it under a lease.
    SENDING = "sending"
    #: Published; there is a receipt.
    SENT = "sent"
    #: Published or not: unknown. Waits for a probe or for a person.
    IN_DOUBT = "in-doubt"
    #: It will not be sent; the reason says why.
    FAILED = "failed"
    #: Stopped before it was sent; a person can release it.
    HELD = "held"
    #: Taken out of the queue.
    CANCELLED = "cancelled"


OPEN = frozenset({Status.SCHEDULED, Status.SENDING, Status.IN_DOUBT, Status.HELD})


class Step(StrEnum):
    """What the worker that claimed a delivery does with it."""

    SEND = "send"
    PROBE = "probe"
    #: Too early to look it up: the service may still be working on it.
    WAIT = "wait"
    #: A person decides.
    ASK = "ask"
    #: Nothing was sent, and every try ended in a dead worker.
    STOP = "stop"


@dataclass(frozen=True)
class Delivery:
    """What the decisions below need to know. The row in the store has more."""

    status: Status
    next_at: datetime | None  # when a worker looks at it again
    attempts: int = 0
    probes: int = 0
    committed_at: datetime | None = None  # the first time the committing call of this item may have gone out
    called_at: datetime | None = None  # the last time


def dedupe_key(delivery_id: int, revision: int, item: int) -> str:
    """The same for every attempt at the same thing, and for nothing else. 32 hex digits."""
    return hashlib.sha256(f"pullquote:{delivery_id}:{revision}:{item}".encode()).hexdigest()[:32]


def back_off(attempts: int, spread: float) -> timedelta:
    """`spread` is a random number in [0, 1): many deliveries that failed together do not return together."""
    longest: timedelta = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(attempts, 12)))
    return longest * (0.5 + spread / 2)


def with_a_time(outcome: AnyOutcome, now: datetime, spread: float) -> AnyOutcome:
    """A refusal for now that names no time to come gets one of ours."""
    if not isinstance(outcome, RateLimited) or (outcome.retry_at is not None and outcome.retry_at > now):
        return outcome
    return cast("AnyOutcome", replace(outcome, retry_at=now + UNNAMED_WAIT * (0.5 + spread / 2)))


def next_step(
    delivery: Delivery, can: Capabilities, *, probes: bool, now: datetime, timeout: timedelta
) -> Step:
    """What may be done with a delivery that was just claimed, fresh or taken over from a dead worker."""
    sent_at = delivery.committed_at
    if sent_at is None:
        return Step.SEND if delivery.attempts < MAX_ATTEMPTS else Step.STOP
    if _repeat_is_harmless(can, sent_at, now) and delivery.attempts < MAX_ATTEMPTS:
        return Step.SEND
    if not probes or delivery.probes >= MAX_PROBES:
        return Step.ASK
    return Step.PROBE if now >= probe_time(delivery, can, timeout) else Step.WAIT


def _repeat_is_harmless(can: Capabilities, sent_at: datetime, now: datetime) -> bool:
    if can.dedupe not in {Dedupe.KEY, Dedupe.CLIENT_ID}:
        return False
    return can.key_window is None or now < sent_at + 0.8 * can.key_window  # 0.8: their clock is not ours


def probe_time(delivery: Delivery, can: Capabilities, timeout: timedelta) -> datetime:
    """No look-up before the service can be done with the call, however slow it was.

    The bytes go out at most a timeout after the mark (see `too_late`), and the service has as long again.
    """
    last = delivery.called_at or delivery.committed_at
    if last is None:
        raise ValueError("nothing was sent: there is nothing to look up")
    return last + 2 * timeout + can.settling


@dataclass(frozen=True)
class Marks:
    """When the committing call of the item may have gone out, this attempt included."""

    first: datetime
    last: datetime


def too_late(
    delivery: Delivery,
    can: Capabilities,
    marks: Marks,
    until: datetime,
    *,
    now: datetime,
    timeout: timedelta,
) -> bool:
    """Asked right before the first byte: whether so much time went by that this call is not ours to make any more.

    Our lease ended at `until`. Others count from the mark. And a key that was good when the delivery was claimed may
    be forgotten by now.
    """
    first = delivery.committed_at
    forgotten = first is not None and not _repeat_is_harmless(can, first, now)
    return now >= until or now > marks.last + timeout or forgotten


def settle(
    delivery: Delivery,
    outcome: Receipt | DeliveryError,
    now: datetime,
    spread: float,
    marks: Marks | None = None,
) -> Delivery:
    """What becomes of a delivery after an attempt.

    `delivery` is as it was before the attempt, `marks` what the attempt wrote. A refusal takes back the mark of
    this attempt and of no other: what an earlier call left in doubt, a later refusal does not clear up.
    """
    refused = replace(delivery, attempts=delivery.attempts + 1)
    sent = replace(refused, committed_at=marks.first, called_at=marks.last) if marks else refused
    in_doubt = replace(sent, status=Status.IN_DOUBT, next_at=now)
    match with_a_time(outcome, now, spread):
        case Receipt():
            return replace(sent, status=Status.SENT, next_at=None)
        case Ambiguous():
            return in_doubt
        case Transient(maybe_published=True) if sent.attempts >= MAX_ATTEMPTS:
            return in_doubt  # it may be live: never call that a failure
        case Transient(maybe_published=True):
            return _again(sent, now + back_off(delivery.attempts, spread))
        case Permanent():
            return _failed(refused, now)
        case AuthExpired():
            return replace(delivery, status=Status.SCHEDULED, next_at=now)
        case RateLimited(retry_at=at):
            return replace(delivery, status=Status.SCHEDULED, next_at=at)
        case _:
            return _again(refused, now + back_off(delivery.attempts, spread))


def _again(delivery: Delivery, at: datetime) -> Delivery:
    if delivery.attempts >= MAX_ATTEMPTS:
        return _failed(delivery, at)
    return replace(delivery, status=Status.SCHEDULED, next_at=at)


def _failed(delivery: Delivery, now: datetime) -> Delivery:
    if delivery.committed_at is not None:  # an earlier call may have published it
        return replace(delivery, status=Status.IN_DOUBT, next_at=now, attempts=MAX_ATTEMPTS)
    return replace(delivery, status=Status.FAILED, next_at=None)


def settle_probe(
    delivery: Delivery, found: Outcome, can: Capabilities, now: datetime, spread: float
) -> Delivery:
    """What becomes of a delivery in doubt after it was looked up. None: the service does not have it."""
    looked = replace(delivery, probes=delivery.probes + 1)
    match with_a_time(found, now, spread):
        case Receipt():
            return replace(looked, status=Status.SENT, next_at=None)
        case None if can.dedupe is not Dedupe.NONE:  # its absence is proof
            absent = replace(delivery, committed_at=None, called_at=None, probes=0)
            wait = back_off(delivery.attempts - 2, spread) if delivery.attempts > 1 else timedelta()
            return _again(absent, now + wait)
        case RateLimited(retry_at=at):
            return replace(delivery, status=Status.IN_DOUBT, next_at=at)
        case DeliveryError() if looked.probes < MAX_PROBES:
            return replace(looked, status=Status.IN_DOUBT, next_at=now + back_off(looked.probes, spread))
        case _:
            return replace(looked, status=Status.IN_DOUBT, next_at=None)


class Missed(StrEnum):
    """A channel's policy for times that passed while nothing was running."""

    SEND = "send"
    HOLD = "hold"
    SKIP = "skip"


def missed(due_at: datetime, now: datetime, policy: Missed, late: timedelta) -> Missed:
    """`late` is how late is still good: within it the delivery is sent whatever the policy."""
    return Missed.SEND if now - due_at <= late else policy


def resumed(delivery: Delivery, now: datetime) -> Delivery:
    """To be claimed again at once."""
    return replace(delivery, status=Status.SCHEDULED, next_at=now)


def parked(delivery: Delivery) -> Delivery:
    """Not to be looked at before somebody lets it go on."""
    return replace(delivery, next_at=None)


def next_item(delivery: Delivery, now: datetime) -> Delivery:
    """The item before is live: nothing is known of the next one yet."""
    return replace(
        delivery, status=Status.SCHEDULED, next_at=now, committed_at=None, called_at=None, probes=0
    )


def doubted(delivery: Delivery, until: datetime | None) -> Delivery:
    """In doubt until it can be looked up, or until a person decides."""
    return replace(delivery, status=Status.IN_DOUBT, next_at=until)


def held(delivery: Delivery) -> Delivery:
    return replace(delivery, status=Status.HELD, next_at=None)
