"""What is promised before the power fails is kept after it."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from urllib.parse import urlsplit

import pytest
from sqlalchemy import make_url, text

from scheduler.store.engine import open_engine
from tests.chaos import power, strace
from tests.chaos.installation import Installation
from tests.chaos.receiver import Receiver
from tests.servers import serving

TRACED = pytest.mark.skipif(not strace.works(), reason="needs strace, and leave to trace")


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The calls of a daemon that sent four posts, its disk before them, and the receiver's port."""
    folder = tmp_path_factory.mktemp("power")
    with serving(Receiver()) as server:
        place = Installation(folder, f"sqlite:///{folder}/queue.db", "discord", server.url, 4, senders=1)
        place.engine.dispose()
        disk = power.Disk(folder / "queue.db")
        calls = power.trace(place, folder / "log")
        place.close()
        port = urlsplit(server.url).port
    return calls, disk, port


@TRACED
@pytest.mark.chaos
def test_each_mark_is_on_the_disk_when_the_first_byte_leaves(played, tmp_path):
    calls, disk, port = played
    sent = 0
    for moment in power.moments(calls, deepcopy(disk), port):
        sent += 1
        for luck in range(4):
            chance = Random(f"{sent} {luck}") if luck else None
            left = moment.disk.fail(tmp_path / f"{sent}-{luck}", chance)
            assert power.marked(left) >= sent, moment.head
    assert sent == 4


@TRACED
@pytest.mark.chaos
def test_a_daemon_that_did_not_sync_would_be_found(played, tmp_path):
    calls, disk, port = played
    lazy = [call for call in calls if call.name != "fdatasync"]
    last = list(power.moments(lazy, deepcopy(disk), port))[-1]
    assert power.marked(last.disk.fail(tmp_path / "after", None)) == 0


def test_the_settings_that_make_it_so(database):
    engine = open_engine(database)
    with engine.connect() as connection:
        if make_url(database).get_backend_name() == "sqlite":
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(text("PRAGMA fullfsync")).scalar() == 1
        else:  # the server's own setting here is "off"
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"
    engine.dispose()
