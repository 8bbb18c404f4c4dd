"""SIGKILL at every point of a delivery, for every way in which a repeat is kept from publishing twice.

Nothing may be lost, nothing may be published twice, and where nobody can know, a person is asked.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import timedelta

import pytest

from scheduler.domain.delivery import Status
from scheduler.store import channels, queue
from scheduler.store.engine import reading, writing
from tests.chaos.fire import MAIL_POINTS, POINTS, Failpoint
from tests.chaos.installation import BLIND, MAIL, TRIED, Books, Installation, until
from tests.chaos.receiver import Receiver
from tests.servers import Server, serving

pytestmark = [pytest.mark.chaos, pytest.mark.usefixtures("more_kinds")]


@pytest.fixture
def install(tmp_path, database):
    """Set up an installation for a receiver at an address."""
    with ExitStack() as places:

        def installed(kind, url, count):
            place = Installation(tmp_path, database, kind, url, count, thread=0)
            places.callback(place.close)
            return place

        yield installed


@pytest.mark.parametrize(("database", "kind"), TRIED, indirect=["database"])
@pytest.mark.parametrize("point", POINTS)
def test_nothing_lost_nothing_twice(install, kind, point):
    receiver = Receiver()
    with serving(receiver) as server:
        place = install(kind, server.url, 7 if kind in MAIL else 3)  # mail: three batches, or one by one
        points = MAIL_POINTS if kind in MAIL else POINTS
        with place.daemon(point=Failpoint.read(points[point])) as process:
            process.join(30)
            assert process.exitcode == -9, f"the daemon was not killed at {point}"
        quiet(server)
        place.run_to_the_end()

    books = Books(place, receiver)
    assert books.faults == []
    if kind not in BLIND or point in {"claimed", "composed"}:
        assert set(place.states()) == {Status.SENT}
    else:  # as many as were under way; nobody can know, unless Postmark lists what had arrived
        fewest = 0 if kind == "postmark" and point != "committed" else 1
        assert fewest <= place.states()[Status.IN_DOUBT] <= 2


def quiet(server: Server) -> None:
    """Until the receiver has dealt with what was in the wires when its client died."""
    seen = -1
    while seen != len(server.got):
        seen = len(server.got)
        server.released.wait(0.1)


def test_two_daemons_send_each_delivery_once(install):
    receiver = Receiver()
    with serving(receiver) as server:
        place = install("mastodon", server.url, 60)
        with place.daemon(), place.daemon():
            until(place.settled, 120)
        by = {got.peer for got in server.got}
    assert Books(place, receiver).faults == []
    assert place.states() == {Status.SENT: 60}
    assert receiver.published.total() == len(server.got) == 60
    assert len(by) >= 2


def test_a_signal_drains_and_leaves_nothing_in_its_hands(install):
    receiver = Receiver()
    with serving(receiver) as server:
        place = install("mastodon", server.url, 40)
        with place.daemon() as process:
            until(lambda: len(server.got) >= 5)
            process.terminate()
            process.join(20)
            assert process.exitcode == 0
    counts = place.states()
    assert counts[Status.SENDING] == 0
    assert counts[Status.SENT] == receiver.published.total()


def test_a_late_start_does_not_send_everything_at_once(install):
    receiver = Receiver()
    with serving(receiver) as server:
        place = install("mastodon", server.url, 3)
        with writing(place.engine) as session:
            channels.set_values(session, 1, {"gap_seconds": 3600})
        place.pass_time(600)
        with place.daemon() as process:
            until(lambda: place.states()[Status.SENT])
            process.terminate()
            process.join(20)
    assert receiver.published.total() == 1
    with reading(place.engine) as session:
        waits = sorted(row.next_at for row in queue.listed(session) if row.next_at)
    assert waits[1] - waits[0] == timedelta(hours=1)
