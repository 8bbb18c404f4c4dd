from datetime import timedelta

import pytest

from scheduler.domain.addresses import networks
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render.environment import environment
from scheduler.services import compose
from scheduler.services.deliver import Office
from scheduler.services.send_now import send_now
from scheduler.store import channels, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.transport import Transport
from tests import world
from tests.servers import serving


@pytest.fixture
def office(database, clock):
    transport = Transport(clock, allowed=networks(["127.0.0.0/8"]), seconds=2)
    studio = compose.Studio(cards=None, environment=environment([]), base_url="https://news.ledger.example")
    engine = open_engine(database)
    yield Office(engine, transport, world.VAULT, studio, clock, spread=lambda: 0.0)
    transport.close()
    engine.dispose()


@pytest.fixture
def server():
    with serving() as running:
        yield running


@pytest.fixture
def tomorrow(office, server):
    """Two deliveries that are due tomorrow; the id of the second."""
    now = office.clock()
    with writing(office.engine) as session:
        channel = world.channel(session, now, url=server.url)
        return world.due(session, world.post(session, now), channel, now + timedelta(days=1), 2)[1].id


def _set(office, delivery_id, **values):
    with writing(office.engine) as session:
        queue.change(session, queue.get(session, delivery_id), **values)


def test_sends_that_one_at_once_and_no_other(office, server, tomorrow):
    row = send_now(office, tomorrow)
    assert (row.id, row.status, len(server.got)) == (tomorrow, "sent", 1)
    with reading(office.engine) as session:
        assert queue.counts(session) == {"sent": 1, "scheduled": 1}


@pytest.mark.parametrize("status", ["held", "failed"])
def test_what_was_held_or_failed_goes_out_too(office, server, tomorrow, status):
    _set(office, tomorrow, status=status, next_at=None)
    assert send_now(office, tomorrow).status == "sent"


@pytest.mark.parametrize("status", ["sent", "cancelled", "in-doubt", "sending"])
def test_what_is_done_or_may_be_live_is_not_touched(office, server, tomorrow, status):
    _set(office, tomorrow, status=status)
    with pytest.raises(PullquoteError, match=f"is {status}"):
        send_now(office, tomorrow)
    assert server.got == []


def test_a_channel_that_stands_still_is_not_pushed(office, server, tomorrow):
    at = office.clock() + timedelta(hours=1)
    with writing(office.engine) as session:
        channels.set_values(session, 1, {"resume_at": at})
    with pytest.raises(PullquoteError, match="asked us to wait until 13:00 UTC"):
        send_now(office, tomorrow)
    with writing(office.engine) as session:
        channels.pause(session, 1, "a quiet week", office.clock())
    with pytest.raises(PullquoteError, match="paused"):
        send_now(office, tomorrow)
    assert server.got == []


def test_what_is_not_there_is_said(office):
    with pytest.raises(NotFound):
        send_now(office, 9)
