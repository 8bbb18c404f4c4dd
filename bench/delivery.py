"""What delivering costs: mail one by one and in batches, an audience, what is due together, and a growing queue.

The services, adapters and statements are the product's own; the receiver is a process of its own. Mail that goes one
request for each reader stands beside the bare client on the same receiver, in turn with it. Medians of three runs.

    make bench-delivery [SCALE=1]
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
from sqlalchemy import text

from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.daemon import collect_seldom
from scheduler.domain.capabilities import Mail
from scheduler.domain.message import Receipt
from scheduler.domain.piece import Content, PieceKind
from scheduler.services import newsletter, subscribe
from scheduler.services.deliver_many import Many
from scheduler.settings import Settings
from scheduler.store import fanout, pieces, queue
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow, PieceRow
from scheduler.transport.bulk import Bulk
from scheduler.transport.loop import Loop
from tests import world

SCALE = float(os.environ.get("SCALE", "1"))
RUNS = 3
SINK = [sys.executable, "-m", "bench.sink"]


def scaled(count: int) -> int:
    return max(200, int(count * SCALE))


@contextmanager
def sink() -> Iterator[str]:
    with subprocess.Popen(SINK, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


@contextmanager
def installation() -> Iterator[Pullquote]:
    with tempfile.TemporaryDirectory() as folder:
        app = bootstrap(
            Settings(
                database=f"sqlite:///{folder}/queue.db",
                key_file=Path(folder) / "pullquote.key",
                allow_networks=("127.0.0.0/8",),
                base_url="https://news.example.com",
            )
        )
        world.VAULT = app.vault
        yield app
        app.close()


def now() -> datetime:
    return datetime.now(UTC)


def an_issue(app: Pullquote, kind: str, url: str, readers: int, batch: int) -> float:
    """An issue for so many readers, due now; the seconds that freezing its audience took."""
    with writing(app.engine) as session:
        config = {"server": url, "from_address": "news@example.com"}
        channel = world.channel(
            session, now(), kind, **config, **({"server_token": "t"} if kind == "postmark" else {})
        )
        weekly = subscribe.create_list(session, 1, "Weekly", now=now())
        people(session, weekly.id, readers)
        issue = pieces.add(
            session,
            article_id=world.article(session, now()).id,
            kind=PieceKind.ISSUE,
            content=Content(subject="Rain", template="issue"),
            recipe="default",
            now=now(),
        )
        channel_id, issue_id, list_id = channel.id, issue.id, weekly.id
    started = time.perf_counter()
    with writing(app.engine) as session:
        newsletter.freeze(
            session,
            session.get_one(PieceRow, issue_id),
            session.get_one(ChannelRow, channel_id),
            Mail(batch=batch, max_bytes=50 * 2**20),
            list_id,
            due_at=now(),
            slot_key=None,
            now=now(),
        )
    return time.perf_counter() - started


def people(session, list_id: int, count: int) -> None:
    """Confirmed readers, made by the database."""
    numbers = f"WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM g WHERE i<{count})"
    session.execute(
        text(
            f"{numbers} INSERT INTO subscriber (workspace_id, email, name, created_at) "
            "SELECT 1, 'reader' || i || '@example.com', 'Reader ' || i, '2026-01-01 00:00:00.000000' FROM g"
        )
    )
    session.execute(
        text(
            "INSERT INTO subscription (subscriber_id, list_id, status, source, changed_at) "
            "SELECT id, :list, 'confirmed', 'bench', '2026-01-01 00:00:00.000000' FROM subscriber"
        ),
        {"list": list_id},
    )


@dataclass
class Figure:
    rate: float  # readers per second
    cpu: float  # microseconds of this process for each
    rss: float  # MB at most


def send_all(app: Pullquote, bulk: Bulk, readers: int) -> Figure:
    """Until every copy is explained."""
    started, used = time.perf_counter(), time.process_time()
    many = Many(app.office, bulk, lambda work: print("set aside", work.row.id, work.row.reason))
    while many.round() or many.flying:
        if many.flying:
            many.wait(1)
    took, cpu = time.perf_counter() - started, time.process_time() - used
    with reading(app.engine) as session:
        counts = newsletter.progress(session, 1).counts
    if counts != {"sent": readers}:
        raise SystemExit(f"the books do not balance: {counts}")
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Figure(readers / took, cpu / readers * 1e6, rss)


def mail(kind: str, batch: int, readers: int, open_bulk: Callable[..., Bulk], url: str, answer) -> None:
    collect_seldom()  # as the daemon does
    with installation() as app:
        an_issue(app, kind, url, readers, batch)
        bulk = open_bulk(app.transport)
        figure = send_all(app, bulk, readers)
        bulk.close()
    answer.send(figure)


def apart(target: Callable[..., None], *args: object) -> Figure:
    """In a process of its own, for its memory."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=target, args=(*args, theirs))
    process.start()
    theirs.close()
    try:
        return ours.recv()
    finally:
        process.join(30)


def bare_aiohttp(url: str, count: int, body: bytes, width: int = 128) -> float:
    async def run() -> float:
        connector = aiohttp.TCPConnector(limit=width)
        async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as client:
            left = iter(range(count))

            async def one() -> None:
                for _ in left:
                    async with client.post(
                        url, data=body, headers={"Content-Type": "application/json"}
                    ) as reply:
                        await reply.read()

            started = time.perf_counter()
            await asyncio.gather(*(one() for _ in range(width)))
            return count / (time.perf_counter() - started)

    return asyncio.run(run())


def without_calls(readers: int, batch: int) -> float:
    """Readers per second whose batches are claimed, frozen, marked and settled; a call costs nothing here."""

    class Nowhere:
        width = 256

        def submit(self, jobs) -> None:
            for job in jobs:
                job.done(Receipt("m"))

        def close(self) -> None:
            """Nothing is open."""

    with installation() as app:
        an_issue(app, "postmark", "http://127.0.0.1:1", readers, batch)
        return send_all(app, Nowhere(), readers).rate


def due_together(future: int, due: int) -> list[float]:
    """How late each of `due` deliveries of one second is claimed, in ms, with `future` rows behind them."""
    with installation() as app:
        with writing(app.engine) as session:
            channel = world.channel(session, now(), "webhook", url="http://127.0.0.1:1")
            piece = world.post(session, now(), "due")
            later = now() + timedelta(days=30)
            fanout.enqueue_many(session, piece, channel.id, future, due_at=later, now=now())
            at = now() + timedelta(seconds=1)
            fanout.enqueue_many(session, piece, channel.id, due, due_at=at, now=now())
        time.sleep(max(0.0, (at - now()).total_seconds()))
        late: list[float] = []
        while len(late) < due:
            with writing(app.engine, concurrent=True) as session:
                rows = queue.claim(session, now(), owner="bench", lease=timedelta(seconds=30), limit=250)
            late += [(now() - row.due_at).total_seconds() * 1000 for row in rows]
    return sorted(late)


def fsyncs() -> float:
    """Writes of 4 KB that were on the disk, per second."""
    with tempfile.NamedTemporaryFile(dir=".") as file:
        started = time.perf_counter()
        for _ in range(200):
            os.write(file.fileno(), b"x" * 4096)
            os.fdatasync(file.fileno())
        return 200 / (time.perf_counter() - started)


def show(what: str, figure: str, target: str, beside: str = "") -> None:
    print(f"{what:<46} {figure:>22} {target:>18}   {beside}", flush=True)


def median(runs: Iterable[float]) -> float:
    return statistics.median(runs)


def one_by_one(url: str) -> None:
    count, body = scaled(20_000), b"x" * 15_000
    pairs = [
        (bare_aiohttp(url, count, body), apart(mail, "mailpit", 1, count, Loop, url)) for _ in range(RUNS)
    ]
    bare, ours = median(rate for rate, _ in pairs), median(figure.rate for _, figure in pairs)
    share = median(figure.rate / rate for rate, figure in pairs)
    cpu, rss = median(figure.cpu for _, figure in pairs), max(figure.rss for _, figure in pairs)
    show("one request each, fast", f"{ours:,.0f}/s", "6,500/s", f"bare client {bare:,.0f}/s: {share:.0%}")
    show("  its CPU, its memory", f"{cpu:,.0f} µs, {rss:.0f} MB", "90 MB")


def batches() -> None:
    count = scaled(100_000)
    for batch, target in ((500, "80,000/s"), (1000, "110,000/s")):
        rate = median(without_calls(count, batch) for _ in range(RUNS))
        show(f"batches of {batch}, every call answered at once", f"{rate:,.0f}/s", target)


def queueing() -> None:
    count = scaled(1_000_000)
    with installation() as app:
        took = an_issue(app, "postmark", "http://127.0.0.1:1", count, 1000)
    show(f"freeze an audience of {count:,}", f"{took:.2f} s", "3 s")
    with installation() as app, writing(app.engine) as session:
        channel = world.channel(session, now(), "webhook", url="http://127.0.0.1:1")
        piece = world.post(session, now(), "many")
        started = time.perf_counter()
        fanout.enqueue_many(session, piece, channel.id, count, due_at=now(), now=now())
        took = time.perf_counter() - started
    show(f"enqueue {count:,} deliveries", f"{took:.2f} s", "3 s")


def growth() -> None:
    base = 0.0
    for future in (10_000, 100_000, 1_000_000):
        late = due_together(scaled(future), 1000)
        half, most = late[500], late[990]
        base = base or half
        beside = f"p50 is {half / base:.2f} times the first"
        show(
            f"claimed late, {scaled(future):,} behind",
            f"{half:.0f}/{most:.0f} ms",
            "p50 12, p99 30",
            beside,
        )


def main() -> None:
    show("", "here", "target", "beside it")
    show("this machine: fsync of 4 KB", f"{fsyncs():,.0f}/s", "")
    queueing()
    growth()
    batches()
    with sink() as url:
        one_by_one(url)


if __name__ == "__main__":
    main()
