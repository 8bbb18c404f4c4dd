from datetime import timedelta

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.domain.pause import AfterPause, Reach, Target
from scheduler.services import panic
from scheduler.store import channels, events, pauses, pieces, queue
from scheduler.store.engine import writing
from tests import world

EVERYTHING = Target(Reach.ALL)


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


@pytest.fixture
def hook(session, clock):
    row = world.channel(session, clock())
    row.missed = "hold"
    world.slots(session, row, "daily 09:00 18:00")
    return row


def later(session, clock, channel, *, minutes=10):
    piece = world.post(session, clock())
    return queue.enqueue(session, piece, channel.id, clock() + timedelta(minutes=minutes), now=clock())


def press(session, clock, target=EVERYTHING):
    return panic.press(session, target, by="ana", why="the wrong photo", now=clock())


def release(session, clock, then, target=EVERYTHING):
    count = panic.release(session, target, then, by="ben", now=clock())
    session.expire_all()
    return count


def due_times(rows, clock):
    return [round((row.next_at - clock()).total_seconds()) if row.next_at else None for row in rows]


def test_who_pressed_it_and_why_is_told_once(session, clock):
    assert press(session, clock)
    assert not press(session, clock)
    (event,) = events.latest(session)
    assert event.text == "Everything is paused by ana: the wrong photo."


@pytest.mark.parametrize(
    ("then", "status", "times"),
    [
        (AfterPause.SEND, "scheduled", [0, 60]),  # its gap apart
        (AfterPause.SLOTS, "scheduled", [17_400, 71_400]),  # 18:00, and 9:00 tomorrow
        (AfterPause.HOLD, "held", [None, None]),
        (AfterPause.SKIP, "cancelled", [None, None]),
        (AfterPause.POLICY, "held", [None, None]),
    ],
)
def test_a_person_says_what_becomes_of_what_was_missed(session, clock, hook, then, status, times):
    hook.spacing_minutes = 0
    rows = [later(session, clock, hook, minutes=1), later(session, clock, hook, minutes=2)]
    future = later(session, clock, hook, minutes=600)
    press(session, clock)
    clock.advance(minutes=70)
    assert [(row.name, count) for row, count in panic.missed(session, EVERYTHING, clock())] == [
        (hook.name, 2)
    ]
    assert release(session, clock, then) == 2
    assert [row.status for row in rows] == [status] * 2
    assert due_times(rows, clock) == times
    assert (future.status, due_times([future], clock)) == ("scheduled", [530 * 60])


def test_an_article_s_campaign_stops_and_the_others_go_on(session, clock, hook):
    own, other = later(session, clock, hook, minutes=1), later(session, clock, hook, minutes=1)
    target = Target(Reach.ARTICLE, pieces.get(session, own.piece_id).article_id)
    press(session, clock, target)
    panic.park(session, target)
    clock.advance(minutes=5)
    claimed = queue.claim(session, clock(), owner="me", lease=timedelta(minutes=1), limit=9)
    assert [row.id for row in claimed] == [other.id]
    assert release(session, clock, AfterPause.SEND, target) == 1
    assert due_times([own], clock) == [0]


def test_what_another_pause_stops_stays_as_it_is(session, clock, hook):
    row = later(session, clock, hook, minutes=1)
    press(session, clock)
    press(session, clock, Target(Reach.WORKSPACE, 1))
    clock.advance(minutes=5)
    assert release(session, clock, AfterPause.SKIP) == 0
    assert row.status == "scheduled"
    assert [pause.target.reach for pause in pauses.listed(session)] == [Reach.WORKSPACE]


def test_a_channel_too(session, clock, hook):
    target = Target(Reach.CHANNEL, hook.id)
    assert press(session, clock, target)
    session.refresh(hook)
    assert (hook.paused_by, hook.paused_why) == ("ana", "the wrong photo")
    release(session, clock, AfterPause.POLICY, target)
    assert channels.get(session, hook.id).paused_at is None


def test_what_is_not_paused_cannot_go_on(session, clock):
    with pytest.raises(PullquoteError, match="Everything is not paused"):
        release(session, clock, AfterPause.POLICY)
