"""A deterministic simulation: the real services and store, with every misfortune decided by one seed.

Before and after every transaction and every call the clock moves on, the process stalls, another worker has its
turn in the middle of this one's, the database refuses, or the worker is killed. A seed replays exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import httpx
from sqlalchemy import Engine, delete
from sqlmodel import Session

from scheduler.channels import Call, Reply
from scheduler.daemon.worker import Worker
from scheduler.domain.delivery import Status
from scheduler.render.environment import environment
from scheduler.services import compose, connect, resolve
from scheduler.services.deliver import Office
from scheduler.store import channels, events, pieces, queue
from scheduler.store.engine import reading, writing
from scheduler.store.tables import DeliveryRow
from scheduler.transport import Transport
from tests import world
from tests.chaos.services import Service, name_of
from tests.conftest import Clock

CALL = 30.0  # seconds that one call may take
TEXTS = (("0.0",), ("1.0", "1.1"), ("2.0", "2.1", "2.2"))  # a post and two threads
SETTLED = {Status.SENT, Status.FAILED}


class Killed(BaseException):
    """kill -9: what the worker had in memory is gone, what it wrote stays."""


@dataclass(frozen=True)
class Weather:
    """How likely each misfortune is wherever it can strike, and how calls end."""

    stall: float = 0.0
    slow: float = 0.0  # that a connection is
    other: float = 0.0  # that another worker has its turn
    renew: float = 0.0  # that the leases of a worker are renewed
    kill: float = 0.0
    database: float = 0.0
    ends: dict[str, float] = field(default_factory=lambda: {"good": 1.0})


STORM = Weather(
    stall=0.02,
    slow=0.15,
    other=0.08,
    renew=0.1,
    kill=0.015,
    database=0.005,
    ends={
        "good": 30,
        "unreachable": 3,
        "cut": 4,  # it arrived; the answer did not
        "lost": 2,
        "late": 5,  # it arrives when we have given up
        "killed": 4,
        "busy": 3,  # 503; done all the same, or not
        "nonsense": 2,
        "slow-down": 3,
        "refused": 0.7,
        "signed-out": 2,
    },
)
CALM = Weather()
STUDIO = compose.Studio(cards=None, environment=environment([]), base_url="https://example.com")  # type: ignore[arg-type]


class Wire(Transport):
    """The real transport but for the network."""

    def __init__(self, simulation: Simulation):
        super().__init__(simulation.clock, seconds=CALL)
        self._simulation = simulation

    def exchange(self, call: Call, *, fresh: bool = False, last_look: Any = None) -> Reply:
        return self._simulation.exchange(call, last_look)


class Simulation:
    """Three deliveries on one channel, and as many workers as get a turn."""

    def __init__(self, engine: Engine, channel_id: int, kind: str, clock: Clock, seed: int):
        self.clock = clock
        self.chance = Random(f"{kind} {seed}")
        self.service = Service(kind, clock, self.chance)
        self.weather = STORM
        self.texts: list[tuple[str, ...]] = list(TEXTS)
        self.asked = 0  # how many doubts went to a person
        self.killed = 0
        self._engine, self._channel_id = engine, channel_id
        self._wire = Wire(self)
        self._at_work: list[
            Office
        ] = []  # one for each worker in the middle of its turn: they are no threads of one

    def _happens(self, likely: float) -> bool:
        return likely > 0 and self.chance.random() < likely

    def anything(self) -> None:
        """Between any two steps of a worker."""
        span = 0.2
        if self._happens(self.weather.stall):
            span = self.chance.choice([60, 200, 200, 10_000])  # the machine slept
        self.pass_time(self.chance.uniform(0, span))
        if self._at_work and self._happens(self.weather.renew):
            office = self.chance.choice(self._at_work)
            office.leases.renew(self._engine, self.clock(), office.lease)
        if not self._is_crowded() and not self._signing_in() and self._happens(self.weather.other):
            self.turn()
        self._die_if(self.weather.kill)

    def _is_crowded(self) -> bool:
        return len(self._at_work) >= 3

    def _signing_in(self) -> bool:
        """Then the others wait for this one, which a turn in its middle could not."""
        lock = connect._signing_in.get(self._channel_id)
        return lock is not None and lock.locked()

    def _die_if(self, likely: float) -> None:
        if self._happens(likely):
            self.killed += 1
            raise Killed

    def pass_time(self, seconds: float) -> None:
        self.clock.advance(seconds=seconds)
        self.service.pass_time()

    @contextmanager
    def writing(self, engine: Engine, *, concurrent: bool = False) -> Iterator[Session]:
        """The store's own, in bad weather."""
        self.anything()
        with writing(engine, concurrent=concurrent) as session:
            self._refuse()
            yield session
            self._refuse()
            self._die_if(self.weather.kill)
        self.anything()

    def _refuse(self) -> None:
        if self._happens(self.weather.database):
            raise world.database_error()

    @contextmanager
    def reading(self, engine: Engine) -> Iterator[Session]:
        self.anything()
        with reading(engine) as session:
            yield session

    def exchange(self, call: Call, last_look: Any) -> Reply:
        end = self.chance.choices(*zip(*self.weather.ends.items(), strict=True))[0]
        self.anything()
        if self._happens(self.weather.slow):
            self.pass_time(self.chance.uniform(0, 2 * CALL))  # while it connects
        if end == "unreachable":
            raise httpx.ConnectError("refused")
        if last_look:
            last_look()
        if call.commits:
            self._check_mark(call)
        reply = self._end(end, call)
        self.pass_time(self.chance.uniform(0.05, 2))
        self.anything()
        return reply

    def _end(self, end: str, call: Call) -> Reply:  # noqa: C901 (one case for each end)
        if end == "signed-out":
            self.service.session += 1
        if end not in {"lost", "late", "killed"} and not self.service.knows(call):
            return Reply(401)
        match end:
            case "good":
                return self.service.take(call)
            case "cut" | "nonsense":
                self.service.take(call)
                if end == "nonsense":
                    return Reply(200, b"<html>")
            case "late":
                self._later(call)
            case "killed":
                if self._happens(0.3):
                    self.service.take(call)
                elif self._happens(0.5):
                    self._later(call)
                self._die_if(1.0)
            case "busy":
                if self._happens(0.3):
                    self.service.take(call)
                return Reply(503)
            case "slow-down":
                wait = {"retry-after": str(self.chance.randrange(600))} if self._happens(0.7) else {}
                return Reply(429, headers=wait, at=self.clock())
            case "refused":
                return Reply(422)
            case "signed-out":
                return Reply(401)
        self.pass_time(self.chance.choice([0.1, CALL]))
        raise self.chance.choice([httpx.ReadTimeout, httpx.RemoteProtocolError])("no answer")

    def _later(self, call: Call) -> None:
        if self.service.knows(call):
            self.service.take_later(call, self.clock() + timedelta(seconds=self.chance.uniform(0, CALL)))

    def _check_mark(self, call: Call) -> None:
        """No byte of a committing call without a durable mark and a lease."""
        text = name_of(call)
        thread, _, item = text.partition(".")
        row = self.rows()[int(thread)]
        if row.committed_at is None or row.called_at is None:
            self.service.broken.append(f"{text} went out without a mark")
        if row.status != Status.SENDING or row.next_at is None or row.next_at <= self.clock():
            self.service.broken.append(f"{text} went out without a lease")
        if row.item != int(item):
            self.service.broken.append(f"{text} went out where item {row.item} was next")

    def turn(self) -> bool:
        """A worker takes what is due and deals with it, unless it dies over it."""
        office = Office(self._engine, self._wire, world.VAULT, STUDIO, self.clock, self.chance.random)
        self._at_work.append(office)
        try:
            return Worker(office, 0)._one()
        except Killed:
            return True
        finally:
            self._at_work.remove(office)

    def resume(self) -> bool:
        """A person mends the channel, where it stopped."""
        with writing(self._engine) as session:
            row = channels.get(session, self._channel_id)
            stopped = row.paused_at is not None
            if stopped:
                connect.resume(session, row, self.clock())
        return stopped

    def answer_doubts(self) -> None:
        """A person looks, and says what is true."""
        for thread, row in enumerate(self.rows()):
            if row.status == Status.IN_DOUBT:
                self.asked += 1
                self._check_told(row)
                text = f"{thread}.{row.item}"
                with writing(self._engine) as session:
                    found = queue.get(session, row.id)
                    if self.service.published[text]:
                        number = self.service.id_of(text)
                        resolve.live(session, found, f"https://example.com/{number}", self.clock())
                    else:
                        resolve.again(session, found, self.clock())

    def _check_told(self, row: DeliveryRow) -> None:
        with reading(self._engine) as session:
            told = [event for event in events.latest(session, 1000) if event.kind == "in-doubt"]
        if row.id not in {event.delivery_id for event in told}:
            self.service.broken.append(f"delivery {row.id} is in doubt, and nobody was told")

    def run(self) -> None:
        self._set_up()
        self._work(40, [0, 0, 5, 100, 4000])
        self.weather = CALM
        self._work(150)
        self.pass_time(2 * CALL)  # what is still in the wires
        self.answer_doubts()
        self._work(50)
        self.pass_time(2 * CALL)
        self._wire.close()

    def _set_up(self) -> None:
        values = {"session": "", "missed": "send", "gap_seconds": 0, "paused_at": None, "resume_at": None}
        with writing(self._engine) as session:
            session.execute(delete(DeliveryRow))
            channels.set_values(session, self._channel_id, values)
            for piece in range(1, len(TEXTS) + 1):
                found = pieces.get(session, piece)
                queue.enqueue(session, found, self._channel_id, self.clock(), now=self.clock())

    def _work(self, turns: int, later: Sequence[float] = (0,)) -> None:
        """Until nothing is left to do, or somebody has had that many turns; `later` is how late a tick may be."""
        for _ in range(turns):
            if self.turn():
                continue
            with reading(self._engine) as session:
                due = queue.earliest(session, self.clock())
            if due is not None:
                self.pass_time((due - self.clock()).total_seconds() + self.chance.choice(later))
            elif not self.resume():
                break

    def rows(self) -> Sequence[DeliveryRow]:
        with reading(self._engine) as session:
            return sorted(queue.listed(session), key=lambda row: row.id)

    def faults(self) -> list[str]:
        found = list(self.service.broken)
        found += [f"{text} was published {n} times" for text, n in self.service.published.items() if n > 1]
        for thread, row in enumerate(self.rows()):
            with reading(self._engine) as session:
                receipts = len(queue.receipts(session, row.id))
            found += self._faults_of(thread, row, receipts)
        return found

    def _faults_of(self, thread: int, row: DeliveryRow, receipts: int) -> Iterator[str]:
        live = [bool(self.service.published[text]) for text in self.texts[thread]]
        if row.status not in SETTLED:
            yield f"{thread} is stuck: {row.status} until {row.next_at}, {row.reason}"
        elif row.status == Status.SENT and not all(live):
            yield f"{thread} is sent, but {live} is live"
        elif row.status == Status.FAILED and live != [i < row.item for i in range(len(live))]:
            yield f"{thread} failed at item {row.item}, but {live} is live"
        if row.status == Status.FAILED and not row.reason:
            yield f"{thread} failed without a reason"
        if row.status in SETTLED and receipts != sum(live):
            yield f"{thread} has {receipts} receipts for {sum(live)} live items"
