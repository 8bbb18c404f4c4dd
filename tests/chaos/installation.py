"""An installation with something of every sort in its queue, the daemons that live and die over it, and its books."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, make_url, select
from sqlmodel import Session, col

from scheduler.domain.delivery import Status
from scheduler.domain.piece import Content, PieceKind
from scheduler.domain.subscriber import RecipientState
from scheduler.services import connect, newsletter, subscribe
from scheduler.store import channels, pieces, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import ArticleRow, ChannelRow, DeliveryRow, RecipientRow
from scheduler.store.vault import Vault, read_key
from tests import world
from tests.chaos.fire import Failpoint, Place, run_daemon
from tests.chaos.receiver import Receiver

SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["tests.chaos.fire"])
FINAL = {Status.SENT, Status.IN_DOUBT, Status.FAILED, Status.HELD, Status.CANCELLED}
LATER = 300.0  # seconds: every lease has ended, every grace is over
#: Kind -> how it is set up for a receiver at an address.
KINDS: dict[str, Callable[[str], dict[str, str]]] = {
    "mastodon": lambda url: {"server": url, "token": "token-123456"},
    "bluesky": lambda url: {"server": url, "handle": "us.example", "app_password": "pass-123456"},
    "draftbox": lambda url: {"server": url},
    "discord": lambda url: {"webhook_url": f"{url}/discord/webhooks/123/secret-token"},
    "mailpit": lambda url: {"server": url, "from_address": "news@ledger.example"},
    "postbox": lambda url: {"server": url},
    "postmark": lambda url: {
        "server": url,
        "from_address": "news@ledger.example",
        "server_token": "token-123456",
    },
}
#: What the tests try: one for each way to tell a repeat on SQLite, and what goes by the many on both.
#: `make chaos` tries all kinds on both.
TRIED = [("sqlite", kind) for kind in ("mastodon", "draftbox", "mailpit", "discord", "postmark")] + [
    ("postgresql", "postmark")
]
BLIND = {"discord", "postmark"}  # a doubt may stay one
MAIL = {"mailpit", "postbox", "postmark"}
THREADS = {"mastodon", "bluesky", "draftbox"}


class Installation:
    """A database with a channel of one kind: `count` posts or mails, and a thread, due `apart` seconds apart.

    `items` has for each delivery what the receiver will know it by.
    """

    def __init__(
        self,
        folder: Path,
        database: str,
        kind: str,
        url: str,
        count: int,
        *,
        thread: int = 3,
        apart: float = 0.0,
        senders: int = 2,
        fast: bool = True,
    ):
        files = (str(folder / name) for name in ("pullquote.key", "died", "ahead"))
        key_file, died, ahead = files
        self.place = Place(database, key_file, url, died, ahead, senders, fast=fast)
        self.kind = kind
        self._later = 0.0
        self.pass_time(0)
        self.items: dict[int, list[str]] = {}
        self.engine: Engine = open_engine(database)
        with writing(self.engine) as session:
            self._fill(session, count, thread)
            for number, row in enumerate(queue.listed(session)):
                due = row.due_at + timedelta(seconds=number * apart)
                queue.change(session, row, due_at=due, next_at=due)

    def _fill(self, session: Session, count: int, thread: int) -> None:
        now = datetime.now(UTC)
        row = connect.add_channel(
            session,
            world.workspace(session, now).id,
            kind=self.kind,
            name=f"the {self.kind}",
            zone_name="UTC",
            values=KINDS[self.kind](self.place.receiver),
            vault=Vault([read_key(Path(self.place.key_file))]),
            now=now,
        )
        channels.set_values(session, row.id, {"gap_seconds": 0, "missed": "send"})
        article = world.article(session, now)
        if self.kind in MAIL:
            self._issue(session, article, row, count, now)
            return
        texts = [[f"Post {i}."] for i in range(count)]
        if thread and self.kind in THREADS:
            texts.append([f"Part {i}." for i in range(thread)])
        for each in texts:
            (delivery,) = world.due(session, world.post(session, now, *each, of=article), row, now)
            self.items[delivery.id] = each

    def _issue(
        self, session: Session, article: ArticleRow, row: ChannelRow, count: int, now: datetime
    ) -> None:
        people = "email\n" + "\n".join(f"reader{i}@example.com" for i in range(count))
        subscribe.create_list(session, 1, "Weekly", now=now)
        subscribe.import_csv(session, 1, "Weekly", people.encode(), source="test", now=now)
        content = Content(subject="The river", template="issue", link="https://ledger.example/river")
        issue = pieces.add(
            session, article_id=article.id, kind=PieceKind.ISSUE, content=content, recipe="default", now=now
        )
        audience = newsletter.list_of(session, 1, "Weekly")
        mail = connect.adapter(self.kind).can.mail
        batches = newsletter.freeze(
            session, issue, row, replace(mail, batch=min(mail.batch, 3)), audience.id, due_at=now,
            slot_key=None, now=now,
        )  # fmt: skip
        for delivery in batches:
            self.items[delivery.id] = [copy.email for copy in _copies(session, delivery)]

    def rows(self) -> list[DeliveryRow]:
        with reading(self.engine) as session:
            return queue.listed(session, limit=10_000)

    def states(self) -> Counter[str]:
        return Counter(row.status for row in self.rows())

    def settled(self) -> bool:
        """Nothing is left for a daemon to do."""
        return all(row.status in FINAL and row.next_at is None for row in self.rows())

    def died_at(self) -> str:
        died = Path(self.place.died)
        return died.read_text() if died.exists() else ""

    def pass_time(self, seconds: float) -> None:
        """For every daemon of this installation, those that run included."""
        self._later += seconds
        fresh = Path(f"{self.place.ahead}.new")
        fresh.write_text(str(self._later))
        fresh.replace(self.place.ahead)

    @contextmanager
    def daemon(self, point: Failpoint | None = None) -> Iterator[multiprocessing.Process]:
        process = SPAWN.Process(target=run_daemon, args=(self.place, point))
        process.start()
        try:
            yield process
        finally:
            if process.is_alive():
                process.terminate()
            process.join(20)
            if process.is_alive():
                process.kill()
                process.join()

    def run_to_the_end(self, tries: int = 30) -> None:
        """Daemons that nothing happens to, until nothing is left to do; each must stop in good order."""
        for _ in range(tries):
            self.pass_time(max(LATER, self._until_the_next()))
            if self.settled():
                return
            with self.daemon() as process:
                until(self.idle, 60)
                process.terminate()
                process.join(20)
                assert process.exitcode == 0, "it did not drain"
        raise AssertionError("it comes to no end")

    def _until_the_next(self) -> float:
        nexts = [row.next_at for row in self.rows() if row.next_at is not None]
        return max(0.0, (min(nexts) - self.place.clock()).total_seconds()) if nexts else 0.0

    def idle(self) -> bool:
        """Nothing is due, and nothing is in anybody's hands."""
        now = self.place.clock()
        return all(
            row.status != Status.SENDING and (row.next_at is None or row.next_at > now) for row in self.rows()
        )

    def close(self) -> None:
        self.engine.dispose()


def _copies(session: Session, delivery: DeliveryRow) -> list[RecipientRow]:
    query = select(RecipientRow).where(col(RecipientRow.delivery_id) == delivery.id)
    return list(session.execute(query.order_by(col(RecipientRow.id))).scalars())


def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    """Wait for what another process does."""
    patience = threading.Event()
    for _ in range(int(seconds / 0.02)):
        if condition():
            return
        patience.wait(0.02)
    raise AssertionError("it did not happen in time")


class Books:
    """What the daemon says against what the receiver counted."""

    def __init__(self, place: Installation, receiver: Receiver):
        self._published = receiver.published
        self._order = receiver.order
        self._place = place
        self.sheet: Counter[str] = Counter()
        self.faults: list[str] = []
        for row in place.rows():
            self._enter(row)
        self.sheet["published"] = self._published.total()
        self.sheet["answered as repeats"] = receiver.repeats
        self._twice()
        self._integrity()

    def _fault(self, row: DeliveryRow, what: str) -> None:
        self.faults.append(f"delivery {row.id} ({row.status}, item {row.item}): {what}")

    def _twice(self) -> None:
        known = {item for items in self._place.items.values() for item in items}
        for item, times in self._published.items():
            if times > 1:
                self.faults.append(f"{item} was published {times} times")
            if item not in known:
                self.faults.append(f"{item} was never asked for")
        self.sheet["published twice"] = sum(times - 1 for times in self._published.values())

    def _enter(self, row: DeliveryRow) -> None:
        self.sheet["deliveries"] += 1
        self.sheet[row.status] += 1
        if row.status not in FINAL or row.next_at is not None:
            self._fault(row, "it is not settled")
        elif row.status == Status.FAILED and not row.reason:
            self._fault(row, "it failed without a reason")
        if row.status == Status.IN_DOUBT and self._place.kind not in BLIND:
            self._fault(row, "it can be looked up, and is in doubt")
        if self._place.kind in MAIL:
            self._enter_mail(row)
        else:
            self._enter_post(row, self._place.items[row.id])

    def _enter_post(self, row: DeliveryRow, items: list[str]) -> None:
        live = [bool(self._published[item]) for item in items]
        done = len(items) if row.status == Status.SENT else row.item
        unknown = 1 if row.status == Status.IN_DOUBT else 0
        if not all(live[:done]):
            self.sheet["lost"] += 1
            self._fault(row, f"said to be sent, but {live} is live")
        if any(live[done + unknown :]):
            self._fault(row, f"{live} is live, which nobody knows of")
        self.sheet["in doubt and live"] += sum(live[done : done + unknown])
        places = [self._order.index(item) for item in items if item in self._published]
        if places != sorted(places):
            self._fault(row, "its items went out in another order")
        with reading(self._place.engine) as session:
            if len(queue.receipts(session, row.id)) != done:
                self._fault(row, f"{done} items are sent, and their receipts are not as many")

    def _enter_mail(self, row: DeliveryRow) -> None:
        with reading(self._place.engine) as session:
            copies = _copies(session, row)
        for copy in copies:
            self.sheet[f"copies {copy.state}"] += 1
            live = bool(self._published[copy.email])
            if copy.state == RecipientState.WAITING:
                self._fault(row, f"the copy of {copy.email} is unexplained")
            elif copy.state == RecipientState.IN_DOUBT:
                self.sheet["in doubt and live"] += live
            elif live != (copy.state == RecipientState.SENT):
                self.sheet["lost"] += not live
                self._fault(row, f"the copy of {copy.email} is {copy.state}, and live is {live}")

    def _integrity(self) -> None:
        url = make_url(self._place.place.database)
        if url.get_backend_name() == "sqlite":
            with closing(sqlite3.connect(str(url.database))) as database:
                (said,) = database.execute("PRAGMA integrity_check").fetchone()
            self.sheet["integrity_check ok"] += said == "ok"
            if said != "ok":
                self.faults.append(f"integrity_check: {said}")
