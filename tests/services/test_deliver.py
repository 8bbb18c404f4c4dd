"""The steps of a delivery over the real store and transport, against a server that answers as told."""

import json
from datetime import timedelta

import pytest

import scheduler.channels
from scheduler.channels import Adapter, Call, ChannelConfig, Keep
from scheduler.domain.breaker import FAILURES
from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.delivery import MAX_ATTEMPTS
from scheduler.domain.message import Receipt
from scheduler.domain.pause import Pause, Reach, Target
from scheduler.services import connect, deliver
from scheduler.services.deliver import claim_next, deal_with, stumbled
from scheduler.services.work import Keeper
from scheduler.store import channels, pauses, pieces, queue
from scheduler.store.engine import open_engine, reading, writing
from tests import world
from tests.chaos.receiver import Receiver
from tests.servers import Answer, serving, unused_port
from tests.services.delivering import set_up, stored, told, work_off


@pytest.fixture
def engine(database):  # senders and readers have their own connections
    engine = open_engine(database)
    yield engine
    engine.dispose()


def test_sends_what_is_due_and_keeps_the_proof(office, clock):
    with serving() as server:
        set_up(office, server.url)
        assert work_off(office) == 1
        assert work_off(office) == 0
    row = stored(office)
    assert (row.status, row.attempts, row.owner, row.next_at) == ("sent", 1, "", None)
    assert row.settled_at == clock()
    with reading(office.engine) as session:
        (attempt,) = queue.attempts(session, 1)
        assert (attempt.step, attempt.outcome) == ("send", "Receipt")
        assert attempt.calls[0]["outcome"] == "200"
        assert len(queue.receipts(session, 1)) == 1


def test_every_retry_sends_the_same_bytes_under_the_same_key(office, clock):
    answers = iter([Answer(503), Answer(503), Answer(200)])
    with serving(lambda _: next(answers)) as server:
        set_up(office, "", "webhook", "Hello", url=server.url, repeat_is_safe=True)
        for _ in range(3):
            work_off(office)
            clock.advance(hours=1)
    assert stored(office).status == "sent"
    assert len({got.body for got in server.got}) == 1
    assert len({got.headers["idempotency-key"] for got in server.got}) == 1


def test_a_limit_that_names_no_time_costs_no_attempt_however_often_it_is_met(office, clock):
    with serving(lambda _: Answer(429)) as server:
        set_up(office, server.url, count=2)
        for _ in range(MAX_ATTEMPTS + 1):
            assert work_off(office) == 1  # the other one waits as well
            clock.advance(minutes=2)
    assert len(server.got) == MAX_ATTEMPTS + 1
    assert {(stored(office, n).status, stored(office, n).attempts) for n in (1, 2)} == {("scheduled", 0)}


def test_words_that_were_edited_after_composing_do_not_change_what_is_retried(office, clock):
    answers = iter([Answer(429, headers={"Retry-After": "60"}), Answer(200)])
    with serving(lambda _: next(answers)) as server:
        set_up(office, server.url)
        work_off(office)
        with writing(office.engine) as session:
            piece = pieces.get(session, 1)
            content = pieces.content(piece)
            content.texts[""] = ["Something else"]
            pieces.revise(session, piece, content)
        clock.advance(minutes=2)
        work_off(office)
    assert server.got[0].body == server.got[1].body


def test_asked_to_slow_down_it_waits_and_so_does_the_channel(office, clock):
    with serving(lambda _: Answer(429, headers={"Retry-After": "120"})) as server:
        set_up(office, server.url, count=2)
        assert work_off(office) == 1  # the second waits as well: it was not even tried
        assert len(server.got) == 1
        row = stored(office)
        assert (row.status, row.attempts) == ("scheduled", 0)
        assert row.next_at == clock() + timedelta(seconds=120)
        clock.advance(seconds=121)
        work_off(office)
        assert len(server.got) == 2


def test_refused_credentials_pause_the_channel_once_and_keep_its_queue(office, clock):
    with serving(lambda _: Answer(401)) as server:
        set_up(office, server.url, count=3)
        assert work_off(office) == 1
    assert told(office) == ["paused"]
    with reading(office.engine) as session:
        assert queue.counts(session) == {"scheduled": 3}
        assert "credentials" in channels.get(session, 1).paused_why


def test_a_refusal_fails_and_tells(office):
    with serving(lambda _: Answer(422)) as server:
        set_up(office, server.url)
        work_off(office)
    row = stored(office)
    assert (row.status, row.code) == ("failed", "http-422")
    assert told(office) == ["failed"]


def test_an_unanswered_call_is_in_doubt_and_never_repeated(office, clock):
    with serving(lambda _: Answer(misbehave="drop")) as server:
        set_up(office, server.url)
        work_off(office)
        clock.advance(days=3)
        work_off(office)
        assert len(server.got) == 1
    row = stored(office)
    assert (row.status, row.next_at) == ("in-doubt", None)
    assert told(office) == ["in-doubt"]


def test_with_a_key_an_unanswered_call_is_repeated_until_it_is_answered(office, clock):
    receiver = Receiver()
    dropped = []

    def answer(got):
        good = receiver(got)
        if len(dropped) < 2:
            dropped.append(got)
            return Answer(misbehave="drop")
        return good

    with serving(answer) as server:
        set_up(office, server.url, "mastodon", "Hello", server=server.url, token="token-123456")
        for _ in range(3):
            work_off(office)
            clock.advance(minutes=5)
    assert stored(office).status == "sent"
    assert receiver.published == {"Hello": 1}


def test_a_key_that_is_too_old_is_not_trusted(office, clock):
    """Mastodon forgets keys after an hour: an overnight crash must look first."""
    with serving(lambda got: Answer(misbehave="drop")) as server:
        set_up(office, server.url, "mastodon", "Hello", server=server.url, token="token-123456")
        work_off(office)
        clock.advance(hours=8)
        work_off(office)
        paths = [got.path for got in server.got]
    assert paths.count("/api/v1/statuses") == 1
    assert paths[-1] == "/api/v1/accounts/verify_credentials"
    assert stored(office).status == "in-doubt"


def test_a_refusal_after_an_unanswered_call_does_not_make_an_old_key_good(office, clock):
    """The first call may be live. That a later one was refused, or never got through, says nothing of it."""
    answers = iter([Answer(misbehave="drop"), Answer(503, headers={"Retry-After": "1"})])

    def answer(got):
        return next(answers, Answer(401)) if got.path == "/api/v1/statuses" else Answer(404)

    with serving(answer) as server:
        set_up(office, server.url, "mastodon", "Hello", server=server.url, token="token-123456")
        work_off(office)
        clock.advance(minutes=5)
        work_off(office)
        first = stored(office).committed_at
        clock.advance(minutes=5)
        work_off(office)  # 401: the channel is paused, and the doubt stays
        assert stored(office).committed_at == first
        with writing(office.engine) as session:
            channels.set_values(session, 1, {"paused_at": None})
        clock.advance(hours=8)
        work_off(office)
        sent = server.count("/api/v1/statuses")
    assert sent == 3  # not a fourth time under a key that is forgotten
    assert stored(office).status == "in-doubt"


def test_an_unreachable_service_is_tried_again_and_in_the_end_given_up(office, clock):
    set_up(office, f"http://127.0.0.1:{unused_port()}")
    waits = []
    for _ in range(MAX_ATTEMPTS):
        work_off(office)
        row = stored(office)
        waits.append(row.next_at and row.next_at - clock())
        clock.advance(hours=2)
    assert waits[:3] == [timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60)]
    assert (row.status, row.committed_at) == ("failed", None)


def test_a_thread_goes_on_at_the_item_that_failed(office, clock):
    receiver = Receiver()
    trouble = [Answer(503)]

    def answer(got):
        second = b"Two" in got.body and trouble
        return trouble.pop() if second else receiver(got)

    with serving(answer) as server:
        set_up(office, server.url, "mastodon", "One", "Two", "Three", server=server.url, token="token-123456")
        work_off(office)
        assert stored(office).item == 1
        clock.advance(minutes=5)
        work_off(office)
        replies = [got.json().get("in_reply_to_id") for got in server.got]
    assert receiver.published == {"One": 1, "Two": 1, "Three": 1}
    assert replies == [None, "1", "1", "2"]
    row = stored(office)
    assert (row.status, row.remote_id, row.item) == ("sent", "1", 3)


def test_the_items_of_a_thread_share_a_session_that_was_renewed(office):
    receiver, refused = Receiver(), []

    def answer(got):
        token = got.headers.get("authorization", "")
        if got.path.endswith("createSession"):
            session = {
                "accessJwt": f"jwt-{server.count(got.path)}",
                "did": "did:plc:us",
                "handle": "us.example",
            }
            return Answer(body=json.dumps(session).encode())
        if token == "Bearer jwt-1":
            refused.append(got)
            return Answer(400, b'{"error": "ExpiredToken"}')
        return receiver(got)

    values = {"handle": "us.example", "app_password": "pass-123456"}
    with serving(answer) as server:
        set_up(office, server.url, "bluesky", "One", "Two", "Three", server=server.url, **values)
        with reading(office.engine) as session:
            opened = connect.open_channel(channels.get(session, 1), world.VAULT)
        connect.sign_in(office.engine, 1, opened, transport=office.transport, vault=world.VAULT)  # long ago
        work_off(office)
    assert receiver.published == {"One": 1, "Two": 1, "Three": 1}
    assert len(refused) == 1


def test_a_session_that_ran_out_is_renewed_once_and_the_post_goes_out(office):
    receiver = Receiver()
    expired = [Answer(400, b'{"error": "ExpiredToken"}')]

    def answer(got):
        return expired.pop() if expired and got.path.endswith("putRecord") else receiver(got)

    values = {"handle": "us.example", "app_password": "pass-123456"}
    with serving(answer) as server:
        set_up(office, server.url, "bluesky", "Hello", server=server.url, **values)
        work_off(office)
        signed_in = server.count("/xrpc/com.atproto.server.createSession")
    assert receiver.published == {"Hello": 1}
    assert signed_in == 2
    assert stored(office).status == "sent"


def test_a_worker_that_was_taken_over_writes_nothing(office, clock):
    with serving() as server:
        set_up(office, server.url)
        slow = claim_next(office)
        clock.advance(seconds=91)
        work_off(office)  # somebody else's
        deal_with(office, slow)
        assert len(server.got) == 1
    assert stored(office).status == "sent"


@pytest.mark.parametrize("texts", [["Hello"], ["One", "Two"]])
def test_a_busy_database_does_not_put_in_doubt_what_was_answered(office, monkeypatch, texts):
    settled, refused = queue.item_sent, []

    def busy(*args, **named):
        if len(refused) < 3:
            refused.append(args)
            raise world.database_error()
        settled(*args, **named)

    monkeypatch.setattr(queue, "item_sent", busy)
    with serving() as server:
        set_up(office, server.url, "webhook", *texts)
        work_off(office)
        assert len(server.got) == len(texts)
    assert stored(office).status == "sent"


class Slow(Adapter):
    """Uploads, waits and publishes."""

    kind, label, docs = "slow", "Slow", "https://example.com"
    can = Capabilities(dedupe=Dedupe.KEY)

    class Config(ChannelConfig):
        url: str

    def publish(self, message):
        yield Call(method="POST", url=f"{self.config.url}/upload")
        yield Keep({"upload": "7"})
        yield Call(method="GET", url=f"{self.config.url}/upload")
        yield Call(method="POST", url=f"{self.config.url}/post", commits=True)
        return Receipt("1")


def test_a_slow_service_does_not_cost_the_lease(office, clock, monkeypatch):
    monkeypatch.setattr(scheduler.channels, "kinds", lambda: {"slow": Slow})
    taken_over = []

    def answer(_got):
        for _ in range(3):
            clock.advance(seconds=20)
            office.leases.renew(office.engine, clock(), office.lease)
        taken_over.append(claim_next(office))
        return Answer()

    with serving(answer) as server:
        set_up(office, "", "slow", url=server.url)
        work_off(office)
    assert taken_over == [None] * 3
    assert stored(office).status == "sent"


def test_a_delivery_that_kills_every_worker_is_given_up_and_a_person_is_told(office, clock):
    with serving() as server:
        set_up(office, server.url)
        for _ in range(MAX_ATTEMPTS):
            claim_next(office)  # and the process is gone
            clock.advance(seconds=91)
        work_off(office)
        assert server.got == []
    row = stored(office)
    assert (row.status, row.code, row.next_at) == ("failed", "crashed", None)
    assert told(office) == ["failed"]


def test_a_doubt_is_not_explained_by_what_happened_before(office, clock, monkeypatch):
    """It could not be reached, then it could, and then the worker died: "not reached" would be a lie."""

    class Killed(BaseException):
        pass

    def die(*_):
        raise Killed

    with serving() as server:
        set_up(office, f"http://127.0.0.1:{unused_port()}")
        work_off(office)
        assert "could not be reached" in stored(office).reason
        with writing(office.engine) as session:
            connect.reconfigure(session, channels.get(session, 1), {"url": server.url}, world.VAULT)
        clock.advance(minutes=5)
        monkeypatch.setattr(deliver, "settle", die)
        with pytest.raises(Killed):
            work_off(office)
    clock.advance(minutes=5)
    work_off(office)
    row = stored(office)
    assert (row.status, row.code) == ("in-doubt", "crashed")
    assert row.reason == "The worker stopped while it was being sent"


def stalling(monkeypatch, clock, **span):
    """The process stands still between the mark and the bytes."""
    mark = Keeper.before_commit

    def stalled(self):
        mark(self)
        clock.advance(**span)

    monkeypatch.setattr(Keeper, "before_commit", stalled)


@pytest.mark.parametrize("seconds", [6, 90])  # a call may take five
def test_a_process_that_stalls_before_the_bytes_gives_the_delivery_back(office, clock, monkeypatch, seconds):
    stalling(monkeypatch, clock, seconds=seconds)
    with serving() as server:
        set_up(office, server.url)
        deal_with(office, claim_next(office))
        assert server.got == []
    row = stored(office)
    assert (row.status, row.committed_at, row.owner) == ("scheduled", None, "")
    with reading(office.engine) as session:
        assert [attempt.outcome for attempt in queue.attempts(session, 1)] == ["TooLate"]


def test_a_key_that_was_forgotten_while_the_machine_slept_is_not_used(office, clock, monkeypatch):
    """The key was good when the delivery was taken, and nobody else took it over in the night."""
    prepare = deliver.prepare

    def sleep(*args):
        prepare(*args)
        clock.advance(hours=8)

    with serving(lambda got: Answer(misbehave="drop")) as server:
        set_up(office, server.url, "mastodon", "Hello", server=server.url, token="token-123456")
        work_off(office)
        clock.advance(minutes=1)
        monkeypatch.setattr(deliver, "prepare", sleep)
        deal_with(office, claim_next(office))
        assert server.count("/api/v1/statuses") == 1
    row = stored(office)
    assert row.status == "scheduled"
    assert row.committed_at is not None


def test_what_the_kind_cannot_carry_fails_before_any_call(office):
    with serving() as server:
        values = {"webhook_url": f"{server.url}/discord/webhooks/1/secret-token"}
        set_up(office, server.url, "discord", "word " * 500, **values)
        work_off(office)
        assert server.got == []
    row = stored(office)
    assert (row.status, row.code) == ("failed", "not-supported")


def test_a_piece_that_is_held_is_held_and_not_sent(office):
    with serving() as server:
        set_up(office, server.url)
        with writing(office.engine) as session:
            pieces.hold(session, pieces.get(session, 1), "The article changed")
        work_off(office)
        assert server.got == []
    assert (stored(office).status, stored(office).reason) == ("held", "The article changed")
    assert told(office) == ["held"]


def test_secrets_sealed_under_another_key_pause_the_channel(office):
    with serving() as server:
        set_up(office, server.url)
        with writing(office.engine) as session:
            channels.set_values(session, 1, {"config": "v1.deadbeef.AAAA"})
        work_off(office)
    assert told(office) == ["paused"]
    assert stored(office).status == "scheduled"


def test_a_bug_backs_off_and_cannot_loop(office, clock):
    set_up(office, "http://127.0.0.1:1")
    stumbled(office, claim_next(office), RuntimeError("boom"))
    row = stored(office)
    assert (row.status, row.attempts, row.code) == ("scheduled", 1, "bug:RuntimeError")
    assert row.next_at > clock()


def press(office, reach=Reach.ALL, target=0):
    with writing(office.engine) as session:
        pauses.add(session, Pause(Target(reach, target), office.clock(), "ana", "the wrong photo"))


@pytest.mark.parametrize(
    ("reach", "target"), [(Reach.ALL, 0), (Reach.WORKSPACE, 1), (Reach.CHANNEL, 1), (Reach.ARTICLE, 1)]
)
def test_what_is_claimed_already_is_not_sent_once_it_is_paused(office, reach, target):
    with serving() as server:
        set_up(office, server.url)
        work = claim_next(office)
        assert work is not None
        if reach is Reach.CHANNEL:
            with writing(office.engine) as session:
                channels.pause(session, target, "the wrong photo", office.clock(), by="ana")
        else:
            press(office, reach, target)
        deal_with(office, work)
        assert server.got == []
        row = stored(office)
        assert (row.status, row.owner, row.committed_at, row.attempts) == ("scheduled", "", None, 0)
        assert work_off(office) == 0  # nor is it claimed again
        with reading(office.engine) as session:
            (attempt,) = queue.attempts(session, 1)
            assert (attempt.outcome, attempt.reason) == ("Stopped", "paused by ana: the wrong photo")


def test_nor_is_what_is_marked_already_but_for_its_bytes(office, monkeypatch):
    with serving() as server:
        set_up(office, server.url)
        exchange = office.transport.exchange

        def paused_while_it_connects(call, **hooks):
            press(office)
            return exchange(call, **hooks)

        monkeypatch.setattr(office.transport, "exchange", paused_while_it_connects)
        assert work_off(office) == 1
        assert server.got == []
    row = stored(office)
    assert (row.status, row.committed_at) == ("scheduled", None)


def test_a_service_in_trouble_is_tried_with_one_delivery_at_a_time(office, clock):
    with serving(lambda _: Answer(503)) as server:
        set_up(office, "", url=server.url, repeat_is_safe=True, count=20)
        work_off(office)
        assert len(server.got) == FAILURES
        clock.advance(minutes=1)
        work_off(office)
        assert len(server.got) == FAILURES + 1
        assert told(office) == ["trouble"]
        server.answer = lambda _: Answer(200)
        clock.advance(minutes=30)
        work_off(office)
    assert told(office) == ["recovered", "trouble"]
    with reading(office.engine) as session:
        assert queue.counts(session) == {"sent": 20}


def test_what_an_answer_says_is_left_holds_the_next_one_back(office, clock):
    fields = {"RateLimit-Limit": "10", "RateLimit-Remaining": "0", "RateLimit-Reset": "30"}
    with serving(lambda _: Answer(headers=fields)) as server:
        set_up(office, server.url, count=3)
        assert work_off(office) == 1
        with reading(office.engine) as session:
            assert queue.earliest(session, clock()) == clock() + timedelta(seconds=30)
        clock.advance(seconds=30)
        assert work_off(office) == 1
