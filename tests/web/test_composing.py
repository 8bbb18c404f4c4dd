from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import pieces, queue
from tests import world
from tests.conftest import Clock


@pytest.fixture
def piece(app: Pullquote, person: TestClient, clock: Clock) -> int:
    with app.writing() as session:
        row = world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")
        world.slots(session, row, "daily 09:00")
        return world.post(session, clock.now, "It reads the rain.").id


def test_the_counter_is_the_daemons_own(person: TestClient, piece: int) -> None:
    counted = person.post(
        f"/pieces/{piece}/measure", data={"channel": 1, "text": "Two words\n---\n" + "x" * 501}
    )
    assert "1: 9/500" in counted.text
    assert "2: 501/500 characters, too long" in counted.text


def test_words_are_kept_or_the_reason_is_said_beside_them(
    app: Pullquote, person: TestClient, piece: int
) -> None:
    kept = person.post(
        f"/pieces/{piece}/text", data={"channel": 1, "text": "Look up: rain."}, follow_redirects=True
    )
    assert "On Mastodon it says that now." in kept.text
    wrong = person.post(f"/pieces/{piece}/text", data={"channel": 1, "text": "“Nobody has ever said this”"})
    assert wrong.status_code == 422
    assert "does not stand in the article" in wrong.text
    assert ">“Nobody has ever said this”</textarea>" in wrong.text
    with app.reading() as session:
        assert pieces.content(pieces.get(session, piece)).for_kind("mastodon") == ["Look up: rain."]


def test_it_goes_out_now_or_in_the_next_free_slot(
    app: Pullquote, person: TestClient, piece: int, clock: Clock
) -> None:
    now = person.post(f"/pieces/{piece}/send", data={"channel": 1, "when": "now"}, follow_redirects=True)
    assert "It goes out now." in now.text
    person.post(f"/pieces/{piece}/send", data={"channel": 1, "when": "slot"})
    with app.reading() as session:
        first, second = queue.listed(session, statuses=[Status.SCHEDULED])
    assert first.due_at == clock.now
    assert (second.slot_key, second.due_at.hour) == ("2026-03-03T09:00", 9)


def test_what_the_channel_does_not_carry_is_not_sent(
    app: Pullquote, person: TestClient, clock: Clock, piece: int
) -> None:
    with app.writing() as session:
        thread = world.post(session, clock.now, "One.", "Two.")
        world.channel(session, clock.now, "discord", webhook_url="https://discord.com/api/webhooks/1/t")
    answer = person.post(f"/pieces/{thread.id}/send", data={"channel": 2})
    assert answer.status_code == 422
    assert "has no threads" in answer.text


@pytest.mark.parametrize("path", ["/pieces/999/text", "/pieces/1/text"])
def test_nothing_of_another_workspace_is_changed(
    app: Pullquote, person: TestClient, clock: Clock, piece: int, path: str
) -> None:
    with app.writing() as session:
        article = world.article_of(session, pieces.get(session, piece))
        article.workspace_id = world.other_workspace(session, clock.now)
        session.add(article)
    assert person.post(path, data={"channel": 1, "text": "Mine."}).status_code == 404
