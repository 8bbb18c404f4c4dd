"""The promise for each reader's copy, where an issue goes out many at a time: once, or failed with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select, update
from sqlmodel import col

from scheduler.domain.subscriber import RecipientState
from scheduler.services import settle_many
from scheduler.services.deliver_many import _ManyKeeper
from scheduler.store import ledger, queue
from scheduler.store.tables import DeliveryRow
from tests.chaos.mailers import MAILERS
from tests.chaos.mailing import Mailing
from tests.chaos.seeds import Simulate, simulator

SEEDS = range(4)  # for each kind
MANY = range(80)  # until a mistake has to be found


@pytest.fixture(scope="module")
def simulate() -> Iterator[Simulate]:
    with simulator(play=Mailing) as run:
        yield run


@pytest.mark.parametrize("kind", MAILERS)
def test_every_copy_is_sent_once_or_explained(simulate, kind):
    for seed in SEEDS:
        assert simulate(kind, seed).faults() == [], f"seed {seed}"


def test_the_same_holds_on_postgresql(postgres):
    with simulator(postgres.create, play=Mailing) as simulate:
        for kind in MAILERS:
            assert simulate(kind, 1).faults() == []


def test_a_seed_replays_exactly(simulate):
    first, second = (simulate("blind-mail", 3) for _ in range(2))
    assert first.clock() == second.clock()
    assert first.service.published == second.service.published


# A rule that is broken is found: else the simulation would prove nothing.

start, sent = ledger.start, ledger.sent


def marking_afterwards(session, rows, now, until):
    """The receipt writes the mark as well, when the bytes are long out."""
    start(session, rows, now, until)
    ours = col(DeliveryRow.id).in_([row["id"] for row in rows])
    session.execute(update(DeliveryRow).where(ours).values(committed_at=None, called_at=None))


def anybody_holds(session, rows):
    return {row["id"] for row in rows}


def settling_for_another(session, rows, now):
    """The batch is under way at a second worker by now, and the first one settles it."""
    query = select(col(DeliveryRow.id), col(DeliveryRow.owner))
    owners = dict(session.execute(query).tuples().all())
    sent(session, [{**row, "owner": owners[row["id"]]} for row in rows], now)


def writing_without_a_token(session, delivery_id, _token, **values):
    session.execute(update(DeliveryRow).where(col(DeliveryRow.id) == delivery_id).values(**values))


def a_refusal_is_as_good(_result):
    return RecipientState.SENT


def no_last_look(_keeper):
    """Nothing keeps a stalled process from sending."""


MUTANTS = [
    ("blind-mail", {(ledger, "start"): marking_afterwards}),
    ("keyed-mail", {(ledger, "held"): anybody_holds, (ledger, "sent"): settling_for_another}),
    ("blind-mail", {(queue, "owned"): writing_without_a_token}),
    ("blind-mail", {(settle_many, "outcome_of"): a_refusal_is_as_good}),
    ("searched-mail", {(_ManyKeeper, "last_look"): no_last_look}),
]


@pytest.mark.parametrize(("kind", "mistakes"), MUTANTS)
def test_a_rule_that_is_broken_is_found(simulate, monkeypatch, kind, mistakes):
    for (place, name), mistake in mistakes.items():
        monkeypatch.setattr(place, name, mistake)
    assert any(simulate(kind, seed).faults() for seed in MANY)
