"""What a page costs the server, with 100,000 pieces and 1,000,000 deliveries in the database.

    make bench-web             the whole table: about three minutes, most of it to fill the database
    make bench-web SCALE=0.1   a tenth of the rows

Each page is asked for over HTTP on loopback, one at a time, after one visit that warms it. The smallest page, which
asks the database nothing, is measured in the same rounds: what a page costs above it is its own.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import perf_counter, sleep

import httpx
import uvicorn
from sqlalchemy import insert
from sqlmodel import Session

from scheduler.bootstrap import Pullquote, bootstrap, utc_now
from scheduler.domain.accounts import Role
from scheduler.domain.calendar import parse_slots
from scheduler.services import accounts, connect, setup
from scheduler.settings import Settings
from scheduler.store import channels
from scheduler.store.tables import ArticleRow, DeliveryRow, PieceRow
from scheduler.web import create_app

SCALE = float(os.environ.get("SCALE", "1"))
ARTICLES, PIECES, DELIVERIES = (max(10, int(n * SCALE)) for n in (10_000, 100_000, 1_000_000))
CHANNELS = 10
ROUNDS = 40
CHUNK = 20_000
FLOOR = "/static/icon.svg"
TARGETS = {  # page -> milliseconds, at the 95th of 100
    "/": 60,
    "/calendar": 100,
    "/calendar?view=week": 60,
    "/calendar?view=list": 60,
    "/queue": 60,
    "/queue?show=sent": 60,
    "/queue?channel=Wire+3": 60,
    "/articles": 60,
    "/articles/5": 60,
    "/pieces/5": 60,
    "/deliveries/5": 60,
    "/channels": 60,
    "/channels/3": 60,
    "/account": 60,
}
BODY = "“The river does not read our plans,” says Dana Okafor. “It reads the rain.”\n\n" + "It rained. " * 200


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = bootstrap(Settings(database=f"sqlite:///{folder}/queue.db", key_file=Path(folder) / "key"))
        started = perf_counter()
        token = _fill(app)
        _say(f"{PIECES:,} pieces and {DELIVERIES:,} deliveries, filled in {perf_counter() - started:.0f} s\n")
        with _serving(app) as address:
            taken = _measure(httpx.Client(base_url=address, cookies={"pullquote": token}, timeout=60))
        app.close()
    _report(taken)


def _fill(app: Pullquote) -> str:
    """Returns the token of somebody who is signed in."""
    now = utc_now()
    with app.writing() as session:
        workspace = setup.set_up(
            session, "The Harbour Ledger", zone_name="Europe/Amsterdam", language="en", now=now
        )
        assert workspace is not None
        for n in range(CHANNELS):
            row = connect.add_channel(
                session,
                workspace.id,
                kind="webhook",
                name=f"Wire {n}",
                zone_name="Europe/Amsterdam",
                values={"url": "https://hooks.example/in"},
                vault=app.vault,
                now=now,
            )
            channels.set_slots(session, row.id, parse_slots("daily 09:00 12:30 17:00"))
        invitation = accounts.invite(session, Role.OWNER, now)
        person = accounts.accept(
            session,
            invitation,
            email="ada@example.com",
            name="Ada Quist",
            password="nine harbour gulls",
            now=now,
        )
        token = accounts.begin(session, person, browser="bench", place="", now=now)
    for rows in (_articles(now), _pieces(now), _deliveries(now)):
        _write(app, *rows)
    with app.writing() as session:
        session.connection().exec_driver_sql("ANALYZE")
    return token


Rows = tuple[type, Iterator[dict[str, object]]]


def _write(app: Pullquote, table: type, rows: Iterator[dict[str, object]]) -> None:
    chunk: list[dict[str, object]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            _insert(app, table, chunk)
            chunk = []
    if chunk:
        _insert(app, table, chunk)


def _insert(app: Pullquote, table: type, rows: list[dict[str, object]]) -> None:
    with app.writing() as session:
        assert isinstance(session, Session)
        session.connection().execute(insert(table), rows)


def _articles(now: datetime) -> Rows:
    columns = {"workspace_id": 1, "origin": "bench", "body": BODY, "lifted": [], "created_at": now}
    return ArticleRow, ({**columns, "title": f"Article {n}", "fingerprint": str(n)} for n in range(ARTICLES))


def _pieces(now: datetime) -> Rows:
    def rows() -> Iterator[dict[str, object]]:
        for n in range(PIECES):
            content = {
                "texts": {"": [f"Piece {n}: it reads the rain."]},
                "link": "https://ledger.example/river",
            }
            yield {"article_id": n % ARTICLES + 1, "kind": "post", "content": content, "created_at": now}

    return PieceRow, rows()


def _deliveries(now: datetime) -> Rows:
    """Nine in ten were sent, a few failed, the rest wait: a few dozen a day, over years."""
    start = now - timedelta(minutes=20 * DELIVERIES * 0.9)

    def rows() -> Iterator[dict[str, object]]:
        for n in range(DELIVERIES):
            due = start + timedelta(minutes=20 * n)
            status = "scheduled" if due > now else "failed" if n % 997 == 0 else "sent"
            yield {
                "piece_id": n % PIECES + 1,
                "channel_id": n % CHANNELS + 1,
                "status": status,
                "due_at": due,
                "next_at": due if due > now else None,
                "kept": {},
                "created_at": start,
            }

    return DeliveryRow, rows()


@contextmanager
def _serving(app: Pullquote) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(create_app(app), port=0, log_level="warning", access_log=False))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def _measure(client: httpx.Client) -> dict[str, list[float]]:
    """Page -> milliseconds of each visit. The pages take turns, so that a busy moment hits all of them."""
    paths = [FLOOR, *TARGETS]
    for path in paths:
        client.get(path).raise_for_status()
    taken: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(ROUNDS):
        for path in paths:
            began = perf_counter()
            client.get(path).raise_for_status()
            taken[path].append((perf_counter() - began) * 1000)
    return taken


def _report(taken: dict[str, list[float]]) -> None:
    floor = statistics.median(taken[FLOOR])
    _say(f"{'page':<26}{'median':>9}{'p95':>9}{'target':>9}   {'× the smallest':>15}")
    for path, found in taken.items():
        middle, late = statistics.median(found), statistics.quantiles(found, n=20)[-1]
        target = f"{TARGETS[path]} ms" if path in TARGETS else ""
        verdict = "" if path not in TARGETS else "ok" if late <= TARGETS[path] else "over"
        _say(f"{path:<26}{middle:>6.1f} ms{late:>6.1f} ms{target:>9}{verdict:>5}{middle / floor:>12.1f}")
    _say(f"\nload {os.getloadavg()[0]:.1f}, {datetime.now(UTC):%Y-%m-%d %H:%M} UTC")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
