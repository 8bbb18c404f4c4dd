"""The statements of the hot path find their rows by an index, however many wait: their cost does not grow."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, text

from scheduler.domain.pause import Pause, Reach, Target
from scheduler.store import channels, pauses, queue
from scheduler.store.engine import writing
from scheduler.store.tables import ChannelRow, DeliveryRow
from tests import world

WAITING, DONE = 20_000, 5_000


@pytest.fixture
def full(engine, clock):
    """A queue with what waits, what is done with, and one delivery that is due."""
    with writing(engine) as session:
        world.workspace(session, clock())
        row = ChannelRow(workspace_id=1, name="hook", kind="none", zone="UTC", config="", created_at=clock())
        hook = channels.add(session, row)
        piece = world.post(session, clock(), "Hello")
        (due,) = world.due(session, piece, hook, clock())
        same = {
            "piece_id": piece.id,
            "channel_id": hook.id,
            "due_at": clock(),
            "created_at": clock(),
            "kept": {},
        }
        later = clock() + timedelta(days=1)
        session.execute(insert(DeliveryRow), [same | {"next_at": later}] * WAITING)
        session.execute(insert(DeliveryRow), [same | {"next_at": None, "status": "sent"}] * DONE)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    return due.id


def explained(engine, action):
    """What the database says of how it runs the statements on deliveries that `action` makes."""
    plans = []
    explain = "EXPLAIN " if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN "

    def before(connection, cursor, statement, parameters, _context, _many):
        if re.search(r"\bdelivery\b", statement) and not statement.startswith("EXPLAIN"):
            cursor.execute(explain + statement, parameters)
            plans.append("\n".join(str(row[-1]) for row in cursor.fetchall()))

    event.listen(engine, "before_cursor_execute", before)
    try:
        with writing(engine, concurrent=True) as session:
            action(session)
    finally:
        event.remove(engine, "before_cursor_execute", before)
    assert plans
    return "\n".join(plans)


def scans(plan):
    """The lines of a plan that go through every delivery."""
    whole = re.compile(r"Seq Scan on delivery|SCAN delivery(?! USING)")
    return [line for line in plan.splitlines() if whole.search(line)]


def test_a_claim_looks_at_what_is_due_only(engine, clock, full):
    def claim(session):
        (row,) = queue.claim(session, clock(), owner="a", lease=timedelta(seconds=30), limit=100)
        assert row.id == full

    plan = explained(engine, claim)
    assert not scans(plan)
    assert "ix_delivery_channel_next" in plan


def test_a_write_of_the_worker_s_goes_by_the_id(engine, clock, full):
    with writing(engine) as session:
        (row,) = queue.claim(session, clock(), owner="a", lease=timedelta(seconds=30))
    plan = explained(engine, lambda session: queue.owned(session, row.id, "a", committed_at=clock()))
    assert not scans(plan)
    assert "delivery_pkey" in plan or "INTEGER PRIMARY KEY" in plan


def test_the_clock_asks_for_the_next_one_only(engine, clock, full):
    plan = explained(engine, lambda session: queue.earliest(session, clock()))
    assert not scans(plan)
    assert "ix_delivery_channel_next" in plan


def test_what_is_in_doubt_on_a_channel_that_was_stopped_is_found_by_its_status(engine, clock, full):
    with writing(engine) as session:
        row = queue.get(session, full)
        queue.change(session, row, status="in-doubt", committed_at=clock())
        pauses.add(session, Pause(Target(Reach.ALL), clock(), "ana", ""))

    def claim(session):
        (row,) = queue.claim(session, clock(), owner="a", lease=timedelta(seconds=30))
        assert row.id == full

    plan = explained(engine, claim)
    assert not scans(plan)
    assert re.search("ix_delivery_(board|status)", plan)


def test_what_is_on_a_channel_is_looked_for_in_its_days_only(engine, clock, full):
    day = timedelta(days=1)

    def ask(session):
        assert queue.taken(session, 1, clock() + day, clock() + 2 * day) == []

    plan = explained(engine, ask)
    assert not scans(plan)
    assert re.search("due_at>|Index Cond.*due_at", plan)
