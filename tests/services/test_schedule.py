from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services import schedule
from scheduler.store import channels, queue
from scheduler.store.engine import writing
from tests import world


@pytest.fixture
def session(engine):
    with writing(engine) as session:
        yield session


@pytest.fixture
def hook(session, clock):
    row = world.channel(session, clock())
    world.slots(session, row, "daily 09:00 12:30 18:00")
    channels.set_values(session, row.id, {"spacing_minutes": 0})
    return row


def put(session, clock, channel, *, of=None, **options):
    piece = world.post(session, clock(), "Hello", of=of)
    (row,) = schedule.queue_piece(session, piece, channel, now=clock(), **options)
    return row


def test_takes_the_next_free_slot_of_the_channel(session, clock, hook):
    rows = [put(session, clock, hook, of=world.article(session, clock())) for _ in range(3)]
    assert [row.slot_key for row in rows] == ["2026-03-02T12:30", "2026-03-02T18:00", "2026-03-03T09:00"]
    assert rows[0].due_at == rows[0].next_at == datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


def test_slots_live_in_the_channel_s_zone(session, clock, hook):
    channels.set_values(session, hook.id, {"zone": "America/New_York"})
    session.refresh(hook)
    row = put(session, clock, hook)
    assert row.due_at.astimezone(ZoneInfo("America/New_York")).strftime("%H:%M") == "09:00"


def test_a_piece_can_be_put_at_a_time_and_a_past_one_is_refused(session, clock, hook):
    at = clock() + timedelta(hours=1)
    row = put(session, clock, hook, at=at)
    assert (row.due_at, row.slot_key) == (at, None)
    with pytest.raises(PullquoteError, match="passed"):
        put(session, clock, hook, at=clock() - timedelta(hours=1))


def full(session, clock, channel, days):
    """Every slot of the channel is taken for some days, each by an article of its own."""
    start = clock().replace(hour=0, minute=0)
    piece = world.post(session, clock(), "Hello", of=world.article(session, clock()))
    for day in range(days):
        for hour, minute in ((9, 0), (12, 30), (18, 0)):
            at = start + timedelta(days=day, hours=hour, minutes=minute)
            queue.enqueue(session, piece, channel.id, at, now=clock(), slot_key=f"{at:%Y-%m-%dT%H:%M}")


def test_a_channel_that_is_full_for_months_is_looked_at_further_ahead(session, clock, hook):
    full(session, clock, hook, 40)
    assert put(session, clock, hook).slot_key == f"{clock() + timedelta(days=40):%Y-%m-%d}T09:00"


def test_a_channel_that_is_full_for_a_year_says_so(session, clock, hook):
    full(session, clock, hook, 367)
    with pytest.raises(PullquoteError, match="no free slot within a year"):
        put(session, clock, hook)


def test_cancelling_frees_the_slot(session, clock, hook):
    row = put(session, clock, hook)
    schedule.cancel(session, row, clock())
    assert put(session, clock, hook).slot_key == "2026-03-02T12:30"


def test_moving_frees_the_slot_and_keeps_the_piece(session, clock, hook):
    row = put(session, clock, hook)
    schedule.move(session, row, clock() + timedelta(days=1), clock())
    assert row.slot_key is None
    assert put(session, clock, hook).slot_key == "2026-03-02T12:30"


def test_moving_on_takes_a_later_slot(session, clock, hook):
    row = put(session, clock, hook)
    schedule.move_to_next_slot(session, row, hook, clock())
    assert row.slot_key == "2026-03-02T18:00"


def test_hold_and_release(session, clock, hook):
    row = put(session, clock, hook)
    schedule.hold(session, row, "wait for the photo")
    assert (row.status, row.next_at) == ("held", None)
    clock.advance(days=1)
    schedule.release(session, row, clock())
    assert (row.status, row.next_at) == ("scheduled", clock())


def test_a_year_that_was_mistyped_is_refused(session, clock, hook):
    row = put(session, clock, hook)
    far = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    with pytest.raises(PullquoteError, match="ten years"):
        schedule.move(session, row, far, clock())
    with pytest.raises(PullquoteError, match="ten years"):
        put(session, clock, hook, at=far)


def test_what_is_held_stays_held_when_it_is_moved(session, clock, hook):
    row = put(session, clock, hook)
    schedule.hold(session, row, "wait for approval")
    at = clock() + timedelta(days=2)
    schedule.move(session, row, at, clock())
    assert (row.status, row.due_at, row.next_at, row.reason) == ("held", at, None, "wait for approval")
    schedule.release(session, row, clock())
    assert (row.status, row.next_at) == ("scheduled", at)


def test_what_may_be_live_is_not_moved_or_cancelled(session, clock, hook):
    row = put(session, clock, hook)
    row.committed_at = clock()
    session.flush()
    with pytest.raises(PullquoteError, match="may be live"):
        schedule.cancel(session, row, clock())


def test_a_failed_delivery_is_tried_again_under_another_key(session, clock, hook):
    row = put(session, clock, hook)
    row.status, row.message, row.kept = "failed", {"texts": ["x"]}, {"draft": "7"}  # a draft of the old words
    session.flush()
    schedule.retry(session, row, clock())
    assert (row.status, row.message, row.revision, row.attempts) == ("scheduled", None, 2, 0)
    assert row.kept == {}


def test_a_thread_that_failed_in_its_middle_goes_on(session, clock, hook):
    row = put(session, clock, hook)
    row.status, row.message, row.item = "failed", {"texts": ["x", "y"]}, 1
    session.flush()
    schedule.retry(session, row, clock())
    assert (row.message, row.revision, row.item) == ({"texts": ["x", "y"]}, 1, 1)


def test_every_piece_goes_to_the_channels_that_carry_it(session, clock, hook):
    made = [world.post(session, clock(), "One"), world.post(session, clock(), "One", "Two")]
    discord = world.channel(
        session, clock(), "discord", webhook_url="https://discord.com/api/webhooks/1/abcdefgh"
    )
    world.slots(session, discord, "daily 10:00")
    rows, unplaced = schedule.queue_all(session, made, [discord], now=clock())
    assert [row.piece_id for row in rows] == [made[0].id]
    assert [(item.piece.id, item.reason) for item in unplaced] == [(made[1].id, "Discord has no threads")]


def test_a_second_time_queues_only_what_is_new_or_was_cancelled(session, clock, hook):
    article = world.article(session, clock())
    made = [world.post(session, clock(), text, of=article) for text in ("One", "Two")]
    first, _ = schedule.queue_all(session, made, [hook], now=clock())
    schedule.cancel(session, first[0], clock())
    more = [*made, world.post(session, clock(), "Three", of=article)]
    rows, unplaced = schedule.queue_all(session, more, [hook], now=clock())
    assert [row.piece_id for row in rows] == [made[0].id, more[2].id]
    assert [item.piece.id for item in unplaced] == [made[1].id]


def test_an_issue_that_nobody_reads_keeps_no_post_from_its_slot(session, clock, hook):
    post = world.post(session, clock(), "One")
    issue = world.post(session, clock(), "Two")
    issue.kind = "issue"
    mail = world.channel(session, clock(), "mailpit", from_address="news@ledger.example")
    world.slots(session, mail, "daily 07:00")
    rows, unplaced = schedule.queue_all(session, [post, issue], [hook, mail], now=clock())
    assert [row.piece_id for row in rows] == [post.id]
    assert [item.piece.id for item in unplaced] == [issue.id]
    assert "list of subscribers" in unplaced[0].reason


def test_a_channel_without_slots_is_refused_with_what_to_do(session, clock):
    row = world.channel(session, clock())
    with pytest.raises(PullquoteError, match="pullquote channels slots"):
        put(session, clock, row)


def test_pieces_of_every_kind_take_turns(session, clock):
    made = [world.post(session, clock(), "a"), world.post(session, clock(), "b")]
    made.append(world.post(session, clock(), "c", "d"))
    assert [piece.kind for piece in schedule.in_turn(made)] == ["post", "thread", "post"]
    assert len(queue.listed(session)) == 0
