from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import queue
from scheduler.store.tables import AttemptRow, DeliveryRow
from tests.conftest import Clock
from tests.web.test_today import delivery


def read(app: Pullquote, number: int) -> DeliveryRow:
    with app.reading() as session:
        return queue.get(session, number)


def act(person: TestClient, number: int, verb: str, **fields: str) -> str:
    """Press a button, and read the page that comes then."""
    answer = person.post(f"/deliveries/{number}/{verb}", data=fields, follow_redirects=True)
    return answer.text


def test_a_delivery_tells_what_happened_call_by_call(
    app: Pullquote, person: TestClient, clock: Clock
) -> None:
    number = delivery(app, clock)
    with app.writing() as session:
        asked = {"method": "GET", "url": "https://hooks.example/me", "outcome": "200", "ms": 3}
        call = {
            "method": "POST",
            "url": "https://hooks.example/in",
            "outcome": "500",
            "ms": 12,
            "commits": True,
        }
        session.add(
            AttemptRow(
                delivery_id=number,
                owner="x",
                step="send",
                started_at=clock.now,
                outcome="Transient",
                code="http-500",
                reason="The service is down",
                calls=[asked, call],
            )
        )
    page = person.get(f"/deliveries/{number}").text
    for words in (
        "It reads the rain.",
        "POST https://hooks.example/in",
        "500 · 12 ms",
        "http-500",
        "is down",
    ):
        assert words in page


def test_it_is_moved_in_the_words_of_people(app: Pullquote, person: TestClient, clock: Clock) -> None:
    number = delivery(app, clock)
    assert "Wed 4 Mar 09:00 UTC" in act(person, number, "move", at="wed 09:00")
    assert read(app, number).due_at == clock.now + timedelta(days=1, hours=21)


@pytest.mark.parametrize("at", ["", "yesterdayish", "2020-01-01 09:00", "9999-12-31 09:00"])
def test_a_time_that_is_none_changes_nothing(
    app: Pullquote, person: TestClient, clock: Clock, at: str
) -> None:
    number = delivery(app, clock)
    before = read(app, number).due_at
    answer = person.post(f"/deliveries/{number}/move", data={"at": at})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert read(app, number).due_at == before


def test_what_is_cancelled_can_be_put_back(app: Pullquote, person: TestClient, clock: Clock) -> None:
    number = delivery(app, clock)
    assert "Undo" in act(person, number, "cancel")
    assert read(app, number).status == Status.CANCELLED
    assert "back in the queue" in act(person, number, "restore")
    assert read(app, number).status == Status.SCHEDULED
    act(person, number, "cancel")
    clock.advance(days=1)
    assert "held: its time has passed" in act(person, number, "restore")
    assert read(app, number).next_at is None


def test_held_and_released(app: Pullquote, person: TestClient, clock: Clock) -> None:
    number = delivery(app, clock)
    assert "It is held" in act(person, number, "hold")
    assert read(app, number).status == Status.HELD
    assert "released" in act(person, number, "release")
    assert read(app, number).status == Status.SCHEDULED


def test_what_was_sent_meanwhile_is_not_cancelled(app: Pullquote, person: TestClient, clock: Clock) -> None:
    number = delivery(app, clock, status=Status.SENT, next_at=None)
    answer = person.post(f"/deliveries/{number}/cancel")
    assert answer.status_code == 422
    assert "is sent: that cannot be done to it now" in answer.text


def doubted(app: Pullquote, clock: Clock) -> int:
    return delivery(
        app,
        clock,
        status=Status.IN_DOUBT,
        next_at=None,
        committed_at=clock.now,
        called_at=clock.now,
        message={"texts": ["It reads the rain."], "link": "", "language": "en", "about": {}},
    )


def test_a_doubt_has_three_answers(app: Pullquote, person: TestClient, clock: Clock) -> None:
    live, again, dropped = (doubted(app, clock) for _ in range(3))
    assert "Is it live?" in person.get(f"/deliveries/{live}").text
    act(person, live, "live", url="https://social.example/@us/1")
    act(person, again, "again")
    act(person, dropped, "drop")
    assert read(app, live).status == Status.SENT
    assert read(app, again).status == Status.SCHEDULED
    assert read(app, dropped).status in {Status.FAILED, Status.CANCELLED}


def test_an_unknown_verb_or_delivery_is_not_there(app: Pullquote, person: TestClient, clock: Clock) -> None:
    number = delivery(app, clock)
    assert person.post(f"/deliveries/{number}/explode").status_code == 404
    assert person.get("/deliveries/999").status_code == 404
    assert person.get("/deliveries/x").status_code == 404


def test_a_link_of_a_service_that_is_none_is_not_a_link(
    app: Pullquote, person: TestClient, clock: Clock
) -> None:
    number = doubted(app, clock)
    page = act(person, number, "live", url="javascript:alert(1)")
    assert 'href="javascript' not in page
