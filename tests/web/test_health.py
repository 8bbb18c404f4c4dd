from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from scheduler.bootstrap import Pullquote
from scheduler.store import heartbeats
from tests.conftest import Clock


@pytest.fixture
def daemon(app: Pullquote, clock: Clock) -> None:
    with app.writing() as session:
        heartbeats.beat(session, "host:1", clock.now)


def test_all_is_well_while_a_daemon_beats(client: TestClient, clock: Clock, daemon: None) -> None:
    clock.advance(seconds=9.5)
    answer = client.get("/health")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json() == {
        "healthy": True,
        "problems": [],
        "daemons": [{"seconds_since_beat": 9.5}],
        "overdue": 0,
    }


def test_without_a_daemon_somebody_must_look(client: TestClient, clock: Clock, daemon: None) -> None:
    clock.advance(minutes=2)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["no daemon runs"]
    assert answer.json()["daemons"] == [{"seconds_since_beat": 120.0}]
    clock.now += timedelta(days=2)
    assert client.get("/health").json()["daemons"] == []


def test_a_database_that_is_gone_is_a_fault(app: Pullquote, client: TestClient) -> None:
    with app.writing() as session:
        session.execute(text("DROP TABLE heartbeat"))
    answer = client.get("/health")
    assert answer.status_code == 503
    assert answer.json() == {"healthy": False, "problems": ["the database does not answer"]}


def test_nothing_is_said_about_the_machine(client: TestClient, daemon: None) -> None:
    assert "host" not in client.get("/health").text
