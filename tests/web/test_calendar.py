from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import queue
from tests import world
from tests.conftest import Clock
from tests.web.test_today import delivery


@pytest.fixture
def number(app: Pullquote, person: TestClient, clock: Clock) -> int:
    made = delivery(app, clock, "It reads the rain.")
    with app.writing() as session:
        world.slots(session, world.channels_of(session)[0], "daily 09:00")
    return made


def move(person: TestClient, number: int, **target: str):
    return person.post("/calendar/move", data={"delivery": number, **target})


@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_each_view_shows_it(person: TestClient, number: int, view: str) -> None:
    page = person.get(f"/calendar?view={view}")
    assert page.status_code == 200
    assert "It reads the rain." in page.text
    assert f'href="/deliveries/{number}"' in page.text


def test_free_slots_are_drawn_and_lead_to_what_may_fill_them(
    app: Pullquote, person: TestClient, clock: Clock, number: int
) -> None:
    assert 'data-slot="2026-03-03T09:00"' in person.get("/calendar").text
    with app.writing() as session:
        piece = world.post(session, clock.now, "Fits here.")
    assert "Fits here." in person.get("/calendar/fill?channel=1&slot=2026-03-03T09:00").text
    fields = {"channel": 1, "slot": "2026-03-03T09:00", "piece": piece.id}
    done = person.post("/calendar/fill", data=fields, follow_redirects=True)
    assert "It goes out at Tue 3 Mar 09:00 UTC." in done.text
    assert 'data-slot="2026-03-03T09:00"' not in done.text
    assert "taken meanwhile" in person.post("/calendar/fill", data=fields | {"piece": 1}).text


def test_it_is_moved_to_a_day_or_into_a_slot(app: Pullquote, person: TestClient, number: int) -> None:
    assert move(person, number, day="2026-03-05").text == "Moved to Thu 5 Mar 14:00 UTC."
    assert move(person, number, slot="2026-03-06T09:00").text == "Moved to Fri 6 Mar 09:00 UTC."
    with app.reading() as session:
        assert queue.get(session, number).slot_key == "2026-03-06T09:00"


def test_what_cannot_be_moved_is_said(person: TestClient, number: int) -> None:
    answer = move(person, number, day="2026-02-01")
    assert answer.status_code == 422
    assert "That time has passed" in answer.text
    assert move(person, 999, day="2026-03-05").status_code == 404


def test_moving_what_was_sent_asks_what_is_meant(app: Pullquote, person: TestClient, clock: Clock) -> None:
    sent = delivery(app, clock, "Gone", status=Status.SENT, next_at=None)
    answer = move(person, sent, day="2026-03-05")
    assert answer.status_code == 204
    asked = person.get(answer.headers["location"])
    assert "This was sent already" in asked.text
    done = person.post(f"/deliveries/{sent}/once-more", data={"day": "2026-03-05"}, follow_redirects=True)
    assert "It goes out once more at Thu 5 Mar 14:00 UTC." in done.text
    with app.reading() as session:
        assert queue.counts(session) == {Status.SENT: 1, Status.SCHEDULED: 1}


def test_filters_stay_in_the_address(person: TestClient, number: int) -> None:
    page = person.get("/calendar?view=week&day=2026-03-04&status=waiting&channel=Our+wire").text
    assert "view=week&amp;day=2026-03-11&amp;status=waiting&amp;channel=Our+wire" in page
    assert "It reads the rain." not in person.get("/calendar?status=sent").text


@pytest.mark.parametrize("view", ["month", "week", "day", "list"])
def test_pages_turn_over_the_end_of_a_year(person: TestClient, number: int, view: str) -> None:
    page = person.get(f"/calendar?view={view}&day=2026-12-31").text
    assert "day=2027-01" in page


def test_several_are_changed_at_once(app: Pullquote, person: TestClient, clock: Clock, number: int) -> None:
    page = person.get("/calendar?view=list").text
    assert f'name="chosen" value="{number}"' in page
    done = person.post(
        "/calendar/bulk", data={"chosen": [number], "do": "shift", "hours": "1 day"}, follow_redirects=True
    )
    assert "1 delivery is moved." in done.text
    wrong = person.post(
        "/calendar/bulk", data={"chosen": [number], "do": "shift", "hours": "far"}, follow_redirects=True
    )
    assert "Say how far" in wrong.text


@pytest.mark.parametrize("query", ["day=soon", "day=0001-01-01", "day=9999-12-31"])
def test_a_day_that_is_none_is_said(person: TestClient, query: str) -> None:
    assert person.get(f"/calendar?{query}").status_code == 422


def test_days_on_which_clocks_change_say_so(app: Pullquote, person: TestClient) -> None:
    with app.writing() as session:
        row = world.workspace(session, app.clock())
        row.zone = "America/New_York"
        session.add(row)
    assert "Clocks go forward 1 h" in person.get("/calendar").text
