"""Many machines, as compose runs them: one clock and several workers, each a process, over one PostgreSQL."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from scheduler import daemon
from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.daemon import handout
from scheduler.daemon.handout import schema
from scheduler.domain.errors import PullquoteError
from scheduler.services import health
from scheduler.settings import Settings
from scheduler.store import channels, heartbeats, queue
from scheduler.store.engine import reading, writing
from tests import world
from tests.chaos.test_kill import until
from tests.postgres import Cluster
from tests.servers import Answer, Server, serving

LEASE = 2


@pytest.fixture
def app(postgres: Cluster, tmp_path: Path) -> Iterator[Pullquote]:
    url = postgres.create()
    app = bootstrap(
        Settings(database=url, key_file=tmp_path / "pullquote.key", allow_networks=("127.0.0.0/8",))
    )
    yield app
    app.close()
    postgres.drop(url)


@pytest.fixture
def place(app: Pullquote, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A channel that sends to a server of ours."""
    monkeypatch.setattr(world, "VAULT", app.vault)
    with serving() as server:
        with writing(app.engine) as session:
            row = world.channel(session, app.clock(), url=server.url, repeat_is_safe=True)
            channels.set_values(session, row.id, {"gap_seconds": 0})
        yield server


def put(app: Pullquote, count: int, at: datetime | None = None) -> None:
    with writing(app.engine) as session:
        source = world.article(session, app.clock())
        for number in range(count):
            piece = world.post(session, app.clock(), f"Post {number}", of=source)
            queue.enqueue(session, piece, 1, at or app.clock(), now=app.clock())


@contextmanager
def process(app: Pullquote, folder: Path, *command: str) -> Iterator[subprocess.Popen[bytes]]:
    """A command of ours, as it is started on a machine."""
    environment = os.environ | {
        "PULLQUOTE_DATABASE": app.settings.database,
        "PULLQUOTE_KEY_FILE": str(app.settings.key_file),
        "PULLQUOTE_ALLOW_NETWORKS": '["127.0.0.0/8"]',
        "PULLQUOTE_HAND_OUT": "true",
        "PULLQUOTE_LEASE_SECONDS": str(LEASE),
    }
    with (folder / "log").open("ab") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "scheduler.cli", *command], env=environment, stderr=log, stdout=log
        )
    try:
        yield running
    finally:
        if running.poll() is None:
            running.send_signal(signal.SIGTERM)
        try:
            running.wait(20)
        finally:
            running.kill()


def statuses(app: Pullquote) -> dict[str, int]:
    with reading(app.engine) as session:
        return queue.counts(session)


@pytest.mark.chaos
def test_a_clock_and_two_workers_send_everything_once_and_leave_no_slices(app, place, tmp_path):
    put(app, 60)
    with ExitStack() as stack:
        clock = stack.enter_context(process(app, tmp_path, "run", "--no-web"))
        workers = [stack.enter_context(process(app, tmp_path, "worker")) for _ in range(2)]
        until(lambda: statuses(app) == {"sent": 60}, 60)
        with reading(app.engine) as session:
            assert health.runs_here(session, socket.gethostname(), app.clock())
            assert not health.runs_here(session, "elsewhere", app.clock())
        put(app, 1)
        until(lambda: statuses(app) == {"sent": 61}, 30)
        for each in (clock, *workers):
            each.send_signal(signal.SIGTERM)
            assert each.wait(20) == 0, (tmp_path / "log").read_text()
    assert len({got.json()["data"]["text"] for got in place.got[:60]}) == 60
    assert len(place.got) == 61
    with app.engine.connect() as connection:
        left = connection.execute(text(f"SELECT count(*) FROM {schema()}.procrastinate_jobs"))
        assert left.scalar() == 0


@pytest.mark.chaos
def test_workers_need_no_clock_but_theirs_and_relieve_one_that_was_killed(app, place, tmp_path):
    place.answer = lambda _got: Answer(misbehave="hang")
    put(app, 1, app.clock() + timedelta(seconds=1))
    with process(app, tmp_path, "worker") as first:
        until(lambda: len(place.got) == 1)
        with process(app, tmp_path, "worker"):
            until(lambda: len(beats(app)) == 2)
            first.kill()
            first.wait()
            (ends, *_) = stored(app)
            until(lambda: len(stored(app)) == 3, LEASE + 20)
            took_over = stored(app)[2]
            place.released.set()
    assert timedelta() <= took_over - ends <= timedelta(seconds=3)  # a busy machine; the bench says how soon


def stored(app: Pullquote) -> list[datetime]:
    """When the lease of the delivery ends, and when each attempt at it began."""
    with reading(app.engine) as session:
        ends = queue.get(session, 1).next_at
        begun = [attempt.started_at for attempt in queue.attempts(session, 1)]
    return [ends or datetime.max.replace(tzinfo=UTC), *begun]


def beats(app: Pullquote) -> list[str]:
    with reading(app.engine) as session:
        return [row.owner for row in heartbeats.all_of(session)]


def test_embedded_installations_have_no_workers(tmp_path):
    app = bootstrap(Settings(database=f"sqlite:///{tmp_path}/queue.db", key_file=tmp_path / "pullquote.key"))
    with pytest.raises(PullquoteError, match="PULLQUOTE_DATABASE"):
        handout(app, 1)
    app.close()


def test_a_missing_extra_is_said(app, monkeypatch):
    monkeypatch.setattr(daemon, "find_spec", lambda _name: None)
    with pytest.raises(PullquoteError, match=r"pip install 'pullquote\[postgres\]'"):
        handout(app, 1)
