"""Runs seeds of the simulation: the services see its database, its clock and its kinds for as long."""

from __future__ import annotations

import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import product
from unittest.mock import patch

from sqlalchemy import Engine

from scheduler import channels
from scheduler.domain import delivery as rules
from scheduler.store.engine import open_engine, writing
from tests import world
from tests.chaos.mailers import MAILERS
from tests.chaos.mailing import Mailing, fill
from tests.chaos.services import KINDS
from tests.chaos.simulation import TEXTS, Simulation
from tests.conftest import Clock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
IMPATIENT = 3  # tries, for every other seed: the ends of many tries are where mistakes hide

Simulate = Callable[[str, int], Simulation]


@contextmanager
def simulator(
    database: Callable[[], str] = lambda: "sqlite://", play: type[Simulation] = Simulation
) -> Iterator[Simulate]:
    """A function that runs one seed against one kind of service. `database` gives the address of a new one."""
    engines: dict[str, Engine] = {}
    with ExitStack() as stack:
        stack.enter_context(patch.dict(channels.kinds(), KINDS | MAILERS))
        logging.disable()  # what goes wrong is the point
        stack.callback(logging.disable, logging.NOTSET)

        def run(kind: str, seed: int) -> Simulation:
            if kind not in engines:
                engines[kind] = _installation(kind, database())
                stack.callback(engines[kind].dispose)
            simulation = play(engines[kind], 1, kind, Clock(NOON), seed)
            with ExitStack() as here:
                here.enter_context(weathered(simulation))
                if seed % 2:
                    here.enter_context(patch.object(rules, "MAX_ATTEMPTS", IMPATIENT))
                simulation.run()
            return simulation

        yield run


def many(seeds: range) -> tuple[Counter[str], list[str]]:
    """Some seeds of every kind: what happened, and what was wrong."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for play, known in ((Simulation, KINDS), (Mailing, MAILERS)):
        with simulator(play=play) as simulate:
            for kind, seed in product(known, seeds):
                run = simulate(kind, seed)
                faults += [f"{kind}, seed {seed}: {fault}" for fault in run.faults()]
                counts.update({"seeds": 1, "kills": run.killed, "doubts that went to a person": run.asked})
                counts["published"] += run.service.published.total()
                counts["published twice"] += sum(n - 1 for n in run.service.published.values() if n > 1)
    return counts, faults


@contextmanager
def weathered(simulation: Simulation) -> Iterator[None]:
    """Every service opens its transactions in the weather of `simulation`."""
    with ExitStack() as stack:
        for name, module in list(sys.modules.items()):
            for way in ("writing", "reading"):
                if name.startswith("scheduler.services.") and hasattr(module, way):
                    stack.enter_context(patch.object(module, way, getattr(simulation, way)))
        yield


def _installation(kind: str, url: str) -> Engine:
    engine = open_engine(url)
    with writing(engine) as session:
        row = world.channel(session, NOON, kind)
        assert row.id == 1
        if kind in MAILERS:
            fill(session)
            return engine
        source = world.article(session, NOON)
        for texts in TEXTS:
            world.post(session, NOON, *texts, of=source)
    return engine
