"""What the pages ask: the right rows, and never by walking through all that was ever sent."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, event, insert
from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.store import board
from scheduler.store.board import Pace, Wanted
from scheduler.store.engine import writing
from scheduler.store.tables import DeliveryRow
from tests import world

OPEN = (Status.SCHEDULED, Status.SENDING, Status.HELD)


@pytest.fixture
def wire(engine: Engine, clock) -> int:
    """A channel with an hour between its deliveries: sent, held, scheduled, in turn."""
    with writing(engine) as session:
        piece, channel = world.post(session, clock.now), world.channel(session, clock.now)
        turn = (Status.SENT, Status.HELD, Status.SCHEDULED)
        same = {"piece_id": piece.id, "channel_id": channel.id, "kept": {}, "created_at": clock.now}
        rows = [same | {"status": turn[n % 3], "due_at": clock.now + timedelta(hours=n)} for n in range(12)]
        session.execute(insert(DeliveryRow), rows)
        return channel.id


def hours(session: Session, clock, wanted: Wanted, limit: int, offset: int = 0) -> list[int]:
    found = board.listed(session, wanted, limit, offset)
    return [(row.due_at - clock.now) // timedelta(hours=1) for row in found]


def test_several_statuses_are_one_list_by_time(engine, clock, wire):
    with writing(engine) as session:
        assert hours(session, clock, Wanted([wire], OPEN), 3) == [1, 2, 4]
        assert hours(session, clock, Wanted([wire], OPEN), 3, 3) == [5, 7, 8]
        assert hours(session, clock, Wanted([wire], OPEN, newest_first=True), 2, 1) == [10, 8]
        assert hours(session, clock, Wanted([], OPEN), 3) == []


def test_what_was_sent_is_not_walked_through(engine, clock, wire):
    asked: list[str] = []

    def before(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", before)
    with writing(engine) as session:
        board.listed(session, Wanted([wire], OPEN), 3)
    event.remove(engine, "before_cursor_execute", before)
    ordered = [statement for statement in asked if "ORDER BY" in statement]
    assert len(ordered) == len(OPEN), "each status by itself: an index has it in order"


def test_how_channels_get_on_is_one_query(engine, clock, wire):
    with writing(engine) as session:
        other = world.channel(session, clock.now, name="new")
        found = board.paces(session, [wire, other.id])
    sent, following = clock.now + timedelta(hours=9), clock.now + timedelta(hours=2)
    assert found == {wire: Pace(sent, following, 4), other.id: Pace(None, None, 0)}
