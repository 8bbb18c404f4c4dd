"""`make chaos`: the three harnesses and the model for as long as you like, with a balance sheet of each.

The default is some hundreds of kills and some thousands of seeds in about a quarter of an hour on two cores.
"""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from itertools import product
from pathlib import Path
from time import monotonic

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.chaos import kinds, strace
from tests.chaos.installation import KINDS, SPAWN
from tests.chaos.model import Queue
from tests.chaos.seeds import many
from tests.chaos.services import KINDS as SERVICES
from tests.chaos.storm import Report, stall, storm
from tests.chaos.syscalls import CALLS, kill_at
from tests.chaos.test_model import BRIEFLY
from tests.chaos.test_storm import STALLS
from tests.postgres import Cluster, running

SYSCALL_KINDS = ("mastodon", "draftbox", "mailpit", "discord")  # one for each way to tell a repeat


def main() -> int:
    asked = _arguments()
    kinds.register()
    logging.disable()  # what goes wrong is the point
    with ExitStack() as servers:
        if asked.on == "sqlite":
            asked.database = _on_sqlite
        else:
            asked.database = partial(_on, servers.enter_context(running()))
        faults = [fault for name in asked.only or HARNESSES for fault in HARNESSES[name](asked)]
    print("\nThe books balance." if not faults else "\n".join(["", "FAULTS", *faults]))
    return 1 if faults else 0


@contextmanager
def _on_sqlite() -> Iterator[tuple[Path, str]]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), f"sqlite:///{folder}/queue.db"


@contextmanager
def _on(cluster: Cluster) -> Iterator[tuple[Path, str]]:
    url = cluster.create()
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder), url
    cluster.drop(url)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("only", nargs="*", choices=[*HARNESSES, []], help="only these harnesses")
    parser.add_argument("--on", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--runs", type=int, default=12, help="storms for each kind")
    parser.add_argument("--kills", type=int, default=5, help="kills in each storm")
    parser.add_argument("--seeds", type=int, default=500, help="seeds of the simulation for each kind")
    parser.add_argument(
        "--calls", type=int, default=12, help="the last n of the kills at the n-th system call"
    )
    parser.add_argument("--examples", type=int, default=400, help="stories of the model")
    parser.add_argument("--seconds", type=float, default=1200, help="the most that one harness may take")
    return parser.parse_args()


def kill_storms(asked: argparse.Namespace) -> list[str]:
    """SIGKILL at failpoints and at random times, behind a bad network."""
    print(f"\n== Kills: {asked.runs} storms of {asked.kills} kills for each kind ==", flush=True)
    total, end = Report(), monotonic() + asked.seconds
    for kind in KINDS:
        report = Report()
        for seed in range(asked.runs):
            if monotonic() < end:
                with tempfile.TemporaryDirectory() as folder:
                    report.add(
                        storm(Path(folder), f"sqlite:///{folder}/queue.db", kind, seed, kills=asked.kills)
                    )
        print(f"{kind:9} {_line(report.sheet)}", flush=True)
        total.add(report)
    _print("all", total.sheet)
    _print("killed at", total.points)
    _print("the network", total.network)
    return total.faults


def stalls(asked: argparse.Namespace) -> list[str]:
    """SIGSTOP for longer than the lease, then SIGCONT."""
    print(f"\n== Stalls: a daemon sleeps through its lease at {len(STALLS)} points ==", flush=True)
    total = Report()
    for kind, point in STALLS:
        with asked.database() as (folder, url):
            total.add(stall(folder, url, kind, point))
    _print("all", total.sheet)
    return total.faults


def syscalls(asked: argparse.Namespace) -> list[str]:
    """SIGKILL at the n-th system call, for n = 1, 2, 3 … until there are fewer."""
    if not strace.works():
        print("\n== System calls: left out, for strace is not there, or may not trace ==")
        return []
    print("\n== Kills at system calls ==", flush=True)
    total, end = Report(), monotonic() + asked.seconds
    for kind, call in product(SYSCALL_KINDS, CALLS):
        for number in range(1, asked.calls + 1):
            if monotonic() < end:
                with asked.database() as (folder, url):
                    report = kill_at(folder, url, kind, call, number)
                total.add(report)
                if not report.sheet["kills"]:
                    break
    _print("all", total.sheet)
    _print("killed at", total.points)
    return total.faults


def simulation(asked: argparse.Namespace) -> list[str]:
    """Thousands of seeds, on every processor."""
    print(f"\n== Simulation: {asked.seeds} seeds for each of {len(SERVICES)} kinds ==", flush=True)
    every = [range(first, asked.seeds, 20) for first in range(20)]
    counts: Counter[str] = Counter()
    faults: list[str] = []
    with ProcessPoolExecutor(mp_context=SPAWN) as pool:
        for found, wrong in pool.map(many, every):
            counts += found
            faults += wrong
    _print("all", counts)
    return faults


def model(asked: argparse.Namespace) -> list[str]:
    """What people and the world do, in any order."""
    print(f"\n== Model: {asked.examples} stories of up to 50 steps ==", flush=True)
    longer = settings(BRIEFLY, max_examples=asked.examples, stateful_step_count=50, derandomize=False)
    try:
        run_state_machine_as_test(Queue, settings=longer)
    except AssertionError as error:
        return [f"model: {error!r}; {'; '.join(getattr(error, '__notes__', []))}"]
    print("every one came to a good end")
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
