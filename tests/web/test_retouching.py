from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.store import channels, pieces
from tests import world
from tests.conftest import Clock

LINK = "https://ledger.example/river"


@pytest.fixture
def piece(app: Pullquote, person: TestClient, clock: Clock) -> int:
    with app.writing() as session:
        world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")
        return world.post(session, clock.now, f"It reads the rain. {LINK}").id


def test_a_channel_is_customised_shows_what_differs_and_follows_again(person: TestClient, piece: int) -> None:
    following = person.get(f"/pieces/{piece}?channel=1").text
    assert "the mastodon follows the one text" in following
    assert "Customise for the mastodon" in following
    person.post(f"/pieces/{piece}/detach", data={"channel": 1})
    data = {"revision": 2, "channel": 1, "part": f"It hears the rain. {LINK}"}
    page = person.post(f"/pieces/{piece}/text", data=data, follow_redirects=True).text
    assert '<span class="badge">own words</span>' in page
    assert "It <del>reads</del><ins>hears</ins> the rain." in page
    again = person.post(f"/pieces/{piece}/reattach", data={"channel": 1}, follow_redirects=True).text
    assert "the mastodon says what the others say." in again
    assert "own words" not in again


def test_the_last_change_is_undone(app: Pullquote, person: TestClient, piece: int) -> None:
    person.post(f"/pieces/{piece}/text", data={"revision": 1, "part": "Oops."})
    assert "Ada Quist changed its words, Today 12:00" in person.get(f"/pieces/{piece}").text
    undone = person.post(f"/pieces/{piece}/undo", data={}, follow_redirects=True).text
    assert "Undone: its words." in undone
    with app.reading() as session:
        assert pieces.content(pieces.get(session, piece)).texts[""] == [f"It reads the rain. {LINK}"]
    assert person.post(f"/pieces/{piece}/undo", data={}).status_code == 422


def test_the_link_is_shown_as_it_is_posted_and_changed(person: TestClient, piece: int) -> None:
    data = {"channel": 0, "utm_source": "{kind}", "utm_campaign": "harbour"}
    page = person.post(f"/pieces/{piece}/link", data=data, follow_redirects=True).text
    assert f'href="{LINK}?utm_campaign=harbour"' in page
    default = {"channel": 1, "utm_source": "masto", "default": "1"}
    page = person.post(f"/pieces/{piece}/link", data=default, follow_redirects=True).text
    assert "Every link on the mastodon has these parameters from now on." in page
    assert f'href="{LINK}?utm_campaign=harbour&amp;utm_source=masto"' in page


def test_a_parameter_that_cannot_be_is_refused_in_a_sentence(
    app: Pullquote, person: TestClient, piece: int
) -> None:
    answer = person.post(f"/pieces/{piece}/link", data={"channel": 1, "utm_term": "{x}", "default": "1"})
    assert answer.status_code == 422
    assert "names {x}, which nothing fills" in answer.text
    with app.reading() as session:
        assert channels.get(session, 1).utm == {}
