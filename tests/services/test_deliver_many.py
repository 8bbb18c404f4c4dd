"""Many at a time: what is claimed, marked and settled together keeps the rules of one delivery each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from scheduler.domain.addresses import networks
from scheduler.domain.errors import Transient
from scheduler.domain.message import Receipt, RecipientResult
from scheduler.render.environment import environment
from scheduler.services import compose, deliver_many, newsletter, subscribe
from scheduler.services.deliver_many import Many
from scheduler.services.settle_many import Flight, settle_one
from scheduler.services.work import Office, Stopped, TooLate, Work
from scheduler.store import barriers, channels, queue
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import DeliveryRow, PieceRow
from scheduler.transport import Transport
from scheduler.transport.bulk import Job
from tests import world
from tests.conftest import Clock
from tests.services.mailing import new_issue, readers


class Desk:
    """Stands where the calls are made: keeps the jobs until the test says how they end."""

    width = 10

    def __init__(self) -> None:
        self.jobs: list[Job] = []

    def submit(self, jobs: Sequence[Job]) -> None:
        self.jobs += jobs

    def close(self) -> None:
        """Nothing is open."""

    def answer(self) -> None:
        for job in self.jobs:
            job.done(Receipt("m"))
        self.jobs = []


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    engine = open_engine(f"sqlite:///{tmp_path}/queue.db")
    transport = Transport(clock, allowed=networks(["127.0.0.0/8"]), seconds=0.5)
    studio = compose.Studio(cards=None, environment=environment([]), base_url="https://news.example")  # type: ignore[arg-type]
    yield Office(engine, transport, world.VAULT, studio, clock, spread=lambda: 0.0)
    transport.close()
    engine.dispose()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def aside() -> list[Work]:
    return []


@pytest.fixture
def many(office: Office, desk: Desk, aside: list[Work]) -> Many:
    """At work on an issue for six readers in three batches."""
    now = office.clock()
    with writing(office.engine) as session:
        config = {"server": "http://127.0.0.1:1", "from_address": "a@example.com", "server_token": "t"}
        channel = world.channel(session, now, "postmark", **config)
        weekly = subscribe.create_list(session, 1, "Weekly", now=now)
        readers(session, weekly, 6)
        mail = newsletter.Mail(batch=2, max_bytes=50 * 2**20)
        newsletter.freeze(
            session, new_issue(session), channel, mail, weekly.id, due_at=now, slot_key=None, now=now
        )
    return Many(office, desk, aside.append)


def go(many: Many) -> None:
    """Rounds, until everything that may go is under way."""
    while many.round():
        pass


def rows(office: Office) -> list[DeliveryRow]:
    with reading(office.engine) as session:
        return queue.listed(session)


def states(office: Office) -> dict[str, int]:
    with reading(office.engine) as session:
        return dict(newsletter.progress(session, 1).counts)


def test_what_is_under_way_is_frozen_marked_and_noted(office: Office, many: Many, desk: Desk) -> None:
    go(many)
    assert len(desk.jobs) == 3
    for row in rows(office):
        assert (row.status, row.committed_at, row.called_at) == ("sending", office.clock(), office.clock())
        assert row.next_at == office.clock() + office.lease
        assert len((row.message or {})["letter"]["readers"]) == 2
        with reading(office.engine) as session:
            assert [(a.step, a.outcome) for a in queue.attempts(session, row.id)] == [("send", "")]


def test_each_receipt_is_written_with_its_copies_and_attempt(office: Office, many: Many, desk: Desk) -> None:
    go(many)
    desk.answer()
    go(many)
    assert states(office) == {"sent": 6}
    assert many.flying == 0
    for row in rows(office):
        assert (row.status, row.owner, row.next_at, row.attempts) == ("sent", "", None, 1)
        assert row.settled_at == row.committed_at == office.clock()
        with reading(office.engine) as session:
            assert [receipt.remote_id for receipt in queue.receipts(session, row.id)] == ["m"]
            assert [attempt.outcome for attempt in queue.attempts(session, row.id)] == ["Receipt"]


def test_an_answer_about_some_of_a_batch_leaves_the_others_in_doubt(
    office: Office, many: Many, desk: Desk
) -> None:
    go(many)
    first, *others = desk.jobs
    first.done(Receipt("m", recipients=(RecipientResult(1, ok=True, remote_id="x"),)))
    desk.jobs = others
    desk.answer()
    go(many)
    assert states(office) == {"sent": 5, "in-doubt": 1}


def test_a_refused_reader_costs_no_other(office: Office, many: Many, desk: Desk) -> None:
    go(many)
    results = (RecipientResult(1, ok=True), RecipientResult(2, ok=False, reason="no such mailbox"))
    desk.jobs.pop(0).done(Receipt("m", recipients=results))
    desk.answer()
    go(many)
    assert states(office) == {"sent": 5, "failed": 1}


def test_what_another_worker_took_over_is_left_to_it(
    office: Office, many: Many, desk: Desk, clock: Clock
) -> None:
    go(many)
    clock.advance(seconds=office.lease.total_seconds() + 1)
    with writing(office.engine) as session:
        taken = queue.claim(session, clock(), owner="other", lease=timedelta(seconds=30), limit=1)
    desk.answer()
    go(many)
    by_id = {row.id: row for row in rows(office)}
    assert by_id[taken[0].id].owner == "other"
    assert by_id[taken[0].id].status == "sending"
    assert states(office) == {"sent": 4, "waiting": 2}


def test_an_answer_outlives_a_database_that_was_busy(office: Office, many: Many, desk: Desk) -> None:
    go(many)
    desk.answer()

    @event.listens_for(office.engine, "begin")
    def busy(_connection: object) -> None:
        raise world.database_error()

    with pytest.raises(OperationalError):
        many.round()
    event.remove(office.engine, "begin", busy)
    go(many)
    assert states(office) == {"sent": 6}


def test_a_channel_that_was_paused_meanwhile_sends_nothing(
    office: Office, many: Many, desk: Desk, aside: list[Work]
) -> None:
    many.round()  # claims
    with writing(office.engine) as session:
        channels.pause(session, 1, "stop", office.clock())
    go(many)
    assert desk.jobs == []
    assert len(aside) == 2
    assert all(row.committed_at is None for row in rows(office))


def test_one_look_at_the_button_serves_all_for_a_moment_and_no_longer(
    office: Office, many: Many, desk: Desk, clock: Clock
) -> None:
    office.transport.seconds = 30
    go(many)
    looks: list[str] = []
    event.listen(office.engine, "begin", lambda _connection: looks.append("look"))
    clock.advance(seconds=1)
    for job in desk.jobs:
        job.hooks.last_look()
    assert looks == ["look"]
    with writing(office.engine) as session:
        channels.pause(session, 1, "stop", office.clock())
    clock.advance(seconds=0.9)
    for job in desk.jobs:
        with pytest.raises(Stopped):
            job.hooks.last_look()


def test_a_look_that_others_took_does_not_prolong_a_lease(
    office: Office, many: Many, desk: Desk, clock: Clock
) -> None:
    go(many)
    first, second, _ = desk.jobs
    clock.advance(seconds=office.timeout.total_seconds())
    first.hooks.last_look()
    clock.advance(seconds=0.1)
    with pytest.raises(TooLate):
        second.hooks.last_look()


def test_what_was_not_started_is_given_back(office: Office, many: Many) -> None:
    many.round()  # claims
    many.give_back()
    assert {(row.status, row.owner, row.attempts) for row in rows(office)} == {("scheduled", "", 0)}


def test_one_that_the_database_refuses_costs_no_other(
    office: Office, many: Many, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    go(many)
    with writing(office.engine) as session:
        row = queue.get(session, 2)
        queue.item_sent(session, row, 0, Receipt("there already"), office.clock(), office.clock())
    desk.answer()
    go(many)
    assert "one by one" in caplog.text
    assert [row.status for row in rows(office) if row.id != 2] == ["sent", "sent"]


def test_one_that_cannot_be_settled_costs_no_other(
    office: Office, many: Many, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    go(many)

    def refused(office: Office, flight: Flight, outcome: object) -> None:
        if flight.row.id == 1:
            raise world.database_error()
        settle_one(office, flight, outcome)

    monkeypatch.setattr(deliver_many, "settle_one", refused)
    for job in desk.jobs:
        job.done(Transient("later", "later"))
    go(many)
    assert [row.status for row in rows(office)] == ["sending", "scheduled", "scheduled"]


def test_what_was_frozen_for_nothing_is_frozen_again(
    office: Office, many: Many, desk: Desk, aside: list[Work]
) -> None:
    many.round()  # claims

    @event.listens_for(office.engine, "commit")
    def full(_connection: object) -> None:
        raise world.database_error()

    with pytest.raises(OperationalError):
        many.round()
    event.remove(office.engine, "commit", full)
    go(many)
    assert len(desk.jobs) == 3
    desk.answer()
    go(many)
    assert states(office) == {"sent": 6}
    assert aside == []


def test_what_was_set_aside_for_nothing_is_in_nobodys_second_hand(
    office: Office, many: Many, aside: list[Work]
) -> None:
    many.round()  # claims
    with writing(office.engine) as session:
        channels.pause(session, 1, "stop", office.clock())

    @event.listens_for(office.engine, "commit")
    def full(_connection: object) -> None:
        raise world.database_error()

    with pytest.raises(OperationalError):
        many.round()
    event.remove(office.engine, "commit", full)
    go(many)
    assert len(aside) == len({work.row.id for work in aside}) == 2


def test_while_it_moves_what_is_under_way_is_settled_and_the_rest_given_back(
    office: Office, many: Many, desk: Desk
) -> None:
    desk.width = 1
    many.round()  # claims two
    many.round()  # starts one
    with writing(office.engine) as session:
        barriers.bar_claims(session, "It is moving.")
    desk.answer()
    many.round()
    assert sorted(row.status for row in rows(office)) == ["scheduled", "scheduled", "sent"]
    assert {row.owner for row in rows(office)} == {""}


def test_each_list_gets_the_mail_that_names_it(office: Office, many: Many, desk: Desk) -> None:
    now = office.clock()
    with writing(office.engine) as session:
        daily = subscribe.create_list(session, 1, "Daily", now=now)
        subscribe.import_csv(session, 1, "Daily", b"email\nz@example.com\n", source="test", now=now)
        issue, channel = session.get_one(PieceRow, 1), channels.get(session, 1)
        mail = newsletter.Mail(batch=2, max_bytes=50 * 2**20)
        newsletter.freeze(session, issue, channel, mail, daily.id, due_at=now, slot_key=None, now=now)
    go(many)
    named = {
        header["Value"] for job in desk.jobs for mail in next(job.flow).json for header in mail["Headers"]
    }
    ids = {value.partition(" <")[0] for value in named if value.endswith(".news.example>")}
    assert ids == {'"Weekly"', '"Daily"'}


def test_two_issues_go_out_side_by_side(office: Office, many: Many, desk: Desk, aside: list[Work]) -> None:
    now = office.clock()
    with writing(office.engine) as session:
        channel = channels.get(session, 1)
        mail = newsletter.Mail(batch=2, max_bytes=50 * 2**20)
        newsletter.freeze(session, new_issue(session), channel, mail, 1, due_at=now, slot_key=None, now=now)
    go(many)
    assert (len(desk.jobs), aside) == (6, [])
    assert sorted(row.piece_id for row in rows(office) if row.status == "sending") == [1, 1, 1, 2, 2, 2]


def test_one_that_was_taken_over_does_not_keep_the_others_from_being_given_back(
    office: Office, many: Many, clock: Clock
) -> None:
    many.round()  # claims two
    clock.advance(seconds=office.lease.total_seconds() + 1)
    with writing(office.engine) as session:
        queue.claim(session, clock(), owner="other", lease=timedelta(seconds=30), limit=1)
    many.give_back()
    assert sorted(row.owner for row in rows(office)) == ["", "", "other"]
