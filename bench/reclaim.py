"""How soon does another worker go on after kill -9 of the one that holds a delivery?

Two workers as processes over a PostgreSQL, and two daemons over an SQLite file. A receiver never answers the first
call; the worker that made it is killed, and the delivery's own times say when another one began. The target is the
lease and one second more, from the last time that it was renewed.

    make bench-reclaim [TRIALS=3] [LEASE=5]
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.settings import Settings
from scheduler.store import channels, heartbeats, queue
from scheduler.store.engine import reading, writing
from tests import postgres, world
from tests.servers import Answer, serving

TRIALS = int(os.environ.get("TRIALS", "3"))
LEASE = int(os.environ.get("LEASE", "5"))
PATIENCE = 60.0


def main() -> None:
    print(f"kill -9 of the worker that holds a delivery; leases of {LEASE} s, {TRIALS} trials")
    with postgres.running() as cluster:
        report("PostgreSQL, workers", [trial(cluster.create(), ["worker"]) for _ in range(TRIALS)])
    with tempfile.TemporaryDirectory() as folder:
        urls = [f"sqlite:///{folder}/{number}.db" for number in range(TRIALS)]
        report("SQLite, daemons", [trial(url, ["run", "--no-web"]) for url in urls])


def report(name: str, trials: list[tuple[float, float]]) -> None:
    after_kill, after_lease = ([times[i] for times in trials] for i in (0, 1))
    print(
        f"{name:20} goes on {statistics.median(after_kill):.2f} s after the kill (worst {max(after_kill):.2f}), "
        f"{statistics.median(after_lease) * 1000:.0f} ms after its lease ended (worst {max(after_lease) * 1000:.0f})"
    )


def trial(url: str, command: list[str]) -> tuple[float, float]:
    """Seconds from the kill, and from the end of the lease, until another worker began."""
    with tempfile.TemporaryDirectory() as folder, serving(lambda _got: Answer(misbehave="hang")) as server:
        app = bootstrap(Settings(database=url, key_file=Path(folder) / "pullquote.key"))
        queue_one(app, server.url)
        environment = os.environ | {
            "PULLQUOTE_DATABASE": url,
            "PULLQUOTE_KEY_FILE": str(app.settings.key_file),
            "PULLQUOTE_ALLOW_NETWORKS": '["127.0.0.0/8"]',
            "PULLQUOTE_LEASE_SECONDS": str(LEASE),
        }
        with process(command, environment) as first:
            until(lambda: len(server.got) == 1)
            with process(command, environment):
                until(lambda: alive(app) == 2)
                first.kill()
                killed = app.clock()
                ends = times(app)[0]
                until(lambda: len(times(app)) == 3)
                began = times(app)[2]
                server.released.set()
        app.close()
    return (began - killed).total_seconds(), (began - ends).total_seconds()


def queue_one(app: Pullquote, address: str) -> None:
    world.VAULT = app.vault
    with writing(app.engine) as session:
        row = world.channel(session, app.clock(), url=address, repeat_is_safe=True)
        channels.set_values(session, row.id, {"missed": "send"})
        world.due(session, world.post(session, app.clock()), row, app.clock())


@contextmanager
def process(command: list[str], environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(
        [sys.executable, "-m", "scheduler.cli", *command], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        yield running
    finally:
        running.kill()
        running.wait()


def alive(app: Pullquote) -> int:
    with reading(app.engine) as session:
        return len(heartbeats.all_of(session))


def times(app: Pullquote):  # type: ignore[no-untyped-def]
    """When its lease ends, and when each attempt began."""
    with reading(app.engine) as session:
        return [queue.get(session, 1).next_at, *(each.started_at for each in queue.attempts(session, 1))]


def until(condition: Callable[[], bool]) -> None:
    patience, end = Event(), monotonic() + PATIENCE
    while not condition():
        if monotonic() > end:
            raise SystemExit("it did not happen in time")
        patience.wait(0.01)


if __name__ == "__main__":
    main()
