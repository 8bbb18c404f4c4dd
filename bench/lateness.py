"""How late does the next due delivery go out, with a long queue of future ones behind it?

A real daemon in its own process, a receiver on loopback in another thread. Lateness is from the delivery's time to
the moment the receiver had the request; beside it, in the same run, the bare round trip of the same request.

    make bench-lateness [FUTURE=10000] [COUNT=200]
"""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scheduler.bootstrap import bootstrap
from scheduler.channels import Call
from scheduler.domain.addresses import networks
from scheduler.settings import Settings
from scheduler.store import queue
from scheduler.store.engine import writing
from scheduler.store.tables import DeliveryRow
from scheduler.transport import Transport
from tests import world
from tests.servers import Answer, Got, serving

FUTURE = int(os.environ.get("FUTURE", "10000"))
COUNT = int(os.environ.get("COUNT", "200"))
EVERY = 0.1  # seconds between two due deliveries
HEAD_START = 6.0  # seconds for the daemon to start


def main() -> None:
    arrived: dict[str, float] = {}
    everything = threading.Event()

    def answer(got: Got) -> Answer:
        text = json.loads(got.body).get("data", {}).get("text", "")
        arrived.setdefault(text, time.time())
        if sum(name.startswith("due") for name in arrived) >= COUNT:
            everything.set()
        return Answer()

    with tempfile.TemporaryDirectory() as folder, serving(answer) as server:
        due = prepare(Path(folder), server.url)
        daemon = subprocess.Popen(
            [Path(sys.executable).with_name("pullquote"), "run", "--no-web"],
            cwd=folder,
            env=os.environ | {"PULLQUOTE_ALLOW_NETWORKS": '["127.0.0.0/8"]'},
            stderr=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        try:
            if not everything.wait(HEAD_START + COUNT * EVERY + 60):
                print(f"only {len(arrived)} of {COUNT} arrived")
        finally:
            daemon.send_signal(signal.SIGTERM)
            daemon.wait(60)
        late = sorted((arrived[name] - at) * 1000 for name, at in due.items() if name in arrived)
        report(late, bare(server.url))


def prepare(folder: Path, url: str) -> dict[str, float]:
    """A queue with FUTURE deliveries in the coming weeks and COUNT ones due soon; their names and times."""
    app = bootstrap(Settings(database=f"sqlite:///{folder}/queue.db", key_file=folder / "pullquote.key"))
    now = datetime.now(UTC)
    due: dict[str, float] = {}
    world.VAULT = app.vault
    with writing(app.engine) as session:
        channel = world.channel(session, now, "webhook", url=url)
        article = world.article(session, now)
        later = world.post(session, now, "later", of=article)
        session.add_all(
            DeliveryRow(
                piece_id=later.id,
                channel_id=channel.id,
                due_at=(at := now + timedelta(hours=1, minutes=i)),
                next_at=at,
                created_at=now,
            )
            for i in range(FUTURE)
        )
        for i in range(COUNT):
            at = now + timedelta(seconds=HEAD_START + i * EVERY)
            piece = world.post(session, now, f"due {i}", of=article)
            queue.enqueue(session, piece, channel.id, at, now=now)
            due[f"due {i}"] = at.timestamp()
    app.close()
    return due


def bare(url: str) -> list[float]:
    """The same request without a queue, a render or a commit, in milliseconds."""
    transport = Transport(lambda: datetime.now(UTC), allowed=networks(["127.0.0.0/8"]))
    took = []
    for _ in range(COUNT):
        started = time.perf_counter()
        transport.exchange(Call(method="POST", url=url, json={"text": "bare"}), fresh=True)
        took.append((time.perf_counter() - started) * 1000)
    transport.close()
    return sorted(took)


def report(late: list[float], round_trip: list[float]) -> None:
    def percentile(values: list[float], share: float) -> float:
        return values[min(len(values) - 1, int(len(values) * share))]

    print(f"{len(late)} deliveries, one every {EVERY * 1000:.0f} ms, {FUTURE} future ones in the queue")
    print(
        f"late by      p50 {percentile(late, 0.5):7.1f} ms   p99 {percentile(late, 0.99):7.1f} ms "
        f"  max {late[-1]:.1f} ms"
    )
    print(
        f"bare request p50 {percentile(round_trip, 0.5):7.1f} ms   p99 {percentile(round_trip, 0.99):7.1f} ms"
    )
    print(f"ratio of the medians {statistics.median(late) / statistics.median(round_trip):.1f}")


if __name__ == "__main__":
    main()
