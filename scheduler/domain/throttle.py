"""How many calls a service takes, and when the next may go: a token bucket as one instant (GCRA).

In no span of `per`, wherever it begins, are more than `most` granted. What the service itself says is left
(`told`) is believed where it is less than what we would grant: other programs may use the same account.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from scheduler.domain.capabilities import Rate, Scope


@dataclass(frozen=True)
class Bucket:
    most: int  # calls in any span of `per`
    per: timedelta
    #: When the bucket is full again. None: it is.
    full_at: datetime | None = None
    #: The service takes nothing before.
    closed_until: datetime | None = None

    @property
    def burst(self) -> int:
        """How many may go at once when none went for long."""
        return max(1, self.most // 4)

    @property
    def interval(self) -> timedelta:
        """Between two calls once the burst is used up."""
        return -(-self.per // (self.most - self.burst + 1))  # rounded up: a microsecond less is one call more

    def left(self, now: datetime) -> int:
        """How many may go right now."""
        if self.closed_until is not None and self.closed_until > now:
            return 0
        debt = max(timedelta(), (self.full_at or now) - now)
        return max(0, (self.burst * self.interval - debt) // self.interval)

    def ready_at(self, now: datetime) -> datetime:
        """When the next one may go."""
        refilled = (self.full_at or now) - (self.burst - 1) * self.interval
        return max(now, refilled, self.closed_until or now)

    def take(self, count: int, now: datetime) -> Bucket:
        """`count` calls go, or went already: then what comes next waits for longer."""
        return replace(self, full_at=max(self.full_at or now, now) + count * self.interval)


@dataclass(frozen=True)
class Told:
    """What an answer said about the limit that its call counted towards."""

    most: int | None = None
    left: int | None = None
    resets_at: datetime | None = None
    per: timedelta | None = None  # the span that `most` is for

    def __bool__(self) -> bool:
        return self != Told()


def scaled(told: Told, cost: int) -> Told:
    """In posts, where the service counts something else."""
    most = None if told.most is None else max(1, told.most // cost)
    return Told(most, None if told.left is None else told.left // cost, told.resets_at, told.per)


def meant(rates: Mapping[str, Rate], said: Mapping[str, Told]) -> list[str]:
    """Which limits an answer speaks of, of those whose fields it has: services tell of one at a time.

    Those of the span that it names; of another span, none. Where it names no span, the first.
    """
    if not any(told.per for told in said.values()):
        return list(said)[:1]
    return [key for key, told in said.items() if told.per and rates[key].per in {told.per, timedelta()}]


def learn(rate: Rate, bucket: Bucket | None, told: Told, now: datetime) -> Bucket | None:
    """The bucket after an answer. None where nothing is declared and the answer does not tell enough."""
    guessed = _guess(told, now)
    if bucket is None:
        bucket = guessed
    elif told.most:
        longer = guessed.per if guessed is not None and not rate.most else bucket.per
        bucket = replace(bucket, most=told.most, per=max(bucket.per, longer))
    return _believe(bucket, told, now) if bucket is not None else None


def _guess(told: Told, now: datetime) -> Bucket | None:
    """Where no field tells how long the span is, what is left of it is the shortest that it can be."""
    if told.most and told.per:
        return Bucket(told.most, told.per)
    if not told.most or told.resets_at is None or told.resets_at <= now:
        return None
    return Bucket(told.most, told.resets_at - now)


def _believe(bucket: Bucket, told: Told, now: datetime) -> Bucket:
    if told.left is None:
        return bucket
    if told.left <= 0 and told.resets_at is not None and told.resets_at > now:
        bucket = replace(bucket, closed_until=told.resets_at)
    if told.left < bucket.left(now):
        used = bucket.burst - max(0, told.left)
        bucket = replace(bucket, full_at=now + used * bucket.interval)
    return bucket


def key(rate: Rate, kind: str, *, channel_id: int, account: str, host: str) -> str:
    """What shares a bucket. A channel whose account or host is not known yet has one of its own."""
    who = {Scope.ACCOUNT: account, Scope.HOST: host}.get(rate.scope, "")
    scope = rate.scope if who else Scope.CHANNEL
    return f"{scope}:{kind}:{who or channel_id}:{int(rate.per.total_seconds())}"


def declared(rate: Rate) -> Bucket | None:
    """The bucket before any answer; None where only an answer can tell."""
    return Bucket(rate.most, rate.per) if rate.most else None
