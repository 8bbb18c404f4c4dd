"""`make chaos`: the three harnesses and the model for as long as you like, with a balance sheet of each.

The default is some hundreds of kills on both databases, and some thousands of seeds. Each part ends by its time, goes
through all kinds equally until then, and tells what it did even where a run of it broke.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from time import monotonic

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chaos import kinds, strace
from tests.chaos.installation import KINDS, SPAWN
from tests.chaos.mailers import MAILERS
from tests.chaos.model import Queue
from tests.chaos.seeds import many
from tests.chaos.services import KINDS as SERVICES
from tests.chaos.storm import Report, stall, storm
from tests.chaos.syscalls import CALLS, kill_at
from tests.chaos.test_model import BRIEFLY
from tests.chaos.test_storm import STALLS
from tests.postgres import Cluster, running

SYSCALL_KINDS = (
    "mastodon",
    "draftbox",
    "mailpit",
    "discord",
    "postmark",
)  # one for each way to tell a repeat
SEEDS_AT_ONCE = 10  # how many seeds a process does before it looks at the clock
STORIES_AT_ONCE = 25

Place = tuple[Path, str]  # a folder, and the address of a new database
Database = Callable[[], AbstractContextManager[Place]]
Run = tuple[str, Callable[[Path, str], Report]]


def main() -> int:
    asked = _arguments()
    kinds.register()
    logging.disable()  # what goes wrong is the point
    faults = []
    for name in asked.only or HARNESSES:
        try:
            faults += HARNESSES[name](asked)
        except Exception as error:  # noqa: BLE001 — the others are run, and the end is printed
            faults.append(f"{name} broke: {error!r}")
    print("\nThe books balance." if not faults else "\n".join(["", "FAULTS", *faults]))
    return 1 if faults else 0


@contextmanager
def _on_sqlite() -> Iterator[Place]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), f"sqlite:///{folder}/queue.db"


@contextmanager
def _on(cluster: Cluster) -> Iterator[Place]:
    url = cluster.create()
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), url
    cluster.drop(url)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*HARNESSES, []], help="only these harnesses")
    parser.add_argument("--on", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--runs", type=int, default=12, help="storms for each kind")
    parser.add_argument("--kills", type=int, default=5, help="kills in each storm")
    parser.add_argument("--seeds", type=int, default=500, help="seeds of the simulation for each kind")
    parser.add_argument(
        "--calls", type=int, default=12, help="the last n of the kills at the n-th system call"
    )
    parser.add_argument("--examples", type=int, default=400, help="stories of the model")
    parser.add_argument("--seconds", type=float, default=300, help="the most that a part takes on a database")
    return parser.parse_args()


@contextmanager
def _databases(asked: argparse.Namespace) -> Iterator[dict[str, Database]]:
    with ExitStack() as servers:
        found: dict[str, Database] = {}
        if asked.on != "postgresql":
            found["sqlite"] = _on_sqlite
        if asked.on != "sqlite":
            found["postgresql"] = partial(_on, servers.enter_context(running()))
        yield found


def _run(title: str, asked: argparse.Namespace, runs: Callable[[], Iterable[Run]]) -> list[str]:
    """All the runs on each database, or as many as there is time for, and what they came to."""
    faults = []
    with _databases(asked) as databases:
        for name, database in databases.items():
            print(f"\n== {title}, on {name} ==", flush=True)
            total, by_kind, end = Report(), dict[str, Report](), monotonic() + asked.seconds
            for kind, run in runs():
                if monotonic() > end:
                    print("its time is up")
                    break
                report = _tried(database, kind, run)
                total.add(report)
                by_kind.setdefault(kind, Report()).add(report)
            for kind, report in by_kind.items():
                print(f"{kind:9} {_line(report.sheet)}")
            _print("all", total.sheet)
            _print("killed at", total.points)
            _print("the network", total.network)
            faults += [f"{name}, {fault}" for fault in total.faults]
    return faults


def _tried(database: Database, kind: str, run: Callable[[Path, str], Report]) -> Report:
    try:
        with database() as (folder, url):
            return run(folder, url)
    except (
        AssertionError,
        OSError,
        RuntimeError,
    ) as error:  # no balance sheet, which is a fault; others go on
        return Report(faults=[f"{kind}: a run broke: {run!r}: {error!r}"])


def kill_storms(asked: argparse.Namespace) -> list[str]:
    """SIGKILL at failpoints and at random times, behind a bad network."""

    def runs() -> Iterator[Run]:
        for seed, kind in product(range(asked.runs), KINDS):
            yield kind, partial(storm, kind=kind, seed=seed, kills=asked.kills)

    return _run(f"Kills: {asked.runs} storms of {asked.kills} kills for each kind", asked, runs)


def stalls(asked: argparse.Namespace) -> list[str]:
    """SIGSTOP for longer than the lease, then SIGCONT."""

    def runs() -> Iterator[Run]:
        for kind, point in STALLS:
            yield kind, partial(stall, kind=kind, point=point)

    return _run(f"Stalls: a daemon sleeps through its lease at {len(STALLS)} points", asked, runs)


def syscalls(asked: argparse.Namespace) -> list[str]:
    """SIGKILL at the n-th system call, for n = 1, 2, 3 …"""
    if not strace.works():
        print("\n== System calls: left out, for strace is not there, or may not trace ==")
        return []

    def runs() -> Iterator[Run]:
        for number, kind, call in product(range(1, asked.calls + 1), SYSCALL_KINDS, CALLS):
            yield kind, partial(kill_at, kind=kind, call=call, number=number)

    return _run(f"Kills at the first {asked.calls} system calls of each sort", asked, runs)


def simulation(asked: argparse.Namespace) -> list[str]:
    """Thousands of seeds, on every processor."""
    print(f"\n== Simulation: {asked.seeds} seeds for each of {len(SERVICES | MAILERS)} kinds ==", flush=True)
    some = [range(n, min(n + SEEDS_AT_ONCE, asked.seeds)) for n in range(0, asked.seeds, SEEDS_AT_ONCE)]
    counts: Counter[str] = Counter()
    faults: list[str] = []
    end = monotonic() + asked.seconds
    with ProcessPoolExecutor(mp_context=SPAWN) as pool:
        for done in as_completed([pool.submit(many, seeds) for seeds in some]):
            found, wrong = done.result()
            counts += found
            faults += wrong
            if monotonic() > end:
                print("its time is up")
                pool.shutdown(cancel_futures=True)
                break
    _print("all", counts)
    return faults


def model(asked: argparse.Namespace) -> list[str]:
    """What people and the world do, in any order."""
    print(f"\n== Model: {asked.examples} stories of up to 50 steps ==", flush=True)
    longer = settings(BRIEFLY, max_examples=STORIES_AT_ONCE, stateful_step_count=50, derandomize=False)
    told, end = 0, monotonic() + asked.seconds
    while told < asked.examples and monotonic() < end:
        try:
            run_state_machine_as_test(Queue, settings=longer)
        except AssertionError as error:
            return [f"model: {error!r}; {'; '.join(getattr(error, '__notes__', []))}"]
        told += STORIES_AT_ONCE
    print(f"{told} of them came to a good end")
    return []


HARNESSES = {
    "kills": kill_storms,
    "stalls": stalls,
    "syscalls": syscalls,
    "simulation": simulation,
    "model": model,
}


def _line(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items() if number)


def _print(title: str, counts: Counter[str]) -> None:
    print(f"{title}:")
    for name, number in counts.most_common():
        print(f"  {number:6}  {name}")


if __name__ == "__main__":
    sys.exit(main())
