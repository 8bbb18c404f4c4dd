"""The promise, in every weather that a seed can make: nothing lost, nothing twice, an honest doubt at the worst.

To look for more, raise SEEDS. A seed that finds something replays exactly.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

import pytest

from scheduler import channels
from scheduler.domain import delivery as rules
from scheduler.domain.capabilities import Dedupe
from scheduler.domain.errors import Ambiguous, Transient
from scheduler.services import compose, connect, deliver, work
from scheduler.services.work import Keeper
from scheduler.store.engine import open_engine, writing
from tests import world
from tests.chaos.services import KINDS
from tests.chaos.simulation import TEXTS, Simulation
from tests.conftest import Clock

SEEDS = range(8)  # for each kind; a tenth of a second each
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

Simulate = Callable[[str, int], Simulation]


@pytest.fixture
def simulate(monkeypatch) -> Iterator[Simulate]:
    """Run one seed against one kind of service."""
    known = {**channels.kinds(), **KINDS}
    monkeypatch.setattr(channels, "kinds", lambda: known)
    logging.disable()  # what goes wrong is the point
    engines = {}

    def run(kind: str, seed: int) -> Simulation:
        if kind not in engines:
            engines[kind] = installation(kind)
        simulation = Simulation(engines[kind], 1, kind, Clock(NOON), seed)
        for module in (deliver, work, connect):
            monkeypatch.setattr(module, "writing", simulation.writing)
            monkeypatch.setattr(module, "reading", simulation.reading)
        simulation.run()
        return simulation

    yield run
    logging.disable(logging.NOTSET)
    for engine in engines.values():
        engine.dispose()


def installation(kind):
    engine = open_engine("sqlite://")
    with writing(engine) as session:
        row = world.channel(session, NOON, kind)
        source = world.article(session, NOON)
        for texts in TEXTS:
            world.post(session, NOON, *texts, of=source)
        assert row.id == 1
    return engine


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_nothing_is_sent_twice_and_nothing_is_stuck(simulate, kind):
    for seed in SEEDS:
        assert simulate(kind, seed).faults() == [], f"seed {seed}"


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


def no_mark(keeper):
    now = keeper._office.clock()
    keeper._work.marks = rules.Marks(now, now)


@pytest.mark.parametrize(
    ("kind", "place", "name", "mistake"),
    [
        ("keyed", rules, "settle", clearing_the_mark_of_an_earlier_call),
        ("keyed", rules, "next_step", trusting_an_old_key),
        ("keyed", compose, "dedupe_key", a_key_for_each_attempt),
        ("blind", rules, "settle", retrying_blindly),
        ("blind", Keeper, "before_commit", no_mark),
        ("hinted", rules, "settle_probe", trusting_an_absence),
        ("searched", rules, "probe_time", looking_too_early),
        ("searched", Keeper, "last_look", no_last_look),
    ],
)
def test_a_rule_that_is_broken_is_found(simulate, monkeypatch, kind, place, name, mistake):
    monkeypatch.setattr(place, name, mistake)
    assert any(simulate(kind, seed).faults() for seed in range(80))
