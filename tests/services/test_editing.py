from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import Passage
from scheduler.services import editing
from scheduler.services.editing import Conflict, Hand
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


def say(session, piece, text, hand):
    editing.edit(session, piece, replace(pieces.content(piece), texts={"": [text]}), "its words", hand)


def test_changes_are_taken_back_one_after_the_other(session, piece, clock):
    ada = Hand("Ada Quist", clock.now)
    say(session, piece, "Two.", ada)
    say(session, piece, "Three.", Hand("Omar Reyes", clock.now))
    assert editing.last_change(session, piece).by == "Omar Reyes"
    assert editing.undo(session, piece, ada) == "its words"
    assert pieces.content(piece).texts == {"": ["Two."]}
    editing.undo(session, piece, ada)
    assert pieces.content(piece).texts == {"": ["It reads the rain."]}
    assert piece.revision == 5  # each is a revision, so that a queued delivery can tell
    with pytest.raises(PullquoteError, match="nothing to undo"):
        editing.undo(session, piece, ada)


def test_what_changes_nothing_is_no_revision(session, piece, clock):
    say(session, piece, "It reads the rain.", Hand("Ada Quist", clock.now))
    assert piece.revision == 1
    assert editing.last_change(session, piece) is None


def test_of_two_who_edit_at_once_the_second_is_told_by_whom(session, piece, clock):
    say(session, piece, "Ada's.", Hand("Ada Quist", clock.now, revision=1))
    with pytest.raises(Conflict, match="Ada Quist changed its words while you were writing"):
        say(session, piece, "Omar's.", Hand("Omar Reyes", clock.now, revision=1))
    assert pieces.content(piece).texts == {"": ["Ada's."]}
    say(session, piece, "Omar's.", Hand("Omar Reyes", clock.now, revision=2))
    with pytest.raises(Conflict):
        editing.undo(session, piece, Hand("Ada Quist", clock.now, revision=2))


def test_one_that_was_read_before_another_process_wrote_is_told_too(session, piece, clock):
    assert pieces.revise_if(session, piece, pieces.content(piece), 1)
    assert not pieces.revise_if(session, piece, pieces.content(piece), 1)


def test_undoing_leaves_the_words_where_they_stand_in_the_article_by_now(session, piece, clock):
    hand = Hand("Ada Quist", clock.now)
    say(session, piece, "Two.", hand)
    moved = (Passage("It reads the rain.", "", ((56, 74),)),)
    pieces.move(session, piece, replace(pieces.content(piece), passages=moved))
    editing.undo(session, piece, hand)
    assert pieces.content(piece).passages == moved
    assert pieces.content(piece).texts == {"": ["It reads the rain."]}
