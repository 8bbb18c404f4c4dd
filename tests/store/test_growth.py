"""What a claim costs, with much and with little waiting behind what is due: counted, for a time would be noise."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session

from scheduler.store import channels, fanout, queue
from scheduler.store.engine import is_embedded, writing
from scheduler.store.tables import ChannelRow
from tests import world

LEASE = timedelta(seconds=30)
STEP = 100  # instructions of SQLite's machine


def claim(session, now):
    assert len(queue.claim(session, now, owner="me", lease=LEASE, limit=3)) == 3


def whats_next(session, now):
    assert queue.earliest(session, now) is not None


def how_many(session, now):
    assert range(queue.due_count(session, now, 4)) == range(4)


def effort(session: Session, step) -> int:
    """Instructions on SQLite; on PostgreSQL, rows of deliveries and of their indexes that were looked at."""
    connection = session.connection()
    if not is_embedded(connection.engine):
        looked_at = text(
            "SELECT seq_tup_read + coalesce(sum(pg_stat_get_xact_tuples_returned(i.indexrelid)), 0)"
            " FROM pg_stat_xact_user_tables t JOIN pg_index i ON i.indrelid = t.relid"
            " WHERE t.relname = 'delivery' GROUP BY seq_tup_read"
        )
        before = session.execute(looked_at).scalar_one()
        step()
        return int(session.execute(looked_at).scalar_one() - before)
    steps = 0

    def count():
        nonlocal steps
        steps += 1

    driver = connection.connection.driver_connection
    driver.set_progress_handler(count, STEP)
    step()
    driver.set_progress_handler(None, STEP)
    return steps * STEP


@pytest.fixture
def engine(engine):
    """PostgreSQL's indexes still hold what the tests before this one deleted, until it is cleared away."""
    if not is_embedded(engine):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM delivery"))
    return engine


@pytest.mark.parametrize("step", [claim, whats_next, how_many])
def test_what_waits_costs_nothing_with_or_without_the_database_s_own_figures(engine, clock, step):
    efforts = []
    for rows in (1_000, 30_000):
        with writing(engine) as session:
            own = world.workspace(session, clock()).id
            named = {"name": f"for {rows}", "kind": "none", "zone": "UTC", "config": ""}
            row = channels.add(session, ChannelRow(workspace_id=own, created_at=clock(), **named))
            piece = world.post(session, clock(), "Hello")
            later = clock() + timedelta(days=1)
            fanout.enqueue_many(session, piece, row.id, rows, due_at=later, now=clock())
            fanout.enqueue_many(session, piece, row.id, 10, due_at=clock(), now=clock())
            step(session, clock())  # SQLAlchemy's part of it happens once
            efforts.append(effort(session, lambda: step(session, clock())))
            session.execute(text("ANALYZE"))
            efforts.append(effort(session, lambda: step(session, clock())))
            session.rollback()
    assert max(efforts) < 3_000, efforts  # PostgreSQL looks up where its figures end, which are a thousand
