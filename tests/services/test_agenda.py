from __future__ import annotations

from datetime import date, timedelta

import pytest

from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.weeks import month_of
from scheduler.services import agenda, bulk_edit, schedule
from scheduler.store import queue
from scheduler.store.engine import writing
from tests import world

MARCH = month_of(date(2026, 3, 2))
TUESDAY = "2026-03-03T09:00"


@pytest.fixture
def session(engine, clock):
    with writing(engine) as session:
        yield session


@pytest.fixture
def wire(session, clock):
    row = world.channel(session, clock.now)
    world.slots(session, row, "daily 09:00")
    return row


def look(session, wire, clock, **more):
    return agenda.look(session, [wire], MARCH, "UTC", clock.now, **more)


def queued(session, wire, clock, text="It reads the rain.", **span):
    piece = world.post(session, clock.now, text)
    return queue.enqueue(session, piece, wire.id, clock.now + timedelta(**span), now=clock.now)


def on(found, day):
    return next(each for each in found.days if each.day == day)


def test_a_month_has_what_waits_and_the_slots_that_are_free(session, wire, clock):
    row = schedule.queue_piece(session, world.post(session, clock.now), wire, now=clock.now)[0]
    found = look(session, wire, clock)
    assert len(found.weeks) == 6
    tuesday, wednesday = on(found, date(2026, 3, 3)), on(found, date(2026, 3, 4))
    assert [each.id for each in tuesday.entries] == [row.id]
    assert tuesday.free == []  # its only slot is taken
    assert [slot.key for slot in wednesday.free] == ["2026-03-04T09:00"]
    assert on(found, date(2026, 3, 1)).past
    assert on(found, date(2026, 3, 1)).free == []
    assert not on(found, date(2026, 3, 2)).past


def test_what_was_cancelled_is_not_there_unless_asked_for(session, wire, clock):
    row = queued(session, wire, clock, hours=1)
    schedule.cancel(session, row, clock.now)
    assert all(not day.entries for day in look(session, wire, clock).days)
    assert any(day.entries for day in look(session, wire, clock, statuses=[Status.CANCELLED]).days)


def test_clashes_and_repeats_are_seen_also_over_the_edge_of_the_page(session, wire, clock):
    one, two = queued(session, wire, clock, "One.", hours=1), queued(session, wire, clock, "Two.", minutes=65)
    same = [queued(session, wire, clock, "Same.", days=days) for days in (20, 40)]
    found = look(session, wire, clock)
    assert found.clashing == {one.id, two.id}
    assert found.repeating == {row.id for row in same}


def test_a_piece_is_moved_to_another_day_at_its_hour(session, wire, clock):
    row = queued(session, wire, clock, hours=1)
    at = agenda.move_to_day(session, row, date(2026, 3, 29), "Europe/Amsterdam", clock.now)
    assert at.isoformat() == "2026-03-29T12:00:00+00:00"  # 14:00 there, before and after the clocks changed
    with pytest.raises(PullquoteError, match="passed"):
        agenda.move_to_day(session, row, date(2026, 3, 1), "UTC", clock.now)


def test_a_slot_that_is_filled_is_taken(session, wire, clock):
    row = queued(session, wire, clock, hours=1)
    assert agenda.move_to_slot(session, row, wire, TUESDAY, clock.now).hour == 9
    assert row.slot_key == TUESDAY
    other = queued(session, wire, clock, hours=2)
    with pytest.raises(PullquoteError, match="taken meanwhile"):
        agenda.move_to_slot(session, other, wire, TUESDAY, clock.now)
    with pytest.raises(PullquoteError, match="no slot"):
        agenda.move_to_slot(session, other, wire, "nonsense", clock.now)


def test_a_free_slot_takes_a_piece_that_the_channel_was_never_given(session, wire, clock):
    piece = world.post(session, clock.now)
    assert [each.id for each in agenda.choices(session, wire)] == [piece.id]
    row = agenda.fill(session, piece, wire, TUESDAY, clock.now)
    assert (row.slot_key, row.due_at.day) == (TUESDAY, 3)
    assert agenda.choices(session, wire) == []
    with pytest.raises(PullquoteError, match="taken meanwhile"):
        agenda.fill(session, world.post(session, clock.now), wire, TUESDAY, clock.now)


def test_what_was_sent_goes_out_once_more_as_a_delivery_of_its_own(session, wire, clock):
    row = queued(session, wire, clock, hours=1)
    again = schedule.repeat(session, row, wire, clock.now + timedelta(days=1), clock.now)
    assert again.id != row.id
    assert again.piece_id == row.piece_id


def test_several_at_once(session, wire, clock):
    rows = [queued(session, wire, clock, f"{n}.", hours=n) for n in (1, 2)]
    before = [row.due_at for row in rows]
    numbers = [row.id for row in rows]
    workspace = wire.workspace_id
    assert bulk_edit.carry_out(session, workspace, numbers, "shift", "1 day", clock.now) == (
        "2 deliveries are moved."
    )
    assert [row.due_at for row in rows] == [at + timedelta(days=1) for at in before]
    said = bulk_edit.carry_out(session, workspace, numbers, "retry", "", clock.now)
    assert said.startswith("0 deliveries are tried again. Delivery 1 is scheduled")
    assert bulk_edit.carry_out(session, workspace, numbers[:1], "cancel", "", clock.now) == (
        "1 delivery is cancelled."
    )
    assert [row.status for row in rows] == [Status.CANCELLED, Status.SCHEDULED]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("2 h", 2), ("2", 2), ("-1 day", -24), ("+30 min", 0.5), ("- 3 days", -72), ("90m", 1.5)],
)
def test_how_far(text, hours):
    assert bulk_edit.parse_shift(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "0 h", "far", "1 week", "1.5 h"])
def test_no_distance(text):
    with pytest.raises(PullquoteError, match="Say how far"):
        bulk_edit.parse_shift(text)


def test_a_busy_month_before_does_not_hide_what_repeats(session, wire, clock, monkeypatch):
    clock.advance(days=60)  # to May: what came before is off the page
    for n in range(4):
        queued(session, wire, clock, f"Number {n}.", days=-20 - n)
    same = [queued(session, wire, clock, "The same.", days=n) for n in (0, 2)]
    monkeypatch.setattr(agenda, "MOST", 3)
    monkeypatch.setattr(agenda, "AROUND", 3)
    found = agenda.look(session, [wire], month_of(clock.now.date()), "UTC", clock.now, most=3)
    assert found.repeating == {row.id for row in same}
