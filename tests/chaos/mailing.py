"""The simulation of the newsletter: the real services that send many at a time, with every misfortune of a seed.

A worker lives over many turns here. In each it has a round, makes one of its calls, deals with what was set aside, or
stops in good order; in the middle of that others have their turns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import Engine, delete, select
from sqlmodel import Session, col

from scheduler.channels import Call, adapter
from scheduler.daemon.worker import Worker, _tried
from scheduler.domain.delivery import Status
from scheduler.domain.subscriber import RecipientState
from scheduler.services import newsletter, resolve, subscribe
from scheduler.services.deliver_many import Many
from scheduler.services.work import Office, Work
from scheduler.store import channels, pieces, queue
from scheduler.store.engine import reading, writing
from scheduler.store.tables import DeliveryRow, RecipientRow
from scheduler.transport.bulk import Job
from tests import world
from tests.chaos.mailers import REFUSED, Mailer
from tests.chaos.simulation import SETTLED, STUDIO, Killed, Simulation
from tests.conftest import Clock
from tests.services.mailing import NOW, new_issue

Hands = dict[int, tuple[str, str, int, datetime | None]]  # delivery -> owner, status, item, until when

WORKERS = 3
PATIENCE = 9  # turns in which nobody found anything to do: then nothing is due
STOPS = 0.03  # how likely a worker stops in good order, at each turn
READERS = ["a", "b", f"{REFUSED}-c", "d", f"{REFUSED}-e", f"{REFUSED}-f", "g"]


class Desk:
    """Where the calls are made: each when the simulation says so."""

    width = 3

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def submit(self, jobs: Sequence[Job]) -> None:
        self.jobs += jobs

    def close(self) -> None:
        """Nothing is open."""


class Sender:
    """A worker for mail. `tokens` are those of its claims."""

    def __init__(self, office: Office):
        self.office = office
        self.desk = Desk()
        self.aside: list[Work] = []
        self.many = Many(office, self.desk, self.aside.append)
        self.tokens: set[str] = set()

    @property
    def busy(self) -> bool:
        return bool(self.aside or self.desk.jobs or self.many.flying)


class Mailing(Simulation):
    """An issue for seven readers on one channel."""

    service: Mailer  # type: ignore[assignment]

    def __init__(self, engine: Engine, channel_id: int, kind: str, clock: Clock, seed: int):
        super().__init__(engine, channel_id, kind, clock, seed)
        self.service = Mailer(kind, clock, self.chance)  # type: ignore[assignment]
        self._senders: list[Sender] = []
        self._stack: list[Sender] = []  # who has a turn, in the middle of whose turn …
        self._idle, self._progress = 0, True
        self._answered: set[int] = set()  # by a person

    def turn(self) -> bool:
        """One step of a worker that is not in the middle of another; False where nobody has anything to do."""
        while len(self._senders) < WORKERS:
            self._senders.append(self._sender())
        sender = self.chance.choice([each for each in self._senders if each not in self._stack])
        self._stack.append(sender)
        try:
            self._step(sender)
        except Killed:
            self._gone(sender)
        finally:
            self._stack.remove(sender)
        self._idle = 0 if sender.busy or self._progress else self._idle + 1
        return self._idle < PATIENCE or any(each.busy for each in self._senders)

    def _sender(self) -> Sender:
        office = Office(self._engine, self._wire, world.VAULT, STUDIO, self.clock, self.chance.random)
        self._at_work.append(office)
        return Sender(office)

    def _gone(self, sender: Sender) -> None:
        self._senders.remove(sender)
        self._at_work.remove(sender.office)

    def _is_crowded(self) -> bool:
        return len(self._stack) >= WORKERS

    def _step(self, sender: Sender) -> None:
        self._progress = True
        if sender.aside:
            Worker(sender.office, 0)._deal_with(sender.aside.pop())
        elif sender.desk.jobs and self.chance.random() < 0.5:
            self._call(sender)
        elif self.weather.kill and self.chance.random() < STOPS:
            self._stop(sender)
        else:
            self._progress = bool(_tried(sender.many.round)[0])

    def _call(self, sender: Sender) -> None:
        job = sender.desk.jobs.pop(self.chance.randrange(len(sender.desk.jobs)))
        try:
            outcome = self._wire.drive(job.flow, job.adapter, job.record, job.hooks)
        except Exception as error:  # noqa: BLE001 — as whoever makes the calls hands it over
            outcome = error
        job.done(outcome)

    def _stop(self, sender: Sender) -> None:
        """In good order: what is under way is waited for, the rest is given back."""
        while sender.desk.jobs:
            self._call(sender)
        while sender.many.flying and _tried(sender.many.round, False)[1] is None:
            pass
        _tried(sender.many.give_back)
        self._gone(sender)

    @contextmanager
    def writing(self, engine: Engine, *, concurrent: bool = False) -> Iterator[Session]:
        """Whoever writes must hold what it writes to."""
        with super().writing(engine, concurrent=concurrent) as session:
            before = _hands(session)
            yield session
            session.flush()
            if self._stack:
                self._check_hands(self._stack[-1], before, _hands(session))

    def _check_hands(self, sender: Sender, before: Hands, after: Hands) -> None:
        for row, (owner, status, item, until) in before.items():
            if after[row][:3] == (owner, status, item):
                continue
            claimed = after[row][0] != owner and after[row][1] == Status.SENDING
            foreign = status == Status.SENDING and owner not in sender.tokens
            if foreign and not (claimed and until is not None and until <= self.clock()):
                self.service.broken.append(f"delivery {row} was written by somebody who did not hold it")
            if claimed:
                sender.tokens.add(after[row][0])

    def _check_mark(self, call: Call) -> None:
        """No byte without a durable mark and a lease, for the whole batch."""
        row = next(each for each in self.rows() if call.json["mails"][0]["to"] in self._readers(each))
        if row.committed_at is None or row.called_at is None:
            self.service.broken.append(f"delivery {row.id} went out without a mark")
        if row.status != Status.SENDING or row.next_at is None or row.next_at <= self.clock():
            self.service.broken.append(f"delivery {row.id} went out without a lease")

    def answer_doubts(self) -> None:
        for row in self.rows():
            if row.status != Status.IN_DOUBT:
                continue
            self.asked += 1
            self._answered.add(row.id)
            self._check_told(row)
            live = any(self.service.published[reader] for reader in self._readers(row))
            with writing(self._engine) as session:
                found = queue.get(session, row.id)
                if live:
                    resolve.live(session, found, "https://mail.example/1", self.clock())
                else:
                    resolve.again(session, found, self.clock())

    def _work(self, turns: int, later: Sequence[float] = (0,)) -> None:
        super()._work(4 * turns, later)  # its steps are smaller

    def _set_up(self) -> None:
        values = {"missed": "send", "gap_seconds": 0, "paused_at": None, "resume_at": None}
        with writing(self._engine) as session:
            session.execute(delete(RecipientRow))
            session.execute(delete(DeliveryRow))
            channels.set_values(session, self._channel_id, values)
            weekly = newsletter.list_of(session, 1, "Weekly")
            channel, issue, now = (
                channels.get(session, self._channel_id),
                pieces.get(session, 1),
                self.clock(),
            )
            mail = adapter(channel.kind).can.mail
            assert mail is not None
            newsletter.freeze(session, issue, channel, mail, weekly.id, due_at=now, slot_key=None, now=now)

    def _copies(self, row: DeliveryRow) -> Sequence[RecipientRow]:
        with reading(self._engine) as session:
            query = select(RecipientRow).where(col(RecipientRow.delivery_id) == row.id)
            return session.execute(query.order_by(col(RecipientRow.id))).scalars().all()

    def _readers(self, row: DeliveryRow) -> list[str]:
        return [copy.email for copy in self._copies(row)]

    def faults(self) -> list[str]:
        found = list(self.service.broken)
        found += [f"{to} was mailed {n} times" for to, n in self.service.published.items() if n > 1]
        for row in self.rows():
            if row.status not in SETTLED:
                found.append(f"delivery {row.id} is stuck: {row.status} until {row.next_at}, {row.reason}")
            found += [fault for copy in self._copies(row) for fault in self._faults_of_copy(copy)]
        return found

    def _faults_of_copy(self, copy: RecipientRow) -> Iterator[str]:
        live = bool(self.service.published[copy.email])
        told = copy.delivery_id in self._answered and copy.email.startswith(REFUSED)  # a person spoke for all
        if copy.state not in {RecipientState.SENT, RecipientState.FAILED}:
            yield f"the copy of {copy.email} is {copy.state}"
        elif live != (copy.state == RecipientState.SENT) and not told:
            yield f"the copy of {copy.email} is {copy.state}, and live is {live}"
        elif copy.state == RecipientState.FAILED and not copy.reason:
            yield f"the copy of {copy.email} failed without a reason"


def _hands(session: Session) -> Hands:
    query = select(
        *(col(getattr(DeliveryRow, name)) for name in ("id", "owner", "status", "item", "next_at"))
    )
    return {row.id: (row.owner, row.status, row.item, row.next_at) for row in session.execute(query)}


def fill(session: Session) -> None:
    """A list, its readers, and an issue for them, which is the piece 1."""
    weekly = subscribe.create_list(session, 1, "Weekly", now=NOW)
    people = "email\n" + "\n".join(f"{name}@example.com" for name in READERS)
    subscribe.import_csv(session, 1, weekly.name, people.encode(), source="test", now=NOW)
    assert new_issue(session).id == 1
