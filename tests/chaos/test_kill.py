"""SIGKILL at every point of a delivery, for every way in which a repeat is kept from publishing twice.

Nothing may be lost, nothing may be published twice, and where nobody can know, a person is asked.
"""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from scheduler.domain.delivery import Status
from scheduler.domain.piece import Content, PieceKind
from scheduler.services import newsletter, subscribe
from scheduler.store import channels, pieces, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.vault import Vault, read_key
from tests import world
from tests.chaos.fire import POINTS, register_draftbox, run_daemon
from tests.chaos.receiver import Receiver
from tests.servers import Server, serving

pytestmark = pytest.mark.chaos

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.chaos.fire"])
LATER = 300.0  # seconds: every lease has ended, every grace is over
DONE = {Status.SENT, Status.IN_DOUBT, Status.FAILED, Status.HELD, Status.CANCELLED}
KINDS = {
    "mastodon": lambda url: {"server": url, "token": "token-123456"},
    "bluesky": lambda url: {"server": url, "handle": "us.example", "app_password": "pass-123456"},
    "mailpit": lambda url: {"server": url, "from_address": "news@ledger.example"},
    "draftbox": lambda url: {"server": url},
    "discord": lambda url: {"webhook_url": f"{url}/discord/webhooks/123/secret-token"},
}


class Installation:
    """A database file with a channel of one kind and a few deliveries that are due."""

    def __init__(self, folder: Path, kind: str, url: str, count: int):
        self.key_file = folder / "pullquote.key"
        self.database = f"sqlite:///{folder}/queue.db"
        self.engine: Engine = open_engine(self.database)
        world_vault, world.VAULT = world.VAULT, Vault([read_key(self.key_file)])
        now = datetime.now(UTC)
        with writing(self.engine) as session:
            row = world.channel(session, now, kind, **KINDS[kind](url))
            channels.set_values(session, row.id, {"gap_seconds": 0})
            source = world.article(session, now)
            if kind == "mailpit":
                people = "email\n" + "\n".join(f"reader{i}@example.com" for i in range(count))
                subscribe.create_list(session, 1, "Weekly", now=now)
                subscribe.import_csv(session, 1, "Weekly", people.encode(), source="test", now=now)
                content = Content(subject="The river", template="issue", link="https://ledger.example/river")
                issue = pieces.add(
                    session,
                    article_id=source.id,
                    kind=PieceKind.ISSUE,
                    content=content,
                    recipe="default",
                    now=now,
                )
                audience = newsletter.list_of(session, 1, "Weekly")
                mail = world.adapter_of(row).can.mail
                newsletter.freeze(session, issue, row, mail, audience.id, due_at=now, slot_key=None, now=now)
            else:
                for i in range(count):
                    world.due(session, world.post(session, now, f"Post {i}", of=source), row, now)
        world.VAULT = world_vault

    def states(self) -> list[str]:
        with reading(self.engine) as session:
            return [row.status for row in queue.listed(session, limit=1000)]

    def settled(self) -> bool:
        with reading(self.engine) as session:
            return all(
                row.status in DONE and row.next_at is None for row in queue.listed(session, limit=1000)
            )

    @contextmanager
    def daemon(self, later: float = 0.0, point: str = "") -> Iterator[multiprocessing.Process]:
        process = SPAWN.Process(target=run_daemon, args=(self.database, str(self.key_file), later, point))
        process.start()
        try:
            yield process
        finally:
            if process.is_alive():
                process.terminate()
            process.join(20)
            if process.is_alive():
                process.kill()
                process.join()


def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for what another process does."""
    patience = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        patience.wait(0.02)
    raise AssertionError("it did not happen in time")


def run_to_the_end(place: Installation, later: float) -> None:
    with place.daemon(later) as process:
        until(place.settled)
        process.terminate()
        process.join(20)
        assert process.exitcode == 0  # drained


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("point", POINTS)
def test_nothing_lost_nothing_twice(tmp_path, kind, point):
    register_draftbox()
    receiver = Receiver()
    with serving(receiver) as server:
        place = Installation(tmp_path, kind, server.url, count=3)
        with place.daemon(point=point) as process:
            process.join(30)
            assert process.exitcode == -9, f"the daemon was not killed at {point}"
        quiet(server)
        run_to_the_end(place, LATER)

    states = place.states()
    assert max(receiver.published.values()) == 1, "published twice"
    assert states.count(Status.SENT) <= receiver.published.total(), "said to be sent, but it is not there"
    if kind == "discord" and point in {"committed", "requested", "answered"}:
        doubted = states.count(Status.IN_DOUBT)
        assert 1 <= doubted <= 2  # as many as there were senders; nobody can know
        assert states.count(Status.SENT) == 3 - doubted
        assert receiver.published.total() >= 3 - doubted
    else:
        assert states == [Status.SENT] * 3
        assert receiver.published.total() == 3


def quiet(server: Server) -> None:
    """Until the receiver has dealt with what was in the wires when its client died."""
    seen = -1
    patience = threading.Event()
    while seen != len(server.got):
        seen = len(server.got)
        patience.wait(0.1)


def test_two_daemons_send_each_of_500_deliveries_once(tmp_path):
    receiver = Receiver()
    with serving(receiver) as server:
        place = Installation(tmp_path, "mastodon", server.url, count=500)
        with place.daemon(), place.daemon():
            until(place.settled, 120)
        by = {got.peer for got in server.got}
    assert place.states() == [Status.SENT] * 500
    assert receiver.published.total() == len(server.got) == 500
    assert set(receiver.published.values()) == {1}
    assert len(by) >= 2


def test_a_signal_drains_and_leaves_nothing_in_its_hands(tmp_path):
    receiver = Receiver()
    with serving(receiver) as server:
        place = Installation(tmp_path, "mastodon", server.url, count=40)
        with place.daemon() as process:
            until(lambda: len(server.got) >= 5)
            process.terminate()
            process.join(20)
            assert process.exitcode == 0
    with reading(place.engine) as session:
        counts = queue.counts(session)
    assert counts.get(Status.SENDING, 0) == 0
    assert counts[Status.SENT] == receiver.published.total()


def test_a_late_start_does_not_send_everything_at_once(tmp_path):
    receiver = Receiver()
    with serving(receiver) as server:
        place = Installation(tmp_path, "mastodon", server.url, count=3)
        with writing(place.engine) as session:
            channels.set_values(session, 1, {"gap_seconds": 3600})
        with place.daemon(later=600.0) as process:
            until(lambda: Status.SENT in place.states())
            process.terminate()
            process.join(20)
    assert receiver.published.total() == 1
    with reading(place.engine) as session:
        waits = sorted(row.next_at for row in queue.listed(session) if row.next_at)
    assert waits[1] - waits[0] == timedelta(hours=1)
