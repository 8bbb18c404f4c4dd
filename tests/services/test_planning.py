from __future__ import annotations

from datetime import timedelta

import pytest

from scheduler.domain.delivery import Status
from scheduler.services import planning
from scheduler.store import articles, queue
from scheduler.store.engine import reading, writing
from scheduler.store.tables import DeliveryRow
from tests import world


@pytest.fixture
def session(engine, clock):
    with writing(engine) as session:
        yield session


@pytest.fixture
def article(session, clock):
    row = world.article(session, clock.now)
    for text in ("One.", "Two.", "Three."):
        world.post(session, clock.now, text, of=row)
    return row


@pytest.fixture
def wire(session, clock):
    row = world.channel(session, clock.now)
    world.slots(session, row, "daily 09:00 18:00")
    return row


def due(plan):
    return [each.row.due_at for each in plan.deliveries]


def test_a_plan_names_the_dates_and_does_nothing(session, clock, article, wire):
    planned = planning.plan(session, article, [wire], clock.now)
    assert len(planned.deliveries) == 3
    assert queue.of_article(session, article.id) == []
    assert due(planned) == sorted(due(planned))
    assert due(planning.carry_out(session, article, [wire], clock.now)) == due(planned)
    assert len(queue.of_article(session, article.id)) == 3


def test_a_plan_can_be_read_when_its_session_is_over(engine, clock):
    with writing(engine) as session:
        row = world.article(session, clock.now)
        world.post(session, clock.now, of=row)
        channel = world.channel(session, clock.now)
        world.slots(session, channel, "daily 09:00")
        planned = planning.plan(session, row, [channel], clock.now)
    assert planned.deliveries[0].row.due_at == clock.now.replace(hour=9) + timedelta(days=1)
    assert planned.deliveries[0].channel.name == "the webhook"
    with reading(engine) as session:
        assert articles.get(session, row.id)


def test_what_nobody_carries_is_said(session, clock, article):
    mail = world.channel(
        session,
        clock.now,
        "mailpit",
        server="http://127.0.0.1:8025",
        from_address="news@ledger.example",
        from_name="Ledger",
    )
    planned = planning.plan(session, article, [mail], clock.now)
    assert planned.deliveries == []
    assert len(planned.unplaced) == 3


def test_only_what_still_waits_is_taken_back(session, clock, article, wire):
    done = planning.carry_out(session, article, [wire], clock.now)
    numbers = [each.row.id for each in done.deliveries]
    sent = session.get(DeliveryRow, numbers[0])
    sent.status, sent.next_at = Status.SENT, None
    session.add(sent)
    session.flush()
    other = world.post(session, clock.now, "Another article's.")
    (foreign,) = world.due(session, other, wire, clock.now)
    assert planning.take_back(session, article, [*numbers, foreign.id, 999], clock.now) == 2
    assert queue.get(session, numbers[0]).status == Status.SENT
    assert queue.get(session, foreign.id).status == Status.SCHEDULED
    assert planning.take_back(session, article, numbers, clock.now) == 0
