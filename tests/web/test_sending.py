from __future__ import annotations

from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import channels, pieces, queue
from tests import world
from tests.conftest import Clock


@pytest.fixture
def piece(app: Pullquote, person: TestClient, clock: Clock) -> int:
    with app.writing() as session:
        row = world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")
        world.slots(session, row, "daily 09:00")
        world.channel(session, clock.now, "discord", webhook_url="https://discord.com/api/webhooks/1/t")
        return world.post(session, clock.now, "It reads the rain.").id


def waiting(app: Pullquote) -> list[queue.DeliveryRow]:
    with app.reading() as session:
        return queue.listed(session, statuses=[Status.SCHEDULED])


def test_it_goes_out_now_or_in_the_next_free_slot(
    app: Pullquote, person: TestClient, piece: int, clock: Clock
) -> None:
    assert "next slot Tomorrow 09:00" in person.get(f"/pieces/{piece}").text
    now = person.post(f"/pieces/{piece}/send", data={"to": 1, "when": "now"}, follow_redirects=True)
    assert "It goes out now." in now.text
    person.post(f"/pieces/{piece}/send", data={"to": 1, "when": "slot"})
    first, second = waiting(app)
    assert first.due_at == clock.now
    assert (second.slot_key, second.due_at.hour) == ("2026-03-03T09:00", 9)


def test_it_goes_out_at_a_time_of_the_channels_zone(app: Pullquote, person: TestClient, piece: int) -> None:
    with app.writing() as session:
        channel = channels.get(session, 1)
        channel.zone = "Europe/Lisbon"
        session.add(channel)
    assert "Europe/Lisbon (WET), now 12:00" in person.get(f"/pieces/{piece}?channel=1").text
    data = {"to": 1, "when": "at", "at": "2026-07-01T09:30"}
    said = person.post(f"/pieces/{piece}/send", data=data, follow_redirects=True)
    assert "It goes out at Wed 1 Jul 09:30 WEST." in said.text
    assert waiting(app)[0].due_at == datetime(2026, 7, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"to": 1, "when": "at", "at": "2026-03-01T09:30"}, "That time has passed: choose a later one."),
        ({"to": 1, "when": "at", "at": ""}, "Say when: choose a day and a time."),
        ({"to": 1, "when": "at", "at": "soon"}, "is not a time"),
        ({"when": "now"}, "No channel is chosen"),
        ({"to": 1, "part": "“Nobody has ever said this”", "revision": 1}, "does not stand in the article"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_queued(
    app: Pullquote, person: TestClient, piece: int, data: dict[str, str], complaint: str
) -> None:
    answer = person.post(f"/pieces/{piece}/send", data=data)
    assert answer.status_code == 422
    assert complaint in answer.text
    assert waiting(app) == []


def test_what_is_typed_goes_out_and_to_all_that_are_chosen(
    app: Pullquote, person: TestClient, piece: int
) -> None:
    data = {"to": [1, 2], "part": "Look up.", "revision": 1, "when": "now"}
    answer = person.post(f"/pieces/{piece}/send", data=data, follow_redirects=True)
    assert "It goes out now on 2 channels." in answer.text
    assert {row.channel_id for row in waiting(app)} == {1, 2}
    with app.reading() as session:
        assert pieces.content(pieces.get(session, piece)).texts[""] == ["Look up."]


def test_what_the_channel_does_not_carry_is_not_sent(
    app: Pullquote, person: TestClient, clock: Clock, piece: int
) -> None:
    with app.writing() as session:
        thread = world.post(session, clock.now, "One.", "Two.")
    assert "the discord: discord has no threads" in person.get(f"/pieces/{thread.id}").text
    answer = person.post(f"/pieces/{thread.id}/send", data={"to": [1, 2]})
    assert answer.status_code == 422
    assert "has no threads" in answer.text
    assert waiting(app) == []
