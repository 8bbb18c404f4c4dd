"""Many lives and deaths over one installation, behind a bad network, and what the books say in the end."""

from __future__ import annotations

import os
import signal
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos.fire import DATABASE, LEDGER, NETWORK, Failpoint
from tests.chaos.installation import LATER, MAIL, Books, Installation, until
from tests.chaos.proxy import Proxy, proxied
from tests.chaos.receiver import Receiver
from tests.servers import serving

PASSES = (
    dict.fromkeys(DATABASE, 8) | dict.fromkeys(NETWORK, 4) | dict.fromkeys(LEDGER, 2)
)  # the last that a failpoint strikes at


@dataclass
class Report:
    """What happened in one run, or in many that were added up."""

    sheet: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)  # where daemons were killed
    network: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def add(self, other: Report) -> None:
        self.sheet += other.sheet
        self.points += other.points
        self.network += other.network
        self.faults += other.faults


def storm(folder: Path, database: str, kind: str, seed: int, *, kills: int = 5, count: int = 16) -> Report:
    """`kills` daemons die, at failpoints and at random times, some while another one runs; the last one lives."""
    report, receiver, chance = Report(), Receiver(), Random(f"{kind} {seed}")
    with serving(receiver) as server, proxied(server, f"{kind} {seed}") as (proxy, url):
        place = Installation(folder, database, kind, url, count, apart=LATER / 4, fast=seed % 3 != 0)
        receiver.now = place.place.clock
        for _ in range(kills):
            _one_life(place, proxy, chance, report)
        proxy.clear_up()
        place.run_to_the_end()
        proxy.settle()
        books = Books(place, receiver)
        place.close()
    report.sheet += books.sheet
    report.sheet["runs"] += 1
    report.network += proxy.did
    report.faults += [f"{kind}, seed {seed}: {fault}" for fault in books.faults]
    return report


def _one_life(place: Installation, proxy: Proxy, chance: Random, report: Report) -> None:
    """Until the daemon is dead, or has nothing to do. A second one that runs beside it is killed soon after."""
    at_a_point = chance.random() < 0.7
    seam = chance.choice(DATABASE + NETWORK + (LEDGER if place.kind in MAIL else ()))
    point = Failpoint(seam, number=chance.randint(1, PASSES[seam])) if at_a_point else None
    Path(place.place.died).unlink(missing_ok=True)
    with ExitStack() as alive:
        other = alive.enter_context(place.daemon()) if chance.random() < 0.3 else None
        victim = alive.enter_context(place.daemon(point))
        if at_a_point:
            until(lambda: not victim.is_alive() or place.idle())
        else:
            victim.join(chance.uniform(0.2, 1.0))
        _kill(victim, place.died_at() or "at a random time", report)
        if other is not None:
            other.join(chance.uniform(0, 0.3))
            _kill(other, "at a random time", report)
    proxy.settle()
    place.pass_time(LATER)


def _kill(process, where: str, report: Report) -> None:
    if process.is_alive():
        where = "at a random time"
        process.kill()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"it ended by itself: {process.exitcode}"
    report.sheet["kills"] += 1
    report.points[where] += 1


def stall(folder: Path, database: str, kind: str, point: str) -> Report:
    """A daemon stops for longer than its lease at `point`; another takes over; then the first one goes on.

    Not where it holds the write lock of an SQLite file, before a commit: there the other one cannot do anything.
    """
    report, receiver = Report(), Receiver()
    with serving(receiver) as server:
        place = Installation(folder, database, kind, server.url, count=3, senders=1)
        receiver.now = place.place.clock
        with place.daemon(Failpoint.read(point, signal=signal.SIGSTOP)) as sleeper:
            until(lambda: _stopped(sleeper.pid))
            place.run_to_the_end()
            os.kill(sleeper.pid, signal.SIGCONT)
            until(lambda: not _stopped(sleeper.pid))
            sleeper.terminate()
            sleeper.join(20)
            assert sleeper.exitcode == 0, "it did not drain"
        books = Books(place, receiver)
        place.close()
    report.sheet = books.sheet
    report.sheet["stalls"] += 1
    report.faults = [f"{kind}, {point}: {fault}" for fault in books.faults]
    return report


def _stopped(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
