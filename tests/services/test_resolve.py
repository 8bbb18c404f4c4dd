import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services import resolve
from scheduler.store import queue
from scheduler.store.engine import writing
from tests import world


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


def doubtful(session, clock, *texts):
    channel = world.channel(session, clock())
    (row,) = world.due(session, world.post(session, clock(), *texts), channel, clock())
    row.status, row.next_at, row.committed_at = "in-doubt", None, clock()
    row.message, row.attempts = {"texts": list(texts or ["Hello"])}, 8
    row.code, row.reason = "ReadTimeout", "The service did not answer"
    session.flush()
    return row


def test_it_is_live(session, clock):
    row = doubtful(session, clock)
    resolve.live(session, row, "https://m.example/@us/77", clock())
    assert (row.status, row.url, row.remote_id) == ("sent", "https://m.example/@us/77", "77")
    assert (row.code, row.reason) == ("", "")
    assert len(queue.receipts(session, row.id)) == 1


def test_a_thread_goes_on_behind_what_is_live(session, clock):
    row = doubtful(session, clock, "One", "Two")
    resolve.live(session, row, "https://m.example/@us/77", clock())
    assert (row.status, row.item, row.next_at, row.committed_at) == ("scheduled", 1, clock(), None)
    assert row.attempts == 0  # those were spent on the item before


def test_send_it_again(session, clock):
    row = doubtful(session, clock)
    resolve.again(session, row, clock())
    assert (row.status, row.next_at, row.committed_at, row.message) == (
        "scheduled",
        clock(),
        None,
        {"texts": ["Hello"]},
    )


def test_drop_it(session, clock):
    row = doubtful(session, clock)
    resolve.drop(session, row, clock())
    assert (row.status, row.next_at) == ("cancelled", None)


@pytest.mark.parametrize("answer", [resolve.again, resolve.drop])
def test_only_what_is_in_doubt_is_resolved(session, clock, answer):
    row = doubtful(session, clock)
    row.status = "sent"
    session.flush()
    with pytest.raises(PullquoteError, match="not in doubt"):
        answer(session, row, clock())
