"""What delivering costs: mail in its three ways, posts that are due together, and what grows with the queue.

The services, adapters and statements are the product's own; only the receiver is ours, in a process of its own.
Each figure stands beside what the same run measured without us: the bare client on the same receiver, or the database
alone with the same rows. Medians of three runs.

    make bench-delivery [SCALE=1]
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
from sqlalchemy import text

from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.domain.capabilities import Mail
from scheduler.domain.piece import Content, PieceKind
from scheduler.services import newsletter, subscribe
from scheduler.services.deliver_many import Many
from scheduler.settings import Settings
from scheduler.store import pieces
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow, PieceRow
from scheduler.transport.bulk import Bulk, Threads
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


if __name__ == "__main__":
    with sink() as url:
        n = scaled(20000)
        body = b"x" * 15000
        for _ in range(RUNS):
            print(f"bare aiohttp {bare_aiohttp(url, n, body):,.0f}/s")
            f = apart(mail, "mailpit", 1, n, Loop, url)
            print(f"one by one, aiohttp: {f.rate:,.0f}/s, {f.cpu:.0f} us CPU, {f.rss:.0f} MB")
        f = apart(mail, "mailpit", 1, n // 4, Threads, url)
        print(f"one by one, httpx: {f.rate:,.0f}/s, {f.cpu:.0f} us CPU, {f.rss:.0f} MB")
