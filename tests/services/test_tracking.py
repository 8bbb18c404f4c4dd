from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services import schedule, tracking
from scheduler.services.editing import Hand
from scheduler.store import pieces
from scheduler.store.engine import writing
from tests import world

LINK = "https://ledger.example/river"


@pytest.fixture
def session(engine, clock):
    with writing(engine) as session:
        yield session


@pytest.fixture
def piece(session, clock):
    row = world.post(session, clock.now, f"Read {LINK}")
    texts = {"": [f"Read {LINK}"], "mastodon": [f"Read {LINK}?utm_source=mastodon&page=2"]}
    pieces.revise(session, row, replace(pieces.content(row), texts=texts))
    return row


@pytest.fixture
def channel(session, clock):
    return world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")


def test_a_channels_own_parameters_go_before_the_recipes(session, piece, channel):
    tracking.set_default(session, channel, {"utm_source": "masto", "utm_campaign": "{piece}", "utm_term": ""})
    assert channel.utm == {"utm_source": "masto", "utm_campaign": "{piece}"}
    assert tracking.posted(piece, channel) == [f"Read {LINK}?page=2&utm_source=masto&utm_campaign=post"]
    own = replace(pieces.content(piece), detached={channel.id: [f"Mine: {LINK}"]})
    assert tracking.posted(piece, channel, own) == [f"Mine: {LINK}"]


def test_a_link_that_makes_it_too_long_is_refused_before_the_queue(session, piece, clock):
    row = world.channel(session, clock.now, "discord", webhook_url="https://discord.com/api/webhooks/1/t")
    texts = {"": ["x" * 1960 + f" {LINK}"]}
    pieces.revise(session, piece, replace(pieces.content(piece), texts=texts))
    assert schedule.carries(row, piece) == ""
    tracking.set_default(session, row, {"utm_campaign": "a-long-name-of-a-campaign"})
    assert schedule.carries(row, piece).startswith("With the parameters of the discord its link is too long")


def test_the_link_is_changed_everywhere_or_on_one_channel(session, piece, channel, clock):
    hand = Hand("Ada Quist", clock.now)
    tracking.relink(session, piece, None, {"utm_source": "{kind}", "utm_medium": "social"}, hand)
    texts = pieces.content(piece).texts
    assert texts["mastodon"] == [f"Read {LINK}?page=2&utm_source=mastodon&utm_medium=social"]
    assert texts[""] == [f"Read {LINK}?utm_medium=social"]
    tracking.relink(session, piece, channel, {"utm_source": "us", "utm_medium": ""}, hand)
    assert tracking.posted(piece, channel) == [f"Read {LINK}?page=2&utm_source=us"]
    assert pieces.content(piece).texts == texts


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"ref": "x"}, "ref is no parameter"),
        ({"utm_source": "x" * 101}, "up to 100 printable"),
        ({"utm_source": "{who}"}, "names {who}, which nothing fills"),
    ],
)
def test_parameters_are_checked(session, piece, clock, values, complaint):
    with pytest.raises(PullquoteError, match=complaint):
        tracking.relink(session, piece, None, values, Hand("Ada Quist", clock.now))


def test_the_link_is_found_as_it_is_posted():
    assert tracking.link_in(["No link.", f"Read {LINK}?a=1."], LINK) == f"{LINK}?a=1"
    assert tracking.link_in(["No link."], LINK) == ""
