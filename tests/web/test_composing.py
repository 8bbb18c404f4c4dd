from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.services import editing
from scheduler.services.editing import Hand
from scheduler.store import pieces
from tests import world
from tests.conftest import Clock


@pytest.fixture
def piece(app: Pullquote, person: TestClient, clock: Clock) -> int:
    """With a channel that has threads and one that has none."""
    with app.writing() as session:
        world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")
        world.channel(session, clock.now, "discord", webhook_url="https://discord.com/api/webhooks/1/t")
        return world.post(session, clock.now, "It reads the rain.").id


def content(app: Pullquote, piece: int) -> pieces.Content:
    with app.reading() as session:
        return pieces.content(pieces.get(session, piece))


def detach(person: TestClient, piece: int, channel: int = 1) -> None:
    person.post(f"/pieces/{piece}/detach", data={"channel": channel})


def typed(page: str) -> list[str]:
    return re.findall(r'<textarea id="text-\d+" name="part"[^>]*>([^<]*)</textarea>', page)


def test_what_is_typed_is_kept_counted_and_shown(person: TestClient, piece: int) -> None:
    detach(person, piece)
    data = {"channel": 1, "revision": 2, "part": ["Two words", "x" * 501]}
    answer = person.post(f"/pieces/{piece}/draft", data=data).text
    assert "Draft saved 12:00" in answer
    assert "9/500 characters" in answer
    assert "501/500 characters, too long" in answer
    assert "Two words" in person.get(f"/pieces/{piece}?channel=1").text  # after a reload
    assert "What you typed is back" in person.get(f"/pieces/{piece}?channel=1").text


def test_one_text_is_counted_for_each_channel_and_previewed(person: TestClient, piece: int) -> None:
    answer = person.post(f"/pieces/{piece}/draft", data={"revision": 1, "part": "Look up. #rain"}).text
    assert '<span class="counter">14/500 characters</span>' in answer
    assert '<span class="counter">14/2,000 characters</span>' in answer
    assert '<span class="tag">#rain</span>' in answer


def test_a_draft_that_says_nothing_new_is_not_kept_and_one_can_be_thrown_away(
    person: TestClient, piece: int
) -> None:
    same = person.post(f"/pieces/{piece}/draft", data={"revision": 1, "part": "It reads the rain."})
    assert "Nothing to keep" in same.text
    person.post(f"/pieces/{piece}/draft", data={"revision": 1, "part": "Something else."})
    person.post(f"/pieces/{piece}/discard", data={})
    assert typed(person.get(f"/pieces/{piece}").text) == ["It reads the rain."]


def test_words_are_used_on_all_channels_or_on_one(app: Pullquote, person: TestClient, piece: int) -> None:
    detach(person, piece)
    kept = person.post(
        f"/pieces/{piece}/text", data={"revision": 2, "part": "Look up: rain."}, follow_redirects=True
    )
    assert "It says that now." in kept.text
    own = {"revision": 3, "channel": 1, "part": ["Mine.", "And more."]}
    one = person.post(f"/pieces/{piece}/text", data=own, follow_redirects=True)
    assert "On the mastodon it says that now." in one.text
    assert content(app, piece).for_channel(1, "mastodon") == ["Mine.", "And more."]
    assert content(app, piece).for_channel(2, "discord") == ["Look up: rain."]


def test_what_is_wrong_is_said_above_and_leads_to_its_part(person: TestClient, piece: int) -> None:
    detach(person, piece)
    data = {"revision": 2, "channel": 1, "part": ["Fine.", "“Nobody has ever said this”"]}
    wrong = person.post(f"/pieces/{piece}/text", data=data)
    assert wrong.status_code == 422
    assert re.search(r'<a href="#text-2">[^<]*does not stand in the article', wrong.text)
    assert typed(wrong.text) == ["Fine.", "“Nobody has ever said this”"]
    assert re.search(r'id="text-2"[^>]*aria-describedby="count-2 rule wrong" aria-invalid="true"', wrong.text)


def test_an_error_names_its_channel_and_leads_there(person: TestClient, piece: int) -> None:
    wrong = person.post(f"/pieces/{piece}/text", data={"revision": 1, "part": "word " * 410})
    assert wrong.status_code == 422
    assert f'<a href="/pieces/{piece}?channel=2">the discord could not carry it any more.' in wrong.text


@pytest.mark.parametrize(
    ("act", "data", "after"),
    [
        ("split-1", {"at": 9}, ["It reads", "the rain. 🌧", "Two."]),
        ("split-1", {}, ["It reads the rain.", "🌧", "Two."]),
        ("join-1", {}, ["It reads the rain. 🌧\n\nTwo."]),
        ("down-1", {}, ["Two.", "It reads the rain. 🌧"]),
        ("add-2", {}, ["It reads the rain. 🌧", "Two.", ""]),
        ("remove-2", {}, ["It reads the rain. 🌧"]),
    ],
)
def test_parts_of_a_thread_change_without_a_script(
    person: TestClient, piece: int, act: str, data: dict[str, int], after: list[str]
) -> None:
    sent = {"revision": 1, "act": act, "part": ["It reads the rain. 🌧", "Two."], **data}
    answer = person.post(f"/pieces/{piece}/parts", data=sent)
    assert typed(person.get(answer.headers["location"]).text) == after


def test_a_cursor_behind_an_emoji_counts_as_browsers_count(person: TestClient, piece: int) -> None:
    sent = {"revision": 1, "act": "split-1", "part": ["🌧🌧 rain"], "at": 4}
    answer = person.post(f"/pieces/{piece}/parts", data=sent)
    assert typed(person.get(answer.headers["location"]).text) == ["🌧🌧", "rain"]


def test_a_button_of_a_part_that_is_gone_loses_nothing(person: TestClient, piece: int) -> None:
    sent = {"revision": 1, "act": "up-7", "part": ["Mine."]}
    answer = person.post(f"/pieces/{piece}/parts", data=sent)
    assert answer.status_code == 422
    assert typed(answer.text) == ["Mine."]


def test_of_two_who_write_the_second_sees_what_the_first_changed(
    app: Pullquote, person: TestClient, piece: int, clock: Clock
) -> None:
    person.post(f"/pieces/{piece}/draft", data={"revision": 1, "part": "Mine is this."})
    with app.writing() as session:
        row = pieces.get(session, piece)
        new = pieces.Content(texts={"": ["Theirs is that."]})
        editing.edit(session, row, new, "its words", Hand("Omar Reyes", clock.now))
    refused = person.post(f"/pieces/{piece}/text", data={"revision": 1, "part": "Mine is this."})
    assert refused.status_code == 422
    assert "Omar Reyes changed its words while you were writing" in refused.text
    page = person.get(f"/pieces/{piece}").text
    assert "<del>Theirs</del><ins>Mine</ins> is <del>that.</del><ins>this.</ins>" in page
    person.post(f"/pieces/{piece}/text", data={"revision": 2, "part": "Mine is this."})
    assert content(app, piece).texts[""] == ["Mine is this."]


@pytest.mark.parametrize("path", ["draft", "parts", "text", "detach", "reattach", "undo", "link", "send"])
@pytest.mark.parametrize("number", ["999", "1"])
def test_nothing_of_another_workspace_is_changed(
    app: Pullquote, person: TestClient, clock: Clock, piece: int, path: str, number: str
) -> None:
    with app.writing() as session:
        article = world.article_of(session, pieces.get(session, piece))
        article.workspace_id = world.other_workspace(session, clock.now)
        session.add(article)
    data = {"channel": 1, "part": "Mine.", "revision": 1, "act": "add-1", "to": 1}
    assert person.post(f"/pieces/{number}/{path}", data=data).status_code == 404
