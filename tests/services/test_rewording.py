from __future__ import annotations

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services import rewording
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


def test_one_kind_says_it_otherwise_and_the_others_keep_their_words(session, piece):
    rewording.reword(session, piece, "mastodon", "“It reads the rain.” Look up.")
    content = pieces.content(piece)
    assert content.for_kind("mastodon") == ["“It reads the rain.” Look up."]
    assert content.for_kind("bluesky") == ["It reads the rain."]
    assert piece.revision == 2


def test_a_line_of_dashes_makes_a_thread(session, piece):
    rewording.reword(session, piece, "mastodon", "One.\n---\nTwo.")
    assert pieces.content(piece).for_kind("mastodon") == ["One.", "Two."]
    with pytest.raises(PullquoteError, match="has no threads"):
        rewording.reword(session, piece, "discord", "One.\n---\nTwo.")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "needs words"),
        ("---", "needs words"),
        ("x" * 501, "too long for Mastodon \\(501/500"),
        ("“It reads the river every day.”", "does not stand in the article"),
        ("\n---\n".join("x" * 51), "51 items are too many"),
    ],
)
def test_what_cannot_be_sent_is_refused_while_a_person_looks(session, piece, text, complaint):
    with pytest.raises(PullquoteError, match=complaint):
        rewording.reword(session, piece, "mastodon", text)
    assert piece.revision == 1


def test_it_is_counted_as_the_network_counts():
    (family,) = rewording.measure("bluesky", "👨‍👩‍👧‍👦" * 121)
    assert family.count == "121/300 graphemes, 3025/3000 bytes"
    assert not family.fits
    assert [each.fits for each in rewording.measure("mastodon", "One.\n---\n" + "x" * 501)] == [True, False]
    assert rewording.measure("mastodon", "")[0].count.startswith("0/500")
