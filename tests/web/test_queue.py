from __future__ import annotations

from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from tests import world
from tests.conftest import Clock
from tests.web.test_today import delivery


def test_the_queue_is_by_day_and_its_filters_are_in_the_address(
    app: Pullquote, person: TestClient, clock: Clock
) -> None:
    delivery(app, clock, "Waits")
    delivery(app, clock, "Gone", status=Status.SENT, next_at=None)
    with app.writing() as session:
        world.channel(session, clock.now, name="Another & one")
    waiting = person.get("/queue").text
    assert "Monday 2 March" in waiting
    assert "Waits" in waiting
    assert "Gone" not in waiting
    assert "Gone" in person.get("/queue?show=sent").text
    assert "Waits" not in person.get("/queue?channel=Another+%26+one").text
    assert "Waits" in person.get("/queue?show=waiting&channel=Our+wire").text


def test_a_long_queue_has_pages(app: Pullquote, person: TestClient, clock: Clock) -> None:
    for n in range(51):
        delivery(app, clock, f"Piece number {n}.")
    first, second = person.get("/queue").text, person.get("/queue?page=2").text
    assert 'rel="next"' in first
    assert first.count('class="row"') == 50
    assert second.count('class="row"') == 1
    assert 'rel="next"' not in second


def test_odd_addresses_show_something_sensible(person: TestClient) -> None:
    for query in ("show=nonsense", "page=-3", "page=99999999", "channel=nobody"):
        assert "Nothing waits" in person.get(f"/queue?{query}").text
