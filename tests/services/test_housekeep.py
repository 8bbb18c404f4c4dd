from collections import Counter
from datetime import timedelta

import pytest

from scheduler.domain.delivery import Status
from scheduler.domain.pause import Pause, Reach, Target
from scheduler.services import aftermath, connect
from scheduler.services.housekeep import go_on, stop_late, wake_up
from scheduler.store import channels, events, heartbeats, pauses, queue, turns
from scheduler.store.engine import writing
from tests import world


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


def late(session, clock, minutes=30, count=3, **policy):
    """Deliveries whose time passed `minutes` ago on a channel with that policy."""
    row = world.channel(session, clock())
    channels.set_values(session, row.id, {"gap_seconds": 60, **policy})
    piece = world.article(session, clock())
    then = clock() - timedelta(minutes=minutes)
    for i in range(count):
        world.due(session, world.post(session, clock(), f"Post {i}", of=piece), row, then)
    session.expire_all()


def waiting(session, clock):
    return [row.next_at - clock() for row in queue.listed(session) if row.status == Status.SCHEDULED]


def test_what_is_not_too_late_goes_out_one_by_one(session, clock):
    late(session, clock)
    assert wake_up(session, clock()) == 3
    assert waiting(session, clock) == [timedelta(), timedelta(seconds=60), timedelta(seconds=120)]


def test_what_is_too_late_is_held_and_a_person_is_told(session, clock):
    late(session, clock, minutes=90)
    wake_up(session, clock())
    assert queue.counts(session) == {"held": 3}
    assert {event.kind for event in events.latest(session)} == {"held"}


@pytest.mark.parametrize(("policy", "status"), [("skip", "cancelled"), ("send", "scheduled")])
def test_or_skipped_or_sent_as_the_channel_says(session, clock, policy, status):
    late(session, clock, minutes=90, missed=policy)
    wake_up(session, clock())
    assert queue.counts(session) == {status: 3}


def trouble(session, clock):
    turns.set_gate(session, 1, failures=5, opened_at=clock(), trips=1, retry_at=clock() + timedelta(hours=3))


@pytest.mark.parametrize(
    ("policy", "status"), [("hold", "held"), ("skip", "cancelled"), ("send", "scheduled")]
)
def test_what_a_service_in_trouble_keeps_waiting_for_too_long_is_stopped(session, clock, policy, status):
    late(session, clock, minutes=61, count=1, missed=policy)
    late_by_less = world.due(session, world.post(session, clock()), channels.get(session, 1), clock())
    trouble(session, clock)
    stop_late(session, clock())
    assert queue.counts(session) == Counter([status, "scheduled"])
    assert late_by_less[0].status == "scheduled"


def test_what_waits_for_other_reasons_is_not(session, clock):
    late(session, clock, minutes=61)
    assert stop_late(session, clock()) == 0
    trouble(session, clock)
    queue.change(session, queue.listed(session)[0], committed_at=clock())  # it may be live
    queue.change(session, queue.listed(session)[1], next_at=None)  # its article is paused
    assert stop_late(session, clock()) == 1


def test_nor_does_it_decide_for_whoever_paused_everything(session, clock):
    late(session, clock, minutes=61)
    trouble(session, clock)
    pauses.add(session, Pause(Target(Reach.ALL), clock(), "ana", ""))
    assert stop_late(session, clock()) == 0
    go_on(session, channels.get(session, 1), clock())
    assert queue.counts(session) == {"scheduled": 3}


def test_nor_are_the_batches_of_an_issue(session, clock):
    late(session, clock, minutes=61)
    trouble(session, clock)
    channels.set_values(session, 1, {"kind": "postmark"})
    session.expire_all()
    assert stop_late(session, clock()) == 0
    go_on(session, channels.get(session, 1), clock())
    assert queue.counts(session) == {"scheduled": 3}


def test_when_the_service_answers_again_its_queue_goes_out_one_by_one(session, clock):
    late(session, clock)
    go_on(session, channels.get(session, 1), clock())
    assert waiting(session, clock) == [timedelta(), timedelta(seconds=60), timedelta(seconds=120)]


def test_nothing_was_missed_while_another_daemon_was_alive(session, clock):
    late(session, clock)
    heartbeats.beat(session, "other", clock() - timedelta(seconds=20))
    assert wake_up(session, clock()) == 0
    assert waiting(session, clock)[0] < timedelta()


def test_a_beat_from_the_future_proves_nothing(session, clock):
    late(session, clock)
    heartbeats.beat(session, "its clock was wrong", clock() + timedelta(days=900))
    assert wake_up(session, clock()) == 3


def test_batches_of_one_issue_go_together(session, clock):
    row = world.channel(session, clock())
    piece = world.post(session, clock(), "One issue")
    world.due(session, piece, row, clock() - timedelta(minutes=30), count=3)
    wake_up(session, clock())
    assert waiting(session, clock) == [timedelta()] * 3


def test_a_channel_that_runs_again_after_a_pause_sends_no_burst(session, clock):
    late(session, clock)
    row = channels.get(session, 1)
    aftermath.pause(session, row, "a quiet half hour", clock())
    session.refresh(row)
    assert connect.resume(session, row, clock()) == 3
    assert waiting(session, clock) == [timedelta(), timedelta(seconds=60), timedelta(seconds=120)]


def test_what_a_pause_made_too_late_follows_the_policy_and_says_why(session, clock):
    late(session, clock, minutes=90, count=1)
    row = channels.get(session, 1)
    aftermath.pause(session, row, "its token expired", clock())
    session.refresh(row)
    connect.resume(session, row, clock())
    (stored,) = queue.listed(session)
    assert (stored.status, stored.reason) == ("held", "It missed its time while its channel was paused")


def test_to_resume_what_runs_changes_nothing(session, clock):
    late(session, clock, minutes=90)
    assert connect.resume(session, channels.get(session, 1), clock()) == 0
    assert queue.counts(session) == {"scheduled": 3}
