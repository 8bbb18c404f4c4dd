"""What does a due delivery cost the database, with ever more rows waiting behind it?

Claimed, marked and settled, one at a time, on SQLite and on PostgreSQL. The ratio is to the smallest queue of the
same run: flat means that the backlog does not matter.

    make bench-growth [ROWS="10000 100000 1000000"] [DUE=200]
"""

from __future__ import annotations

import os
import statistics
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from time import perf_counter

from sqlalchemy import Engine, text

from scheduler.domain.delivery import Status
from scheduler.store import channels, queue
from scheduler.store.engine import is_embedded, open_engine, writing
from scheduler.store.tables import ChannelRow
from tests import postgres, world

ROWS = [int(rows) for rows in os.environ.get("ROWS", "10000 100000 1000000").split()]
DUE = int(os.environ.get("DUE", "200"))
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LEASE = timedelta(seconds=30)
WARM = 20  # deliveries that are not counted: caches, and the plans of prepared statements
FILL = """
INSERT INTO delivery (piece_id, channel_id, revision, status, due_at, next_at, attempts, probes, owner, item, kept,
                      code, reason, remote_id, url, created_at)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :rows)
SELECT 1, 1, 1, 'scheduled', {at}, {at}, 0, 0, '', 0, '{{}}', '', '', '', '', {now} FROM n
"""


def main() -> None:
    print(f"one due delivery, claimed, marked and settled; medians of {DUE}, taken from each queue in turn")
    with tempfile.TemporaryDirectory() as folder:
        measure("SQLite", {rows: open_engine(f"sqlite:///{folder}/{rows}.db") for rows in ROWS})
    with postgres.running() as cluster:
        measure("PostgreSQL", {rows: open_engine(cluster.create()) for rows in ROWS})


def measure(name: str, queues: Mapping[int, Engine]) -> None:
    for rows, engine in queues.items():
        prepare(engine, rows)
    times = [[one(engine) for engine in queues.values()] for _ in range(WARM + DUE)][WARM:]
    medians = [statistics.median(column) for column in zip(*times, strict=True)]
    for rows, took in zip(queues, medians, strict=True):
        print(
            f"{name:10} {rows:>10,} waiting   {took * 1e6:7.0f} µs   {took / medians[0]:.2f} times the smallest"
        )
    for engine in queues.values():
        engine.dispose()


def prepare(engine: Engine, rows: int) -> None:
    with writing(engine) as session:
        world.workspace(session, NOW)
        row = ChannelRow(workspace_id=1, name="hook", kind="none", zone="UTC", config="", created_at=NOW)
        channels.add(session, row)
        piece = world.post(session, NOW, "Hello")
        for number in range(WARM + DUE):
            queue.enqueue(session, piece, row.id, NOW - timedelta(milliseconds=number), now=NOW)
    fill(engine, rows)


def fill(engine: Engine, rows: int) -> None:
    at, now = (f"'{when:%Y-%m-%d %H:%M:%S}.000000'" for when in (NOW + timedelta(days=30), NOW))
    cast = (lambda value: value) if is_embedded(engine) else (lambda value: f"TIMESTAMP {value}")
    with engine.begin() as connection:
        connection.execute(text(FILL.format(at=cast(at), now=cast(now))), {"rows": rows})
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE" if is_embedded(engine) else "VACUUM ANALYZE delivery"))


def one(engine: Engine) -> float:
    started = perf_counter()
    with writing(engine, concurrent=True) as session:
        (row,) = queue.claim(session, NOW, owner="me", lease=LEASE)
    with writing(engine, concurrent=True) as session:
        queue.owned(session, row.id, "me", committed_at=NOW, called_at=NOW, next_at=NOW + LEASE)
    with writing(engine, concurrent=True) as session:
        queue.owned(session, row.id, "me", owner="", status=Status.SENT, next_at=None, settled_at=NOW)
    return perf_counter() - started


if __name__ == "__main__":
    main()
