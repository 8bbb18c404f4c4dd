"""Send many at a time: the steps of deliver.py, each for all that is at hand in one transaction.

One thread writes: what came back is settled, what goes out next is frozen and marked, and more is claimed, with one
commit. The calls are made by `bulk` meanwhile. After a crash no more is in doubt than was under way. Whatever is not
plainly sent goes the way of deliver.py.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlmodel import Session

from scheduler.channels import Adapter, adapter
from scheduler.domain import delivery as rules
from scheduler.domain.capabilities import Capabilities
from scheduler.domain.delivery import Marks, Step
from scheduler.domain.errors import PullquoteError
from scheduler.domain.message import Receipt
from scheduler.domain.turns import Lane
from scheduler.render.email import CompiledIssue
from scheduler.services import compose, connect, letters
from scheduler.services.settle_many import Flight, divided, settle_one, settle_plain
from scheduler.services.work import Keeper, Office, Work
from scheduler.store import channels, ledger, pauses, queue
from scheduler.store.barriers import Barred
from scheduler.store.claimed import Claimed
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow
from scheduler.transport import Hooks, Record
from scheduler.transport.bulk import Bulk, Job

log = logging.getLogger(__name__)

COPIES = 4000  # readers' copies under way: what bounds the memory where one call has a thousand
STALE = timedelta(seconds=1)  # an issue is composed anew after this: a person may have revised it
GATHER, MOMENT = 0.03, 0.003  # seconds: what comes back is waited for that long, in such steps
CROWD = 32  # of fewer than that, each is worth a commit of its own
FRESH = timedelta(milliseconds=800)  # the mark saw no pause: a look later than this asks again

Place = tuple[int, int]  # channel and piece, or piece and list


@dataclass
class Counter:
    """A channel, opened, while many of its deliveries are dealt with."""

    channel: ChannelRow
    adapter: Adapter
    record: Record
    issues: dict[int, Composed] = field(default_factory=dict)  # by piece


@dataclass(frozen=True)
class Composed:
    """An issue, the same for whatever list it goes to."""

    draft: compose.Draft
    issue: CompiledIssue
    at: datetime


@dataclass(frozen=True)
class Way:
    """How a delivery goes, and all that are like it; without an issue where it was frozen before."""

    counter: Counter
    composed: Composed | None = None


@dataclass(frozen=True)
class Edition:
    """An issue for one list: what its copies share, the key that it is stored by, and what each delivery keeps."""

    shared: letters.Edition
    key: str
    kept: dict[str, Any]


Fresh = tuple[Work, Way]  # claimed, and about to be started


class Many:
    """Keeps `bulk` busy with mail. `aside` takes a claimed delivery that has to go alone."""

    def __init__(self, office: Office, bulk: Bulk, aside: Callable[[Work], None]):
        self._office = office
        self._bulk = bulk
        self._aside = aside
        self._landing: SimpleQueue[tuple[Flight, Any]] = SimpleQueue()
        self._landed: list[tuple[Flight, Any]] = []
        self._stock: deque[Work] = deque()
        self._counters: dict[int, Counter] = {}
        self._looks: dict[Place, datetime] = {}  # when somebody last saw that nothing was paused there
        self._flying = 0
        self._most = 2  # until it is known how much one call carries

    @property
    def flying(self) -> int:
        return self._flying

    def wait(self, seconds: float) -> None:
        """Until something comes back, and a moment more: a round for many costs little more than one for a single."""
        try:
            self._landed.append(self._landing.get(timeout=seconds))
        except Empty:
            return
        end = monotonic() + GATHER
        while self._flying >= CROWD and self._landing.qsize() < self._flying // 4 and monotonic() < end:
            sleep(MOMENT)

    def round(self, more: bool = True) -> bool:
        """Settle, start and claim with one commit, then make the calls. False where there was nothing to do."""
        while not self._landing.empty():
            self._landed.append(self._landing.get())
        fresh = self._sorted_out() if more else []
        plain, others = divided(self._landed)
        try:
            with writing(self._office.engine, concurrent=True) as session:
                refused = self._settle(session, plain)
                ready, unusual = self._start(session, fresh)
                claimed = self._claim(session) if more else []
        except (SQLAlchemyError, Barred) as error:  # what came back is kept for the next round
            self._stock.extendleft(work for work, _ in reversed(fresh))
            if more and isinstance(error, Barred):  # what is in hand may still be settled
                self.give_back()
                return self.round(more=False)
            raise
        self._go_on(fresh, ready, unusual, claimed)
        if refused:
            others += plain
        progress = bool(self._landed or ready or claimed)
        self._flying += len(ready) - len(self._landed)
        self._landed = []
        self._bulk.submit([self._job(flight) for flight in ready])
        for flight, outcome in others:
            try:
                settle_one(self._office, flight, outcome)
            except (SQLAlchemyError, Barred):  # its lease will run out; the others are settled all the same
                log.exception("Delivery %d was not settled", flight.row.id)
        return progress

    def _go_on(
        self,
        fresh: Sequence[Fresh],
        ready: Sequence[Flight],
        unusual: Sequence[Work],
        claimed: Sequence[Work],
    ) -> None:
        """It is committed: what is in our hands from here on, and whose leases are renewed."""
        for flight in ready:
            flight.row.message = flight.frozen
        leases = self._office.leases
        leases.let_go(flight for flight, _ in self._landed)
        leases.let_go(work for work, _ in fresh)
        leases.hold([*ready, *claimed])
        self._stock.extend(claimed)
        for work in unusual:
            self._aside(work)

    def give_back(self) -> None:
        """What was claimed and not started may be claimed again at once."""
        now, stock = self._office.clock(), list(self._stock)
        self._stock.clear()
        self._office.leases.let_go(stock)
        with writing(self._office.engine, concurrent=True) as session:
            held = ledger.held(session, [_token(work) for work in stock])
            for row in (work.row for work in stock if work.row.id in held):
                queue.settle(session, row, rules.resumed(queue.decision(row), now), now)

    def _settle(self, session: Session, plain: Sequence[tuple[Flight, Receipt]]) -> bool:
        """True where the database refused one of them: then each is settled by itself."""
        try:
            with session.begin_nested():
                settle_plain(session, plain, self._office.clock())
        except IntegrityError as error:
            log.warning("Receipts are written one by one: %s", error.orig)
            return True
        return False

    def _claim(self, session: Session) -> list[Work]:
        office, room = self._office, self._most - len(self._stock)
        if room <= 0:
            return []
        owner = uuid4().hex
        rows = queue.claim(
            session, office.clock(), owner=owner, lease=office.lease, limit=room, lane=Lane.MAIL_ONLY
        )
        if not rows:
            return []
        channel = channels.get(session, rows[0].channel_id)
        self._most = min(self._bulk.width, most(channel))
        return [Work(row, channel) for row in rows]

    def _sorted_out(self) -> list[Fresh]:
        """As many of the stock as may start now. What needs more than that is set aside."""
        found: list[Fresh] = []
        ways: dict[Any, Way | None] = {}  # most of a round are alike
        while self._stock and self._flying - len(self._landed) + len(found) < self._most:
            work = self._stock.popleft()
            row = work.row
            alike = id(work.channel), row.piece_id, row.item, row.message is None, queue.decision(row)
            if alike not in ways:
                ways[alike] = self._way(work)
            way = ways[alike]
            if way is None:
                self._office.leases.let_go([work])
                self._aside(work)
            else:
                found.append((work, way))
        return found

    def _counter(self, channel: ChannelRow) -> Counter | None:
        known = self._counters.get(channel.id)
        if known and (known.channel.config, known.channel.session) == (channel.config, channel.session):
            return known
        try:
            opened = connect.open_channel(channel, self._office.vault)
        except PullquoteError:
            return None
        counter = Counter(channel, opened, self._office.transport.recorder(opened))
        self._counters[channel.id] = counter
        return counter

    def _way(self, work: Work) -> Way | None:
        """None unless it is to be sent, by an adapter that needs no sign-in, and can be composed."""
        counter = self._counter(work.channel)
        if counter is None or counter.adapter.has("connect") or work.row.item:
            return None
        now = self._office.clock()
        step = rules.next_step(
            queue.decision(work.row),
            counter.adapter.can,
            probes=counter.adapter.has("probe"),
            now=now,
            timeout=self._office.timeout,
        )
        if step is not Step.SEND:
            return None
        if work.row.message is not None:
            return Way(counter)
        composed = self._composed(work.row, counter, now)
        return None if composed is None else Way(counter, composed)

    def _composed(self, row: Claimed, counter: Counter, now: datetime) -> Composed | None:
        counter.issues = {piece: each for piece, each in counter.issues.items() if now - each.at < STALE}
        if row.piece_id in counter.issues:
            return counter.issues[row.piece_id]
        try:
            with reading(self._office.engine) as session:
                studio = self._office.studio
                draft = compose.compose(session, row.piece_id, counter.adapter, studio, now)
        except PullquoteError:  # deliver.py meets it again, and says so
            return None
        if draft.issue is None:
            return None
        counter.issues[row.piece_id] = Composed(draft, draft.issue, now)
        return counter.issues[row.piece_id]

    def _start(self, session: Session, fresh: Sequence[Fresh]) -> tuple[list[Flight], list[Work]]:
        """What is frozen and marked, and what has to go alone. Nothing is kept of it before it is committed."""
        if not fresh:
            return [], []
        now, until = self._office.clock(), self._office.clock() + self._office.lease
        held = ledger.held(session, [_token(work) for work, _ in fresh])
        mine = [each for each in fresh if each[0].row.id in held]
        going = self._unpaused(session, mine)
        flights = self._frozen(session, going, now)
        ledger.start(session, [_started(flight) for flight in flights], now, until)
        for flight in flights:
            flight.step(now, until)
        flying = {flight.row.id for flight in flights}
        return flights, [work for work, _ in mine if work.row.id not in flying]

    def _unpaused(self, session: Session, held: Sequence[Fresh]) -> list[Fresh]:
        """Somebody may have pressed the button since they were claimed."""
        places = {(work.row.channel_id, work.row.piece_id) for work, _ in held}
        stopped = {place for place in places if pauses.on(session, *place)}
        return [each for each in held if (each[0].row.channel_id, each[0].row.piece_id) not in stopped]

    def _frozen(self, session: Session, going: Sequence[Fresh], now: datetime) -> list[Flight]:
        """Without those whose readers are all gone: deliver.py says so."""
        new = [work.row for work, _ in going if work.row.message is None]
        batches = letters.batches(session, new, self._office.vault, now) if new else {}
        editions: dict[Place, Edition] = {}
        flights, fresh = [], Marks(now, now)
        for work, way in going:
            row, kept, counter = work.row, work.row.message, way.counter
            if kept is not None:
                message = compose.thaw(session, row)
            elif way.composed and (batch := batches.get(row.id)):
                place = row.piece_id, batch.list_id
                if place not in editions:
                    editions[place] = self._edition(session, way.composed, place, now)
                edition = editions[place]
                kept = edition.kept | {"letter": letters.pack(edition.key, batch.readers)}
                message = compose.message(row, kept, letter=letters.letter(edition.shared, batch.readers))
            else:
                continue
            marks = fresh if row.committed_at is None else Marks(row.committed_at, now)
            record = Record(counter.record.redact)
            flight = Flight(row, work.channel, counter.adapter, record, marks=marks)
            flight.message, flight.frozen = message, kept
            flights.append(flight)
        return flights

    def _edition(self, session: Session, composed: Composed, place: Place, now: datetime) -> Edition:
        """Stored once for all batches of the round that go to the same list."""
        piece_id, list_id = place
        shared = letters.edition(session, list_id, piece_id, composed.issue, self._office.studio.base_url)
        return Edition(shared, letters.keep(session, shared, now), compose.frozen(composed.draft, now))

    def _job(self, flight: Flight) -> Job:
        assert flight.adapter and flight.record and flight.message  # noqa: S101, PT018 — `_frozen` set them
        keeper = _ManyKeeper(self._office, flight, flight.adapter.can, self._looks)
        hooks = Hooks(keeper.before_commit, keeper.last_look, keeper.keep)
        flow = compose.flow(flight.message, flight.adapter)
        return Job(flow, flight.adapter, flight.record, hooks, partial(self._land, flight))

    def _land(self, flight: Flight, outcome: Any) -> None:
        self._landing.put((flight, outcome))


class _ManyKeeper(Keeper):
    """A committing call that comes soon was marked with many others."""

    _marked = True

    def __init__(self, office: Office, work: Work, can: Capabilities, looks: dict[Place, datetime]):
        super().__init__(office, work, can)
        self._looks = looks

    def before_commit(self) -> None:
        marks = self._work.marks
        soon = marks is not None and self._office.clock() - marks.last < self._office.timeout / 2
        if not (self._marked and soon):
            super().before_commit()
        self._marked = False

    def last_look(self) -> None:
        """As for one delivery, but that one look at the button is good for all that go the same way."""
        marks, now = self._work.marks, self._office.clock()
        place = self._row.channel_id, self._row.piece_id
        if marks is None or now - max(marks.last, self._looks.get(place, marks.last)) > FRESH:
            self._look()
            self._looks[place] = now
        self._in_time()


def most(channel: ChannelRow) -> int:
    """How many deliveries of a channel may be under way."""
    mail = adapter(channel.kind).can.mail
    return max(2, COPIES // mail.batch) if mail else COPIES


def _token(work: Work) -> dict[str, Any]:
    return {"id": work.row.id, "owner": work.row.owner}


def _started(flight: Flight) -> dict[str, Any]:
    assert flight.marks  # noqa: S101 — `_frozen` set them
    return {
        "id": flight.row.id,
        "owner": flight.row.owner,
        "message": flight.frozen,
        "first": ledger.moment(flight.marks.first),
        "step": Step.SEND.value,
    }
