from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from scheduler.services import health
from scheduler.store import channels, heartbeats
from scheduler.store.engine import writing
from scheduler.store.tables import ChannelRow, DeliveryRow
from tests import world

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with writing(engine) as session:
        heartbeats.beat(session, "host:1", NOW)
        yield session


@pytest.fixture
def channel(session: Session) -> ChannelRow:
    return world.channel(session, NOW)


@pytest.fixture
def late(session: Session, channel: ChannelRow) -> DeliveryRow:
    [row] = world.due(session, world.post(session, NOW), channel, NOW - timedelta(minutes=6))
    return row


def test_a_delivery_that_nobody_looked_at_is_overdue(session: Session, late: DeliveryRow) -> None:
    found = health.look(session, NOW)
    assert found.problems == ["overdue deliveries: 1"]
    assert found.beats == (0.0,)


@pytest.mark.parametrize("status", ["sent", "failed", "held", "cancelled"])
def test_what_is_settled_or_held_is_not_overdue(session: Session, late: DeliveryRow, status: str) -> None:
    late.status = status
    session.flush()
    assert health.look(session, NOW).problems == []


def test_a_moment_late_is_not_overdue(session: Session, channel: ChannelRow) -> None:
    world.due(session, world.post(session, NOW), channel, NOW - timedelta(minutes=4))
    assert health.look(session, NOW).problems == []


def test_a_channel_that_waits_makes_nothing_overdue(
    session: Session, late: DeliveryRow, channel: ChannelRow
) -> None:
    channels.set_values(session, channel.id, {"resume_at": NOW + timedelta(minutes=1)})
    assert health.look(session, NOW).overdue == 0
    channels.set_values(session, channel.id, {"resume_at": NOW - timedelta(minutes=1)})
    assert health.look(session, NOW).overdue == 1
    channels.pause(session, channel.id, "credentials", NOW)
    assert health.look(session, NOW).overdue == 0


def test_a_daemon_that_stopped_does_not_beat(session: Session) -> None:
    heartbeats.beat(session, "host:1", NOW, stopped=True)
    assert health.look(session, NOW).problems == ["no daemon runs"]


def test_one_living_daemon_is_enough(session: Session) -> None:
    heartbeats.beat(session, "host:2", NOW - timedelta(minutes=3))
    assert health.look(session, NOW).problems == []
