"""What a person stopped: nothing is sent, and what is in doubt is looked up all the same."""

import json

import pytest

from scheduler.domain.pause import Reach, Target
from scheduler.services import panic
from scheduler.store import channels
from scheduler.store.engine import open_engine, reading, writing
from tests.servers import Answer, serving
from tests.services.delivering import set_up, stored, told, work_off


@pytest.fixture
def engine(database):  # senders and readers have their own connections
    engine = open_engine(database)
    yield engine
    engine.dispose()


POST = "/api/v1/statuses"
POSTED = {
    "id": "1",
    "url": "https://s.example/1",
    "content": "<p>Hello</p>",
    "in_reply_to_id": None,
    "created_at": "2026-03-02T12:00:01Z",
}


class Mastodon:
    """Answers no post, and look-ups as it is told."""

    def __init__(self):
        self.status, self.posts = 503, [POSTED]

    def __call__(self, got):
        if got.path == POST:
            return Answer(misbehave="drop")
        found = {"id": "7"} if got.path.endswith("verify_credentials") else self.posts
        return Answer(self.status, json.dumps(found).encode())


def in_doubt(office, clock, server):
    """Its key is forgotten by now, and the first look-up failed."""
    set_up(office, "", "mastodon", "Hello", server=server.url, token="token-123456")
    work_off(office)
    clock.advance(hours=8)
    work_off(office)
    assert stored(office).status == "in-doubt"


def pause(office, target):
    with writing(office.engine) as session:
        panic.press(session, target, by="ana", why="the wrong photo", now=office.clock())


@pytest.mark.parametrize("target", [Target(Reach.ALL), Target(Reach.WORKSPACE, 1), Target(Reach.CHANNEL, 1)])
def test_a_post_that_did_go_out_is_found_during_the_pause(office, clock, target):
    mastodon = Mastodon()
    with serving(mastodon) as server:
        in_doubt(office, clock, server)
        pause(office, target)
        mastodon.status = 200
        clock.advance(minutes=5)
        assert work_off(office) == 1
        assert server.count(POST) == 1
    assert (stored(office).status, stored(office).remote_id) == ("sent", "1")


def test_one_that_did_not_is_not_sent_before_the_pause_is_over(office, clock):
    mastodon = Mastodon()
    with serving(mastodon) as server:
        in_doubt(office, clock, server)
        pause(office, Target(Reach.ALL))
        mastodon.status, mastodon.posts = 200, []
        clock.advance(minutes=5)
        assert work_off(office) == 1
        clock.advance(hours=1)
        assert work_off(office) == 0
        assert server.count(POST) == 1
    row = stored(office)
    assert (row.status, row.committed_at) == ("scheduled", None)


def test_a_look_up_that_is_refused_is_not_repeated_and_both_reasons_are_told(office, clock):
    mastodon = Mastodon()
    with serving(mastodon) as server:
        in_doubt(office, clock, server)
        pause(office, Target(Reach.CHANNEL, 1))
        mastodon.status = 401
        clock.advance(minutes=5)
        assert work_off(office) == 1
        clock.advance(days=1)
        assert work_off(office) == 0
    with reading(office.engine) as session:
        channel = channels.get(session, 1)
    assert channel.paused_by == ""
    assert channel.paused_why == (
        "Mastodon no longer accepts this channel's credentials; before that, paused by ana: the wrong photo"
    )
    assert told(office) == ["paused", "paused"]
    assert stored(office).status == "in-doubt"
