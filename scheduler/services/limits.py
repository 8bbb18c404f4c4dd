"""What an attempt teaches about a channel: what is left of its limits, and whether its service is in trouble."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlmodel import Session

from scheduler.channels import Adapter, Reply, kinds, told
from scheduler.domain import breaker, throttle
from scheduler.domain.capabilities import Rate, Scope
from scheduler.domain.delivery import Outcome
from scheduler.domain.errors import DeliveryError, RateLimited
from scheduler.domain.throttle import Bucket, Told
from scheduler.services import housekeep
from scheduler.store import buckets, channels, events, turns
from scheduler.store.tables import ChannelRow
from scheduler.store.vault import Vault


def locate(
    session: Session, channel: ChannelRow, adapter: Adapter, secrets: Collection[str], vault: Vault
) -> None:
    """Note whose limits a channel shares: its server's, and its account's. Only a digest of the account is kept."""
    host = adapter.host()
    account = adapter.account() or "\0".join(sorted(secrets))
    digest = vault.sign("account", f"{channel.kind}\0{host}\0{account}".encode()).hex() if account else ""
    turns.set_gate(session, channel.id, host=host, account=digest)


def note(
    session: Session,
    channel: ChannelRow,
    adapter: Adapter | None,
    delivery_id: int,
    outcome: Outcome,
    answers: Sequence[Reply],
    *,
    now: datetime,
    spread: float,
) -> None:
    """After an attempt: learn from what was answered, and from whether it was."""
    gate = turns.gate(session, channel.id)
    if adapter is not None and answers:
        rates = turns.rates_of(channel, gate, adapter.can.rates)
        buckets.get(session, rates.keys(), change=True)  # all at once and in order: nobody waits in a circle
        turns.charge(session, rates, len(answers) - 1, now)  # one was paid for when it was claimed
        for answer in answers:
            _learn(session, rates, answer, now)
        if isinstance(outcome, RateLimited) and not answers[-1].ok:
            _close(session, _refusing(rates, answers[-1], outcome), outcome.retry_at or now)
    again = _waits(session, channel, outcome, now)
    if again is None:
        return
    after = partial(
        breaker.after, outcome=outcome, delivery_id=delivery_id, now=now, spread=spread, again=again
    )
    before = turns.breaker_of(gate)
    if after(before) != before:
        before = turns.breaker_of(turns.gate(session, channel.id, change=True))
        turns.set_gate(session, channel.id, **vars(after(before)))
        _tell(session, channel, before, after(before), outcome, now)


def _waits(session: Session, channel: ChannelRow, outcome: Outcome, now: datetime) -> bool | None:
    """Let a channel wait that is refused for now, or go on where it is answered. `channel` is as it was claimed.

    Whether it is refused again after it waited as it was told; None where another delivery has found out the same.
    """
    if isinstance(outcome, RateLimited):
        first = channels.keep_waiting(session, channel, outcome.retry_at or now)
        return channel.resume_at is not None if first else None
    if channel.resume_at is not None and not breaker.in_trouble(outcome):
        channels.set_values(session, channel.id, {"resume_at": None})
    return False


def _learn(session: Session, rates: Mapping[str, Rate], answer: Reply, now: datetime) -> None:
    for key, said in _spoken_of(rates, answer).items():
        rate = rates[key]
        known = buckets.get(session, [key], change=True).get(key) or throttle.declared(rate)
        learnt = throttle.learn(rate, known, said, now)
        if learnt is not None:
            buckets.put(session, key, learnt)
            buckets.heard(session, key, said, now)


def _spoken_of(rates: Mapping[str, Rate], answer: Reply) -> dict[str, Told]:
    """The limits that an answer speaks of, and what it says of each, in posts."""
    said = {key: found for key, rate in rates.items() if (found := _said(rate, answer))}
    return {key: throttle.scaled(said[key], rates[key].cost) for key in throttle.meant(rates, said)}


def _refusing(rates: Mapping[str, Rate], answer: Reply, outcome: RateLimited) -> list[str]:
    """The limits that a refusal is about, as it says itself; else it is its channel's alone."""
    if outcome.scope is not None:
        return [key for key, rate in rates.items() if rate.scope is outcome.scope]
    return [key for key, said in _spoken_of(rates, answer).items() if not said.left]


def _said(rate: Rate, answer: Reply) -> Told:
    """By the first of the rate's signals that the answer has."""
    found = (told(answer.headers, signal, answer.at) for signal in rate.signals)
    return next(filter(None, found), Told())


def _close(session: Session, keys: Collection[str], until: datetime) -> None:
    """Refused for now: so is every channel that shares one of the limits."""
    for key, bucket in buckets.get(session, keys, change=True).items():
        buckets.put(session, key, replace(bucket, closed_until=until))


def _tell(
    session: Session,
    channel: ChannelRow,
    before: breaker.Breaker,
    after: breaker.Breaker,
    outcome: Outcome,
    now: datetime,
) -> None:
    """Said once when the trouble begins, and once when it is over."""
    if before.opened_at is None and after.opened_at is not None:
        reason = outcome.reason if isinstance(outcome, DeliveryError) else ""
        again = ", again and again" if isinstance(outcome, RateLimited) else ""
        text = (
            f"{channel.name} is in trouble: {reason}{again}. Its queue waits, and is tried with one delivery at a "
            "time."
        )
        events.add(session, "trouble", text, now, channel_id=channel.id)
    elif before.opened_at is not None and after.opened_at is None:
        text = f"{channel.name} answers again after {_span(now, before.opened_at)}: its queue goes on."
        events.add(session, "recovered", text, now, channel_id=channel.id)
        housekeep.go_on(session, channel, now)


def _span(now: datetime, since: datetime) -> str:
    minutes = round((now - since).total_seconds() / 60)
    return f"{minutes} minutes" if minutes != 1 else "a minute"


@dataclass(frozen=True)
class Limit:
    """One limit of a channel, as it stands."""

    scope: Scope
    bucket: Bucket
    told: tuple[int, datetime] | None  # what the service said last, and when


@dataclass(frozen=True)
class Standing:
    """What keeps a channel from sending, or would soon."""

    channel: ChannelRow
    limits: Sequence[Limit]
    breaker: breaker.Breaker

    def ready_at(self, now: datetime) -> datetime:
        waits = [self.channel.resume_at, self.breaker.retry_at]
        return max([now, *filter(None, waits), *(limit.bucket.ready_at(now) for limit in self.limits)])


def look(session: Session, rows: Sequence[ChannelRow]) -> list[Standing]:
    return [_standing(session, row) for row in rows]


def _standing(session: Session, channel: ChannelRow) -> Standing:
    gate = turns.gate(session, channel.id)
    rates = turns.rates_of(channel, gate, kinds()[channel.kind].can.rates) if channel.kind in kinds() else {}
    known = buckets.get(session, rates.keys())
    found = ((key, rate, known.get(key) or throttle.declared(rate)) for key, rate in rates.items())
    standing = [
        Limit(rate.scope, bucket, buckets.told(session, key)) for key, rate, bucket in found if bucket
    ]
    return Standing(channel, standing, turns.breaker_of(gate))
