from datetime import timedelta

import pytest
from sqlalchemy import update

from scheduler.domain.errors import PullquoteError
from scheduler.services import resolve
from scheduler.store import events, queue
from scheduler.store.engine import writing
from scheduler.store.tables import DeliveryRow
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


@pytest.mark.parametrize(
    "answer",
    [lambda *a: resolve.live(a[0], a[1], "https://m.example/77", a[2]), resolve.again, resolve.drop],
)
def test_the_same_answer_twice_is_one_answer(session, clock, answer):
    row = doubtful(session, clock)
    answer(session, row, clock())
    status = row.status
    answer(session, row, clock())
    assert row.status == status
    assert len(queue.receipts(session, row.id)) <= 1
    with pytest.raises(PullquoteError, match="not in doubt"):
        other = resolve.again if status != "scheduled" else resolve.drop
        other(session, row, clock())


@pytest.mark.parametrize(
    "answer",
    [lambda *a: resolve.live(a[0], a[1], "https://m.example/77", a[2]), resolve.again, resolve.drop],
)
@pytest.mark.parametrize("texts", [("One",), ("One", "Two")])
def test_an_answer_is_taken_back(session, clock, answer, texts):
    row = doubtful(session, clock, *texts)
    answer(session, row, clock())
    resolve.undo(session, row, clock(), by="ana")
    assert (row.status, row.next_at, row.item, row.settled_at) == ("in-doubt", None, 0, None)
    assert row.committed_at is not None
    assert queue.receipts(session, row.id) == []
    assert events.latest(session)[0].text == f"Delivery {row.id} is in doubt again, says ana."


def test_but_not_once_something_has_followed_from_it(session, clock):
    row = doubtful(session, clock)
    resolve.again(session, row, clock())
    queue.claim(session, clock(), owner="me", lease=timedelta(minutes=1))
    session.refresh(row)
    with pytest.raises(PullquoteError, match="cannot be taken back"):
        resolve.undo(session, row, clock())


def test_nor_what_nobody_said(session, clock):
    with pytest.raises(PullquoteError, match="nothing to take back"):
        resolve.undo(session, doubtful(session, clock), clock())


def test_what_a_worker_has_claimed_meanwhile_is_not_answered(session, clock):
    row = doubtful(session, clock)
    claimed = update(DeliveryRow).where(DeliveryRow.id == row.id).values(owner="worker", status="sending")
    session.execute(claimed.execution_options(synchronize_session=False))
    with pytest.raises(PullquoteError, match="try again in a moment"):
        resolve.live(session, row, "https://social.example/1", clock())
