from __future__ import annotations

from datetime import timedelta

from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import channels, heartbeats, queue
from scheduler.store.tables import DeliveryRow
from tests import world
from tests.conftest import Clock


def delivery(app: Pullquote, clock: Clock, text: str = "It reads the rain.", **values: object) -> int:
    with app.writing() as session:
        found = world.channels_of(session)
        channel = found[0] if found else world.channel(session, clock.now, name="Our wire")
        piece = world.post(session, clock.now, text)
        row = queue.enqueue(session, piece, channel.id, clock.now + timedelta(hours=2), now=clock.now)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        return row.id


def test_an_empty_installation_shows_the_way(person: TestClient) -> None:
    page = person.get("/").text
    assert "Three steps to the first post" in page
    assert "No daemon has run yet" in page
    assert "Nothing is scheduled" in page


def test_what_goes_out_next_and_what_went_wrong(app: Pullquote, person: TestClient, clock: Clock) -> None:
    delivery(app, clock, "Waits & waits")
    delivery(app, clock, "Broke", status=Status.FAILED, next_at=None, reason="The server said no")
    delivery(app, clock, "Unknown", status=Status.IN_DOUBT, next_at=None)
    page = person.get("/").text
    assert "Three steps" not in page
    assert "Waits &amp; waits" in page
    assert "Today 14:00" in page
    assert "Failed this week" in page
    assert "The server said no" in page
    assert "In doubt" in page


def test_a_worker_that_is_gone_is_missed(app: Pullquote, person: TestClient, clock: Clock) -> None:
    with app.writing() as session:
        heartbeats.beat(session, "host:1", clock.now)
    assert "The worker is at work" in person.get("/").text
    delivery(app, clock)
    clock.advance(hours=3)
    page = person.get("/").text
    assert "The worker was last seen 3 h ago; 1 delivery is overdue" in page


def test_a_paused_channel_says_why(app: Pullquote, person: TestClient, clock: Clock) -> None:
    with app.writing() as session:
        row = world.channel(session, clock.now, name="Our wire")
        row.paused_at, row.paused_why = clock.now, "The token was revoked"
        session.add(row)
    assert "paused: The token was revoked" in person.get("/").text


def test_another_workspaces_queue_is_not_shown(app: Pullquote, person: TestClient, clock: Clock) -> None:
    number = delivery(app, clock, "Ours")
    with app.writing() as session:
        other = world.other_workspace(session, clock.now)
        row = session.get(DeliveryRow, number)
        channel = channels.get(session, row.channel_id)
        channel.workspace_id = other
        session.add(channel)
    assert "Ours" not in person.get("/").text
    assert person.get(f"/deliveries/{number}").status_code == 404
