"""Whatever people and the world do to a queue, in whatever order: nothing twice, nothing lost, nothing too early."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.services import connect, schedule
from scheduler.services.work import Keeper
from scheduler.store import queue
from tests.chaos.model import Queue

BRIEFLY = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
MUTANT = settings(BRIEFLY, max_examples=60, phases=[Phase.generate], print_blob=False)


def test_nothing_twice_nothing_lost_nothing_too_early_nothing_that_was_stopped():
    run_state_machine_as_test(Queue, settings=BRIEFLY)


change = schedule._change


def moving_in_name_only(session, row, allowed, **values):
    kept = {"next_at": row.next_at} if values.get("due_at") and row.next_at else {}
    change(session, row, allowed, **values | kept)


def holding_in_name_only(session, row, allowed, **values):
    if values.get("status") != Status.HELD:
        change(session, row, allowed, **values)


def cancelling_in_name_only(session, row, allowed, **values):
    if values.get("status") != Status.CANCELLED:
        change(session, row, allowed, **values)


def cancelling_what_may_be_live(session, row, allowed, **values):
    if not queue.change(session, row, **values):
        raise PullquoteError("no")


@pytest.mark.parametrize(
    ("place", "name", "mistake"),
    [
        (schedule, "_change", moving_in_name_only),
        (schedule, "_change", holding_in_name_only),
        (schedule, "_change", cancelling_in_name_only),
        (schedule, "_change", cancelling_what_may_be_live),
        (Keeper, "_obey", lambda _keeper, _session: None),
        (connect, "resume", lambda _session, _row, _now: 0),
    ],
)
def test_a_rule_that_is_broken_is_found(monkeypatch, place, name, mistake):
    monkeypatch.setattr(place, name, mistake)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(Queue, settings=MUTANT)
