"""An issue on its way: the real daemon's steps, mail adapter and transport, against a server that answers as told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import pytest

from scheduler.domain.addresses import networks
from scheduler.domain.delivery import MAX_ATTEMPTS
from scheduler.domain.piece import Content
from scheduler.domain.subscriber import Progress
from scheduler.render.environment import environment
from scheduler.services import compose, newsletter, resolve, subscribe
from scheduler.services.deliver import Office, Work, claim_next, deal_with
from scheduler.services.deliver_many import Many
from scheduler.store import events, pieces, queue, suppressions
from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import DeliveryRow, ListRow, PieceRow
from scheduler.transport import Transport
from scheduler.transport.bulk import Bulk
from scheduler.transport.loop import Loop
from tests import world
from tests.conftest import Clock
from tests.servers import Answer, Got, serving
from tests.services.mailing import leave, new_issue, readers

Send = Callable[[Office], DeliveryRow]

ACCEPTED = {"ErrorCode": 0, "MessageID": "m"}


@pytest.fixture
def office(database: str, clock: Clock) -> Iterator[Office]:
    engine = open_engine(database)
    transport = Transport(clock, allowed=networks(["127.0.0.0/8"]), seconds=0.5)
    studio = compose.Studio(cards=None, environment=environment([]), base_url="https://news.ledger.example")  # type: ignore[arg-type]
    yield Office(engine, transport, world.VAULT, studio, clock, spread=lambda: 0.0)
    transport.close()
    engine.dispose()


def schedule(
    office: Office, address: str, count: int, content: Content | None = None, kind: str = "postmark"
) -> None:
    """An issue for `count` readers, due now."""
    now = office.clock()
    with writing(office.engine) as session:
        config = {"server": address, "from_address": "letter@ledger.example"}
        if kind == "postmark":
            config["server_token"] = "t"
        channel = world.channel(session, now, kind, **config)
        issue = new_issue(session)
        if content:
            pieces.revise(session, issue, content)
        weekly = subscribe.create_list(session, 1, "Weekly", now=now)
        readers(session, weekly, count)
        mail = newsletter.Mail(batch=500, max_bytes=50 * 2**20)
        newsletter.freeze(session, issue, channel, mail, weekly.id, due_at=now, slot_key=None, now=now)


def one_by_one(office: Office) -> None:
    while (work := claim_next(office)) is not None:
        deal_with(office, work)


def many_at_once(office: Office, bulk: Bulk) -> None:
    aside: list[Work] = []
    many = Many(office, bulk, aside.append)
    while many.round() or many.flying or aside:
        if many.flying:
            many.wait(5)
        while aside:
            deal_with(office, aside.pop())


@pytest.fixture(params=["one by one", "on an event loop"])
def send(request: pytest.FixtureRequest, office: Office) -> Iterator[Send]:
    """Send what is due, in each of the ways that there are."""
    bulk = Loop(office.transport) if "loop" in request.param else None

    def sent(office: Office) -> DeliveryRow:
        many_at_once(office, bulk) if bulk else one_by_one(office)
        with reading(office.engine) as session:
            return queue.get(session, 1)

    yield sent
    if bulk:
        bulk.close()


def progress(office: Office) -> Progress:
    with reading(office.engine) as session:
        return newsletter.progress(session, 1)


def taken(got: Got) -> Answer:
    return Answer(200, json.dumps([ACCEPTED for _ in got.json()]).encode())


def test_each_reader_gets_a_mail_with_a_link_that_works(office: Office, send: Send) -> None:
    with serving(taken) as server:
        schedule(office, server.url, 3)
        assert send(office).status == "sent"
        [call] = server.got
    mails = call.json()
    assert [mail["To"] for mail in mails] == [f'"Reader {i}" <reader{i}@example.com>' for i in range(3)]
    with writing(office.engine) as session:
        for mail in mails:
            headers = {header["Name"]: header["Value"] for header in mail["Headers"]}
            url = headers["List-Unsubscribe"].strip("<>")
            assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
            assert url in mail["HtmlBody"]
            assert mail["TextBody"].splitlines()[-1] == url
            assert subscribe.unsubscribe(session, url.rpartition("/")[2], world.VAULT, office.clock())
    assert progress(office).counts == {"sent": 3}
    assert progress(office).finished


def test_bad_addresses_cost_no_good_ones(office: Office, send: Send) -> None:
    answers = [
        ACCEPTED,
        {"ErrorCode": 406, "Message": "Inactive recipient"},
        {"ErrorCode": 300, "Message": "Invalid 'To' address"},
        ACCEPTED,
    ]
    with serving(lambda _got: Answer(200, json.dumps(answers).encode())) as server:
        schedule(office, server.url, 4)
        assert send(office).status == "sent"
        assert len(server.got) == 1
    assert progress(office).counts == {"sent": 2, "failed": 2}
    with reading(office.engine) as session:
        found = [suppressions.find(session, 1, f"reader{i}@example.com") for i in range(4)]
    assert [row.reason if row else "" for row in found] == ["", "hard", "invalid", ""]


def test_a_batch_that_everybody_left_is_settled_without_a_call(office: Office, send: Send) -> None:
    with serving(taken) as server:
        schedule(office, server.url, 2)
        with writing(office.engine) as session:
            for row in readers(session, session.get_one(ListRow, 1), 2):
                leave(session, row)
        row = send(office)
        assert server.got == []
    assert (row.status, row.code) == ("failed", "nobody-left")
    assert progress(office).counts == {"suppressed": 2}


@pytest.mark.parametrize("sign", ["\r\n", "\0", "\x85", "\u2028"])
def test_a_subject_that_smuggles_is_held_before_any_call(office: Office, send: Send, sign: str) -> None:
    with serving(taken) as server:
        schedule(office, server.url, 1, Content(subject=f"Hi{sign}Bcc: x@example.com", template="issue"))
        row = send(office)
        assert server.got == []
    assert row.status == "held"
    assert "control character" in row.reason
    assert progress(office).counts == {"waiting": 1}


def test_what_an_article_says_arrives_as_it_was_written(office: Office, send: Send) -> None:
    said = "{{ user.email }} and %recipient.x% and %%PQ:address%%"
    with serving(taken) as server:
        schedule(office, server.url, 1, Content(subject=said, preheader=said, template="issue"))
        send(office)
        [mail] = server.got[0].json()
    assert mail["Subject"] == said
    assert said in mail["HtmlBody"]


def test_a_batch_that_was_never_answered_is_in_doubt_and_its_readers_too(office: Office, send: Send) -> None:
    def silent(got: Got) -> Answer:
        return Answer(misbehave="drop") if got.method == "POST" else Answer(200, b'{"Messages": []}')

    with serving(silent) as server:
        schedule(office, server.url, 2)
        for _ in range(40):
            row = send(office)
            office.clock.advance(hours=2)  # type: ignore[attr-defined]
        assert [got.method for got in server.got].count("POST") == 1
    assert (row.status, row.next_at) == ("in-doubt", None)
    assert progress(office).counts == {"in-doubt": 2}
    assert not progress(office).finished
    with writing(office.engine) as session:
        resolve.drop(session, queue.get(session, 1), office.clock())
    assert progress(office).counts == {"failed": 2}


def test_a_mail_that_is_never_answered_and_never_there_fails_in_the_end_and_says_so(
    office: Office, send: Send
) -> None:
    def deaf(got: Got) -> Answer:
        return Answer(misbehave="drop") if got.method == "POST" else Answer(200, b'{"messages": []}')

    with serving(deaf) as server:
        schedule(office, server.url, 1, kind="mailpit")
        for _ in range(40):
            row = send(office)
            office.clock.advance(hours=2)  # type: ignore[attr-defined]
        assert [got.method for got in server.got].count("POST") == MAX_ATTEMPTS
    assert (row.status, row.reason) == ("failed", "Mailpit did not answer")
    assert progress(office).counts == {"failed": 1}
    with reading(office.engine) as session:
        assert [event.kind for event in events.latest(session)] == ["failed"]


def test_a_revised_issue_is_what_is_sent(office: Office, send: Send) -> None:
    with serving(taken) as server:
        schedule(office, server.url, 1)
        with writing(office.engine) as session:
            pieces.revise(session, session.get_one(PieceRow, 1), Content(subject="Snow", template="issue"))
        send(office)
        assert server.got[0].json()[0]["Subject"] == "Snow"
