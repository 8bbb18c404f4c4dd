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
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from time import monotonic

from tests.chaos import kinds
from tests.chaos.installation import KINDS
from tests.chaos.storm import Report, stall, storm
from tests.chaos.test_storm import STALLS
from tests.postgres import Cluster, running


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


HARNESSES = {"kills": kill_storms, "stalls": stalls}


def _line(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.items() if number)


def _print(title: str, counts: Counter[str]) -> None:
    print(f"{title}:")
    for name, number in counts.most_common():
        print(f"  {number:6}  {name}")


if __name__ == "__main__":
    sys.exit(main())
