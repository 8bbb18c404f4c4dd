from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.channels import adapter
from scheduler.domain.capabilities import Limit
from scheduler.domain.errors import PullquoteError
from scheduler.services import rewording, schedule
from scheduler.services.composer import taker
from scheduler.services.editing import Hand
from scheduler.services.rewording import Unfit
from scheduler.store import pieces
from scheduler.store.engine import writing
from tests import world


@pytest.fixture
def session(engine, clock):
    with writing(engine) as session:
        yield session


@pytest.fixture
def piece(session, clock):
    return world.post(session, clock.now, "It reads the rain.")


@pytest.fixture
def hand(clock):
    return Hand("Ada Quist", clock.now)


def channel(session, clock, kind="mastodon", **values):
    known = {
        "mastodon": {"server": "https://social.example", "token": "t"},
        "bluesky": {"handle": "us.example", "app_password": "p"},
        "discord": {"webhook_url": "https://discord.com/api/webhooks/1/t"},
    }
    return taker(world.channel(session, clock.now, kind, **known[kind], **values), world.VAULT)


def test_a_detached_channel_says_it_otherwise_and_the_others_keep_their_words(session, piece, clock, hand):
    mastodon = channel(session, clock)
    rewording.reword(session, piece, ["“It reads the rain.” Look up."], mastodon, hand)
    content = pieces.content(piece)
    assert content.for_channel(mastodon.row.id, "mastodon") == ["“It reads the rain.” Look up."]
    assert content.for_channel(99, "mastodon") == ["It reads the rain."]
    assert piece.revision == 2
    said = [(each.fate, each.text) for each in rewording.differs(content, mastodon.row)]
    assert ("new", " Look up.") in said or ("new", "rain.” Look up.") in said


def test_it_is_detached_with_the_words_it_has_and_reattached(session, piece, clock, hand):
    mastodon = channel(session, clock)
    rewording.detach(session, piece, mastodon.row, hand)
    assert pieces.content(piece).detached == {mastodon.row.id: ["It reads the rain."]}
    assert rewording.differs(pieces.content(piece), mastodon.row)[0].fate == "kept"
    rewording.reattach(session, piece, mastodon.row, hand)
    assert pieces.content(piece).follows(mastodon.row.id)
    assert rewording.differs(pieces.content(piece), mastodon.row) == []


def test_one_text_goes_to_all_that_follow_it(session, piece, clock, hand):
    takers = [channel(session, clock), channel(session, clock, "bluesky")]
    rewording.reword(session, piece, ["Mine."], takers[0], hand)
    rewording.reword_all(session, piece, ["Look up."], takers, hand)
    content = pieces.content(piece)
    assert content.for_channel(takers[0].row.id, "mastodon") == ["Mine."]
    assert content.for_channel(takers[1].row.id, "bluesky") == ["Look up."]
    assert content.texts[""] == ["Look up."]


def test_too_long_for_one_post_becomes_a_thread_where_there_are_threads(session, piece, clock, hand):
    long = "\n\n".join(f"Sentence number {n} of this text is here." for n in range(12))
    takers = [channel(session, clock, "bluesky")]
    ((_, told, goes),) = rewording.measure_all([long], pieces.content(piece), takers)
    assert (told, goes) == ("a thread of 2", True)
    rewording.reword_all(session, piece, [long], takers, hand)
    content = pieces.content(piece)
    assert len(content.for_kind("bluesky")) == 2
    assert content.for_kind("mastodon") == [long]


def test_the_link_keeps_the_parameters_of_each_kind(session, piece, clock, hand):
    link = "https://ledger.example/river"
    content = pieces.content(piece)
    texts = {"": [f"Read {link}"], "mastodon": [f"Read {link}?utm_source=mastodon"]}
    pieces.revise(session, piece, replace(content, texts=texts))
    rewording.reword_all(session, piece, [f"Look: {link}"], [channel(session, clock)], hand)
    assert pieces.content(piece).for_kind("mastodon") == [f"Look: {link}?utm_source=mastodon"]
    assert pieces.content(piece).for_kind("bluesky") == [f"Look: {link}"]


def test_every_channel_that_could_not_carry_it_any_more_is_named(session, piece, clock, hand):
    content = pieces.content(piece)
    pieces.revise(session, piece, replace(content, texts=content.texts | {"discord": ["Short."]}))
    takers = [channel(session, clock), channel(session, clock, "discord")]
    with pytest.raises(
        Unfit, match=r"the discord could not carry it any more\. It is too long for Discord: 2,399/2,000"
    ) as wrong:
        rewording.reword_all(session, piece, ["A word. " * 300], takers, hand)
    assert [trouble.channel.name for trouble in wrong.value.troubles] == ["the discord"]
    rewording.detach(session, piece, takers[1].row, hand)  # with words of its own it is in nobody's way
    rewording.reword_all(session, piece, ["A word. " * 255], takers, hand)
    assert schedule.carries(takers[1].row, piece) == ""


def test_what_quotes_must_stand_in_the_article_and_the_part_is_named(session, piece, clock, hand):
    parts = ["Look up.", "“It reads the river every day.”"]
    with pytest.raises(Unfit, match="does not stand in the article") as wrong:
        rewording.reword_all(session, piece, parts, [], hand)
    assert [trouble.part for trouble in wrong.value.troubles] == [2]


@pytest.mark.parametrize(
    ("kind", "parts", "complaint"),
    [
        ("mastodon", ["", "  "], "needs words"),
        ("mastodon", ["x" * 501], r"the mastodon: it is too long \(501/500 characters\)"),
        ("mastodon", ["One.", "x" * 501], "the mastodon: part 2 is too long"),
        ("mastodon", ["x"] * 51, "51 parts are too many"),
        ("discord", ["One.", "Two."], "the discord: Discord has no threads"),
    ],
)
def test_what_cannot_be_sent_is_refused_while_a_person_looks(
    session, piece, clock, hand, kind, parts, complaint
):
    with pytest.raises(PullquoteError, match=complaint):
        rewording.reword(session, piece, parts, channel(session, clock, kind), hand)
    assert piece.revision == 1


def test_an_issue_is_not_worded_here(session, piece, clock, hand):
    piece.kind = "issue"
    with pytest.raises(PullquoteError, match="An issue is made of the article"):
        rewording.reword_all(session, piece, ["Words."], [], hand)


def test_it_is_counted_as_the_network_counts():
    (family,) = rewording.measure(adapter("bluesky").can, ["👨‍👩‍👧‍👦" * 121])
    assert family.count == "121/300 graphemes · 3,025/3,000 bytes"
    assert not family.fits
    measured = rewording.measure(adapter("mastodon").can, ["One.", "x" * 501])
    assert [each.fits for each in measured] == [True, False]


def test_a_server_that_takes_more_is_asked_and_not_its_kind(session, piece, clock, hand):
    mastodon = channel(session, clock)
    wide = replace(mastodon, can=replace(mastodon.can, text=Limit(5000)))
    rewording.reword(session, piece, ["x" * 900], wide, hand)
    rewording.reattach(session, piece, mastodon.row, hand)
    rewording.reword_all(session, piece, ["x" * 900], [wide], hand)
    assert pieces.content(piece).for_kind("mastodon") == ["x" * 900]
