"""What it costs that a mark survives a power failure: SQLite's settings, beside the disk's own floor, in one run.

Each round marks deliveries one at a time, as a sender does before a committing call, with every setting in turn.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import event

from scheduler.store.engine import open_engine, writing
from scheduler.store.queue import owned
from tests import world
from tests.chaos.seeds import NOON
from tests.conftest import Clock

ROUNDS, MARKS = 9, 200
LEVELS = ("FULL", "NORMAL", "OFF")


def marking(folder: Path, level: str) -> Callable[[], float]:
    """Seconds for one mark with PRAGMA synchronous at `level`."""
    engine = open_engine(f"sqlite:///{folder}/{level}.db")
    event.listen(engine, "connect", lambda connection, _: connection.execute(f"PRAGMA synchronous = {level}"))
    engine.dispose()
    with writing(engine) as session:
        channel = world.channel(session, NOON)
        (row,) = world.due(session, world.post(session, NOON), channel, NOON)
    clock = Clock(NOON)

    def run() -> float:
        started = perf_counter()
        for _ in range(MARKS):
            with writing(engine, concurrent=True) as session:
                owned(session, row.id, "", committed_at=clock.advance(seconds=1))
        return (perf_counter() - started) / MARKS

    return run


def disk(folder: Path) -> Callable[[], float]:
    """Seconds for one write of a page and its sync."""
    descriptor = os.open(folder / "floor", os.O_WRONLY | os.O_CREAT)

    def run() -> float:
        started = perf_counter()
        for n in range(MARKS):
            os.pwrite(descriptor, b"x" * 4096, n * 4096)
            os.fdatasync(descriptor)
        return (perf_counter() - started) / MARKS

    return run


def main() -> None:
    with tempfile.TemporaryDirectory(dir=".") as name:
        ways = {"page and fdatasync": disk(Path(name))} | {
            level: marking(Path(name), level) for level in LEVELS
        }
        times: dict[str, list[float]] = {way: [] for way in ways}
        for _ in range(ROUNDS):
            for way, run in ways.items():
                times[way].append(run())
    floor = median(times["page and fdatasync"])
    print(f"one mark, median of {ROUNDS} rounds of {MARKS} (lowest to highest); times the disk's own")
    for way, found in times.items():
        spread = f"{min(found) * 1e6:.0f}-{max(found) * 1e6:.0f}"
        print(f"{way:20} {median(found) * 1e6:7.0f} us  ({spread})  {median(found) / floor:5.2f} x")


if __name__ == "__main__":
    main()
