from __future__ import annotations

from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import queue
from tests.conftest import Clock
from tests.web.test_today import delivery


def test_everything_is_stopped_and_the_missed_is_asked_about(
    app: Pullquote, person: TestClient, clock: Clock
) -> None:
    number = delivery(app, clock)
    assert "Stop everything" in person.get("/").text
    page = person.post("/stop", data={"why": "A fire drill"}, follow_redirects=True).text
    assert "Everything is stopped" in page
    assert "Everything is paused by Ada Quist: A fire drill" in person.get("/").text
    clock.advance(hours=3)
    assert "Our wire: 1 delivery" in person.get("/stop").text
    done = person.post("/stop/go-on", data={"then": "hold"}, follow_redirects=True).text
    assert "It goes on. 1 had missed its time." in done
    with app.reading() as session:
        assert queue.get(session, number).status == Status.HELD
    assert "Everything is paused" not in person.get("/").text


def test_what_becomes_of_the_missed_must_be_said(person: TestClient) -> None:
    person.post("/stop")
    assert person.post("/stop/go-on", data={"then": "forget"}).status_code == 422
    assert "Everything is stopped" in person.get("/stop").text


def test_what_is_not_stopped_cannot_go_on(person: TestClient) -> None:
    answer = person.post("/stop/go-on", data={"then": "hold"})
    assert answer.status_code == 422
    assert "not paused" in answer.text
