"""A model of what people and the world do to a queue, in any order that hypothesis thinks of, over the real services.

What it knows is little: when each post was meant to go out, and what people said about it. What it claims is checked
at the only moment that counts, when the bytes of a committing call are about to leave.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine, delete, func, select
from sqlmodel import Session

from scheduler import channels as all_channels
from scheduler.channels import Call
from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.pause import Pause, Reach, Target
from scheduler.services import housekeep, schedule
from scheduler.store import articles, channels, pauses, pieces, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import DeliveryRow, EventRow, PauseRow
from tests import world
from tests.chaos.seeds import NOON, weathered
from tests.chaos.services import KINDS, name_of
from tests.chaos.simulation import CALM, STORM, Simulation
from tests.conftest import Clock

ZONES = ("UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia")
EVERYTHING = Target(Reach.ALL)
MINUTES = st.integers(0, 600)
WHICH = st.integers(0, 30)


@dataclass
class Meant:
    """What people want of one delivery."""

    due_at: datetime
    stopped: str = ""  # why nothing of it may go out; "" where it may


class Desk(Simulation):
    """The simulated world, with a look at each committing call before its bytes go out."""

    look: Callable[[Call], None]
    #: What a person does in the middle of the next turn, and at which of its steps.
    interrupt: tuple[int, Callable[[], None]] | None = None

    def anything(self) -> None:
        super().anything()
        if self.interrupt is not None:
            left, act = self.interrupt
            self.interrupt = (left - 1, act) if left else None
            if not left:
                act()

    def _check_mark(self, call: Call) -> None:
        super()._check_mark(call)
        self.look(call)


_engines: dict[str, Engine] = {}


def engine() -> Engine:
    if "" not in _engines:
        _engines[""] = open_engine("sqlite://")
        with writing(_engines[""]) as session:
            world.article(session, NOON)
    return _engines[""]


class Queue(RuleBasedStateMachine):
    @initialize(kind=st.sampled_from(sorted(KINDS)), seed=st.integers(0, 10_000))
    def begin(self, kind: str, seed: int) -> None:
        self.stack = ExitStack()
        self.stack.enter_context(patch.dict(all_channels.kinds(), KINDS))
        logging.disable()
        self.stack.callback(logging.disable, logging.NOTSET)
        self.engine, self.clock = engine(), Clock(NOON)
        with writing(self.engine) as session:
            for table in (PauseRow, EventRow, DeliveryRow):
                session.execute(delete(table))
            for row in channels.of_workspace(session, 1):
                channels.remove(session, row.id)
            self.channel_id = world.channel(session, NOON, kind).id
            values = {"missed": "send", "gap_seconds": 0}
            channels.set_values(session, self.channel_id, values)
            world.slots(session, channels.get(session, self.channel_id), "mon-sun 09:00 18:30")
        self.desk = Desk(self.engine, self.channel_id, kind, self.clock, seed)
        self.desk.weather, self.desk.texts, self.desk.look = CALM, [], self.look
        self.stack.enter_context(weathered(self.desk))
        self.meant: list[Meant] = []
        self.ids: list[int] = []

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            try:
                self.come_to_an_end()
            finally:
                self.stack.close()

    # What is claimed

    def look(self, call: Call) -> None:
        """Nothing goes out before its time, nor while somebody has stopped it."""
        name = name_of(call)
        meant, now = self.meant[int(name.partition(".")[0])], self.clock()
        if now < meant.due_at:
            self.desk.service.broken.append(f"{name} went out at {now}, before {meant.due_at}")
        if meant.stopped:
            self.desk.service.broken.append(f"{name} went out, and it was {meant.stopped}")
        if self._is_paused():
            self.desk.service.broken.append(f"{name} went out during a pause")

    def _is_paused(self) -> bool:
        with reading(self.engine) as session:
            stopped = session.execute(select(func.count()).select_from(PauseRow)).scalar()
            return bool(stopped) or channels.get(session, self.channel_id).paused_at is not None

    @invariant()
    def nothing_is_broken(self) -> None:
        if hasattr(self, "desk"):
            twice = {name: n for name, n in self.desk.service.published.items() if n > 1}
            assert not twice
            assert self.desk.service.broken == []

    # What people do

    @rule(items=st.integers(1, 3), minutes=MINUTES)
    def schedule_at_a_time(self, items: int, minutes: int) -> None:
        self._schedule(items, self.clock() + timedelta(minutes=minutes))

    @rule(items=st.integers(1, 3))
    def schedule_in_the_next_slot(self, items: int) -> None:
        self._schedule(items, None)

    def _schedule(self, items: int, at: datetime | None) -> None:
        number = len(self.ids)
        names = tuple(f"{number}.{item}" for item in range(items))
        with writing(self.engine) as session:
            piece = world.post(session, NOON, *names, of=articles.get(session, 1))
            channel = channels.get(session, self.channel_id)
            (row,) = schedule.queue_piece(session, piece, channel, now=self.clock(), at=at)
            self.ids.append(row.id)
            self.meant.append(Meant(row.due_at))
        self.desk.texts.append(names)

    def _change(self, which: int, change: Callable[[Session, DeliveryRow], None]) -> DeliveryRow | None:
        """Have a service change one delivery. None where it refuses, which it may do; then nothing changed."""
        if not self.ids:
            return None
        number = self.ids[which % len(self.ids)]
        with suppress(PullquoteError), writing(self.engine) as session:
            row = queue.get(session, number)
            change(session, row)
            session.refresh(row)
            return row
        return None

    def _meant(self, row: DeliveryRow) -> Meant:
        return self.meant[self.ids.index(row.id)]

    @rule(which=WHICH, minutes=MINUTES)
    def move(self, which: int, minutes: int) -> None:
        at = self.clock() + timedelta(minutes=minutes)
        if row := self._change(which, lambda s, row: schedule.move(s, row, at, self.clock())):
            self._meant(row).due_at = at

    @rule(which=WHICH)
    def move_to_the_next_slot(self, which: int) -> None:
        def change(session: Session, row: DeliveryRow) -> None:
            schedule.move_to_next_slot(session, row, channels.get(session, self.channel_id), self.clock())

        if row := self._change(which, change):
            assert row.due_at >= self.clock()
            self._meant(row).due_at, self._meant(row).stopped = row.due_at, ""

    @rule(which=WHICH)
    def cancel(self, which: int) -> None:
        if row := self._change(which, lambda s, row: schedule.cancel(s, row, self.clock())):
            self._meant(row).stopped = "cancelled"

    @rule(which=WHICH)
    def restore(self, which: int) -> None:
        if row := self._change(which, lambda s, row: schedule.restore(s, row, self.clock())):
            self._meant(row).stopped = "held" if row.status == Status.HELD else ""

    @rule(which=WHICH)
    def hold(self, which: int) -> None:
        if row := self._change(which, lambda s, row: schedule.hold(s, row, "wait")):
            self._meant(row).stopped = "held"

    @rule(which=WHICH)
    def release(self, which: int) -> None:
        if row := self._change(which, lambda s, row: schedule.release(s, row, self.clock())):
            self._meant(row).stopped = ""

    @rule(which=WHICH)
    def retry(self, which: int) -> None:
        self._change(which, lambda s, row: schedule.retry(s, row, self.clock()))

    @rule(which=WHICH, word=st.sampled_from(["again", "better"]))
    def edit(self, which: int, word: str) -> None:
        def change(session: Session, row: DeliveryRow) -> None:
            piece = pieces.get(session, row.piece_id)
            old = pieces.content(piece)
            pieces.revise(session, piece, replace(old, texts={"": [f"{t} {word}" for t in old.texts[""]]}))

        self._change(which, change)

    @rule()
    def pause_the_channel(self) -> None:
        with writing(self.engine) as session:
            channels.pause(session, self.channel_id, "enough", self.clock())

    @precondition(lambda self: not self._is_paused())
    @rule()
    def pause_everything(self) -> None:
        self._pause_everything()

    def _pause_everything(self) -> None:
        with writing(self.engine) as session:
            pauses.add(session, Pause(EVERYTHING, self.clock(), "me", "stop"))

    @rule()
    def go_on(self) -> None:
        with writing(self.engine) as session:
            pauses.remove(session, EVERYTHING)
        self.desk.resume()

    @rule(zone=st.sampled_from(ZONES))
    def change_the_zone(self, zone: str) -> None:
        """What is queued already keeps its time."""
        with writing(self.engine) as session:
            channels.set_values(session, self.channel_id, {"zone": zone})

    @rule()
    def answer_doubts(self) -> None:
        self.desk.pass_time(120)  # what is in the wires arrives before a person looks
        self.desk.answer_doubts()

    # What the world does

    @rule(minutes=st.integers(0, 700))
    def time_passes_under_a_daemon(self, minutes: int) -> None:
        until = self.clock() + timedelta(minutes=minutes)
        for _ in range(60):
            if self.desk.turn():
                continue
            with reading(self.engine) as session:
                due = queue.earliest(session, self.clock())
            if due is None or due > until:
                break
            self.desk.pass_time((due - self.clock()).total_seconds())
        self.desk.pass_time(max(0.0, (until - self.clock()).total_seconds()))

    @rule(minutes=st.integers(2, 3000))
    def time_passes_while_nothing_runs(self, minutes: int) -> None:
        self.desk.pass_time(minutes * 60)
        with writing(self.engine) as session:
            housekeep.wake_up(session, self.clock())

    @rule(end=st.sampled_from(sorted(STORM.ends)))
    def a_call_ends_otherwise(self, end: str) -> None:
        """The answer is lost, or late, or 429, or 401; or the worker is killed over it."""
        self._turn(ends={end: 1.0})

    @precondition(lambda self: not self._is_paused())
    @rule(step=st.integers(0, 10), which=WHICH, act=st.sampled_from(["pause", "cancel", "hold", "move"]))
    def a_person_acts_in_the_middle_of_a_turn(self, step: int, which: int, act: str) -> None:
        acts = {
            "pause": self._pause_everything,
            "cancel": partial(Queue.cancel, self, which),
            "hold": partial(Queue.hold, self, which),
            "move": partial(Queue.move, self, which, 90),
        }
        self._schedule(2, self.clock())
        self.desk.interrupt = step, acts[act]
        self.desk.turn()
        self.desk.interrupt = None

    @rule()
    def a_worker_dies(self) -> None:
        self._turn(kill=0.3)

    @rule()
    def a_stormy_hour(self) -> None:
        self.desk.weather = STORM
        self.time_passes_under_a_daemon(60)
        self.desk.weather = CALM

    @precondition(lambda self: self.desk.service._kind == "named")
    @rule()
    def the_session_expires(self) -> None:
        self.desk.service.session += 1

    def _turn(self, **weather: Any) -> None:
        self.desk.weather = replace(CALM, **weather)
        self.desk.turn()
        self.desk.weather = CALM

    # What it must come to

    def come_to_an_end(self) -> None:
        """Everybody lets go of everything; then each delivery is sent, failed for a reason, or was cancelled."""
        self.desk.weather = CALM
        self.go_on()
        for which in range(len(self.ids)):
            self.release(which)
        for _ in range(4):
            self.time_passes_under_a_daemon(60 * 24 * 3)
            self.go_on()
            self.answer_doubts()
        self.nothing_is_broken()
        for thread, row in enumerate(self.desk.rows()):
            with reading(self.engine) as session:
                receipts = len(queue.receipts(session, row.id))
            assert row.status in {Status.SENT, Status.FAILED, Status.CANCELLED}, (row.status, row.reason)
            assert row.status != Status.FAILED or row.reason
            if row.status != Status.CANCELLED:
                assert list(self.desk._faults_of(thread, row, receipts)) == []
