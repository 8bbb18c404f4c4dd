from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.channels import kinds
from scheduler.store import channels
from tests import world
from tests.conftest import Clock


@pytest.fixture
def wire(app: Pullquote, person: TestClient, clock: Clock) -> int:
    with app.writing() as session:
        return world.channel(session, clock.now, name="Our wire", url="http://127.0.0.1:9/hook-of-ours").id


@pytest.mark.parametrize("kind", list(kinds()))
def test_the_form_of_each_kind_is_made_from_its_config(person: TestClient, kind: str) -> None:
    page = person.get(f"/channels/new/{kind}").text
    for name in kinds()[kind].Config.model_fields:
        assert f'name="field-{name}"' in page


def test_a_channel_is_connected_and_what_is_wrong_is_said(app: Pullquote, person: TestClient) -> None:
    fields = {"name": "Our wire", "zone": "Europe/Oslo", "slots": "mon 09:00"}
    wrong = person.post("/channels/new/webhook", data=fields | {"field-url": "nonsense"})
    assert wrong.status_code == 422
    assert 'value="Europe/Oslo"' in wrong.text
    missing = person.post("/channels/new/webhook", data=fields)
    assert "Fill in url." in missing.text
    done = person.post(
        "/channels/new/webhook",
        data=fields | {"field-url": "https://hooks.example/in"},
        follow_redirects=True,
    )
    assert "Our wire is connected." in done.text
    assert "mon 09:00" in done.text
    again = person.post("/channels/new/webhook", data=fields | {"field-url": "https://hooks.example/in"})
    assert "There is a channel called" in again.text


def test_a_secret_is_never_shown_again(app: Pullquote, person: TestClient, wire: int) -> None:
    for path in (f"/channels/{wire}", f"/channels/{wire}/settings", "/channels", "/"):
        assert "hook-of-ours" not in person.get(path).text
    wrong = person.post(f"/channels/{wire}/settings", data={"field-url": "nonsense-and-secret"})
    assert wrong.status_code == 422
    assert "nonsense-and-secret" not in wrong.text


def test_what_is_left_empty_stays_as_it_is(app: Pullquote, person: TestClient, wire: int) -> None:
    answer = person.post(
        f"/channels/{wire}/settings",
        data={"field-url": "", "field-id_field": "data.id"},
        follow_redirects=True,
    )
    assert "Its settings are changed." in answer.text
    with app.reading() as session:
        assert "hook-of-ours" in app.vault.open(channels.get(session, wire).config, f"channel:config:{wire}")


def test_slots_are_changed_in_words_and_shown_in_a_grid(person: TestClient, wire: int) -> None:
    page = person.post(
        f"/channels/{wire}/slots", data={"slots": "mon-fri 09:00; sat 10:00"}, follow_redirects=True
    ).text
    assert page.count('class="slot"') == 6
    assert '<th scope="row">10:00</th>' in page
    wrong = person.post(f"/channels/{wire}/slots", data={"slots": "someday"})
    assert wrong.status_code == 422
    assert "names no time" in wrong.text
    none = person.post(f"/channels/{wire}/slots", data={"slots": ""}, follow_redirects=True)
    assert "It has no slots" in none.text


def test_it_is_stopped_with_a_reason_and_let_go(person: TestClient, wire: int) -> None:
    page = person.post(f"/channels/{wire}/pause", data={"why": "Fire drill"}, follow_redirects=True).text
    assert "Fire drill" in page
    assert "Let it run again" in page
    assert "runs again" in person.post(f"/channels/{wire}/resume", follow_redirects=True).text


def test_a_test_says_what_the_service_said(person: TestClient, app: Pullquote, clock: Clock) -> None:
    with app.writing() as session:
        gone = world.channel(session, clock.now, "mastodon", server="http://127.0.0.1:9", token="t")
    answer = person.post(f"/channels/{gone.id}/check")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_it_is_removed(person: TestClient, wire: int) -> None:
    assert "Our wire is removed." in person.post(f"/channels/{wire}/remove", follow_redirects=True).text
    assert person.get(f"/channels/{wire}").status_code == 404


def test_unknown_kinds_and_channels_are_not_there(person: TestClient) -> None:
    for path in ("/channels/new/pigeon", "/channels/999", "/channels/x"):
        assert person.get(path).status_code == 404
