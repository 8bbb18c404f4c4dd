"""What is in doubt, by itself and as a reader's copy."""

from datetime import timedelta

import pytest

from scheduler.domain.subscriber import RecipientState
from scheduler.services import doubts, resolve, subscribe
from scheduler.services.resolve import Answer
from scheduler.store import doubts as store
from scheduler.store import queue, recipients
from scheduler.store.engine import writing
from tests import world
from tests.services import mailing


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


def test_it_says_what_to_look_for_where_and_when(session, clock):
    channel = world.channel(session, clock(), "mastodon", server="https://social.example", token="t")
    (row,) = world.due(session, world.post(session, clock(), "One", "Two"), channel, clock())
    row.status, row.next_at, row.item = "in-doubt", None, 1
    row.committed_at = row.called_at = clock()
    row.message, row.reason = {"texts": ["One", "Two  rivers\nmeet"]}, "Mastodon did not answer"
    session.flush()
    (found,) = doubts.listed(session, channel.workspace_id)
    assert found.look_for == "“Two rivers meet” (item 2 of 2)"
    assert found.where == "Mastodon at social.example"
    assert (found.why, found.asks) == ("Mastodon did not answer", True)
    assert found.after is not None
    assert found.before is not None
    assert found.after < clock() < found.before


@pytest.fixture
def issue(session):
    """A batch of three that was sent; the service said nothing about two of its copies."""
    channel = mailing.mail_channel(session, "post")
    weekly = subscribe.create_list(session, channel.workspace_id, "Weekly", now=mailing.NOW)
    mailing.readers(session, weekly, 3)
    piece = mailing.new_issue(session)
    (batch,) = mailing.freeze(session, piece, channel, weekly)
    queue.change(session, batch, status="sent", next_at=None)
    rows = recipients.of_delivery(session, batch.id, RecipientState.WAITING)
    for row, state in zip(rows, ("sent", "in-doubt", "in-doubt"), strict=True):
        row.state = state
    session.flush()
    return piece


def states(session, issue):
    return recipients.progress(session, issue.id)


@pytest.mark.parametrize(
    ("answer", "after"),
    [
        (Answer.LIVE, {"sent": 3}),
        (Answer.DROP, {"sent": 1, "failed": 2}),
        (Answer.AGAIN, {"sent": 1, "waiting": 2}),
    ],
)
def test_every_copy_gets_an_answer_once(session, clock, issue, answer, after):
    assert store.by_piece(session) == {issue.id: 2}
    assert resolve.copies(session, issue.id, [], answer, clock()) == 2
    assert resolve.copies(session, issue.id, [], answer, clock()) == 0
    assert states(session, issue) == after
    assert store.by_piece(session) == {}


def test_one_reader_s_copy_is_sent_again_in_a_batch_of_its_own(session, clock, issue):
    assert resolve.copies(session, issue.id, ["Reader1@example.com"], Answer.AGAIN, clock()) == 1
    clock.now = mailing.NOW + timedelta(hours=2)
    (claimed,) = queue.claim(session, clock(), owner="me", lease=timedelta(minutes=1))
    (waits,) = recipients.of_delivery(session, claimed.id, RecipientState.WAITING)
    assert waits.email == "reader1@example.com"
    assert states(session, issue) == {"sent": 1, "waiting": 1, "in-doubt": 1}
