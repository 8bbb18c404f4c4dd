"""The promise, in every weather that a seed can make: nothing lost, nothing twice, an honest doubt at the worst.

To look for more, raise SEEDS. A seed that finds something replays exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import bindparam, select, update
from sqlmodel import col

from scheduler.domain import delivery as rules
from scheduler.domain.capabilities import Dedupe
from scheduler.domain.delivery import Status
from scheduler.domain.errors import Ambiguous, Transient
from scheduler.services import aftermath, compose
from scheduler.services.work import Keeper
from scheduler.store import queue
from scheduler.store.tables import DeliveryRow
from scheduler.transport import Transport
from tests.chaos.seeds import Simulate, simulator
from tests.chaos.services import KINDS

SEEDS = range(4)  # for each kind; a tenth of a second each


@pytest.fixture(scope="module")
def simulate() -> Iterator[Simulate]:
    with simulator() as run:
        yield run


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_nothing_is_sent_twice_and_nothing_is_stuck(simulate, kind):
    for seed in SEEDS:
        assert simulate(kind, seed).faults() == [], f"seed {seed}"


def test_the_same_holds_on_postgresql(postgres):
    with simulator(postgres.create) as simulate:
        for kind in KINDS:
            assert simulate(kind, 1).faults() == []


def test_a_seed_replays_exactly(simulate):
    first, second = (simulate("named", 3) for _ in range(2))
    assert first.clock() == second.clock()
    assert first.service.published == second.service.published


# A rule that is broken is found: else the simulation would prove nothing.

settle, settle_probe, next_step = rules.settle, rules.settle_probe, rules.next_step
attempt = count()


def clearing_the_mark_of_an_earlier_call(before, outcome, *rest):
    refused = not isinstance(outcome, Ambiguous) and not getattr(outcome, "maybe_published", False)
    return settle(replace(before, committed_at=None, called_at=None) if refused else before, outcome, *rest)


def retrying_blindly(before, outcome, *rest):
    doubtful = isinstance(outcome, Ambiguous)
    return settle(before, Transient(outcome.reason) if doubtful else outcome, *rest)


def trusting_an_absence(before, found, can, *rest):
    return settle_probe(before, found, replace(can, dedupe=Dedupe.LOOKUP), *rest)


def trusting_an_old_key(before, can, **rest):
    return next_step(before, replace(can, key_window=None), **rest)


def looking_too_early(before, can, timeout):
    return before.called_at


def a_key_for_each_attempt(*parts):
    return f"{parts} {next(attempt)}"


def no_last_look(keeper):
    """Nothing keeps a stalled process from sending."""


def looking_away(*args, **options):
    return False


def no_mark(keeper):
    now = keeper._office.clock()
    keeper._work.marks = rules.Marks(now, now)


def marking_afterwards(transport, call, adapter, record, hooks):
    before, looks = hooks.before_commit, replace(hooks, before_commit=lambda: None, last_look=lambda: None)
    reply = calling(transport, call, adapter, record, looks)
    if call.commits:
        before()
    return reply


def writing_without_a_token(session, delivery_id, _token, **values):
    session.execute(update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id).values(**values))


def claiming_what_is_held(one):
    """The statement of a claim, without a look at whose the delivery is."""
    table = queue._delivery
    chosen = select(table.c.id).where(
        table.c.channel_id == bindparam("channel"),
        table.c.status.in_([status.value for status in queue.CLAIMABLE]),
        (table.c.status == Status.SENDING.value) | (table.c.next_at <= bindparam("now")),
    )
    chosen = chosen.order_by(table.c.id).limit(bindparam("most"))
    if one:
        chosen = chosen.where(table.c.id == bindparam("only"))
    taken = {"status": Status.SENDING.value, "owner": bindparam("by"), "next_at": bindparam("until")}
    return update(table).where(table.c.id.in_(chosen)).values(**taken).returning(*queue.COLUMNS)


def a_thread_from_its_beginning(delivery, now):
    raise queue.LeaseLost


def calling_a_doubt_a_failure(delivery, now):
    return replace(delivery, status=Status.FAILED, next_at=None)


def telling_nobody(*_args):
    """A doubt that no person hears of."""


def resolving_by_age(found, *_rest):
    """What was not answered is taken for sent."""
    return replace(found, status=Status.SENT, next_at=None)


calling = Transport._call
MUTANTS = [
    ("keyed", rules, "settle", clearing_the_mark_of_an_earlier_call),
    ("keyed", rules, "next_step", trusting_an_old_key),
    ("keyed", compose, "dedupe_key", a_key_for_each_attempt),
    ("keyed", rules, "too_late", looking_away),
    ("keyed", rules, "_failed", calling_a_doubt_a_failure),
    ("blind", rules, "settle", retrying_blindly),
    ("blind", Keeper, "before_commit", no_mark),
    ("blind", Transport, "_call", marking_afterwards),
    ("blind", queue, "_taking", claiming_what_is_held),
    ("blind", queue, "owned", writing_without_a_token),
    ("blind", aftermath, "ask", telling_nobody),
    ("blind", rules, "doubted", resolving_by_age),
    ("hinted", rules, "settle_probe", trusting_an_absence),
    ("searched", rules, "probe_time", looking_too_early),
    ("searched", Keeper, "last_look", no_last_look),
    ("drafted", rules, "next_item", a_thread_from_its_beginning),
]


@pytest.mark.parametrize(("kind", "place", "name", "mistake"), MUTANTS)
def test_a_rule_that_is_broken_is_found(simulate, monkeypatch, kind, place, name, mistake):
    monkeypatch.setattr(place, name, mistake)
    assert any(simulate(kind, seed).faults() for seed in range(80))
