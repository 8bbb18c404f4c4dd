"""Many flows at once, with the extra `fast` and without: each ends as transport/flows.py would end it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from queue import SimpleQueue
from typing import Any

import pytest

from scheduler.channels import Adapter, Call, ChannelConfig
from scheduler.domain.addresses import networks
from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.errors import Ambiguous, AuthExpired, Permanent, RateLimited, Transient
from scheduler.domain.message import Receipt
from scheduler.transport import Hooks, Transport, loop, wire
from scheduler.transport.answers import FastAnswers, PlainAnswers
from scheduler.transport.bulk import Bulk, Job
from scheduler.transport.loop import Loop
from tests.servers import Answer, Got, serving, unused_port

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BLOCKED = "http://10.0.0.1/"


class Plain(Adapter):
    kind, label, docs = "plain", "Plain", "https://example.com"
    can = Capabilities(dedupe=Dedupe.NONE)
    Config = ChannelConfig


class Late(Exception):
    """What a last look raises."""


@pytest.fixture
def transport() -> Iterator[Transport]:
    made = Transport(lambda: NOW, allowed=networks(["127.0.0.0/8"]), seconds=0.5)
    yield made
    made.close()


@pytest.fixture(params=[FastAnswers, PlainAnswers])
def bulk(
    request: pytest.FixtureRequest, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bulk]:
    monkeypatch.setattr(wire, "open_answers", request.param)
    made = Loop(transport)
    yield made
    made.close()


def post(url: str, number: int = 0) -> Any:
    reply = yield Call(method="POST", url=url, commits=True, json={"number": number, "word": "Zürich"})
    return Receipt(Plain(ChannelConfig()).expect(reply)["id"])


def ends(bulk: Bulk, transport: Transport, *flows: Any, hooks: Hooks | None = None) -> list[Any]:
    """What became of each flow, in whatever order they ended."""
    adapter, ended = Plain(ChannelConfig()), SimpleQueue[Any]()
    bulk.submit(
        [Job(flow, adapter, transport.recorder(adapter), hooks or Hooks(), ended.put) for flow in flows]
    )
    return [ended.get(timeout=10) for _ in flows]


def test_every_flow_ends_with_its_own_answer(bulk: Bulk, transport: Transport) -> None:
    with serving(lambda got: Answer(200, b'{"id": "%d"}' % got.json()["number"])) as server:
        done = ends(bulk, transport, *(post(server.url, n) for n in range(40)))
        assert {got.headers["content-type"] for got in server.got} == {"application/json"}
        assert {got.body.partition(b",")[2] for got in server.got} == {'"word":"Zürich"}'.encode()}
    assert sorted(int(receipt.remote_id) for receipt in done) == list(range(40))


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(misbehave="drop"), Ambiguous),
        (Answer(misbehave="half"), Ambiguous),
        (Answer(misbehave="hang"), Ambiguous),
        (Answer(500), Ambiguous),
        (Answer(401), AuthExpired),
        (Answer(422), Permanent),
        (Answer(429), RateLimited),
        (Answer(302, headers={"Location": "/elsewhere"}), Permanent),
    ],
)
def test_a_bad_answer_is_told_truthfully_and_nothing_is_repeated(
    bulk: Bulk, transport: Transport, answer: Answer, error: type[Exception]
) -> None:
    with serving(lambda _got: answer) as server:
        [end] = ends(bulk, transport, post(server.url))
        assert len(server.got) == 1
    assert type(end) is error


@pytest.mark.parametrize(
    ("url", "error"),
    [
        ("http://127.0.0.1:{port}/", Transient),
        (BLOCKED, AuthExpired),
        ("http://[::ffff:10.0.0.1]/", AuthExpired),
        ("nonsense", AuthExpired),
    ],
)
def test_what_was_never_sent_is_not_in_doubt(
    bulk: Bulk, transport: Transport, url: str, error: type[Exception]
) -> None:
    [end] = ends(bulk, transport, post(url.replace("{port}", str(unused_port()))))
    assert type(end) is error
    assert not getattr(end, "maybe_published", False)


def test_a_name_with_one_private_address_is_refused() -> None:
    asked = []

    def resolver(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1", "10.0.0.1"]

    transport = Transport(lambda: NOW, allowed=networks(["127.0.0.0/8"]), seconds=0.5, resolver=resolver)
    bulk = Loop(transport)
    [end] = ends(bulk, transport, post("http://mailer.example/"))
    bulk.close()
    transport.close()
    assert type(end) is AuthExpired
    assert asked == ["mailer.example"]


def test_a_last_look_that_says_no_keeps_the_bytes_back(bulk: Bulk, transport: Transport) -> None:
    def look() -> None:
        raise Late

    got: list[Got] = []
    with serving(lambda request: got.append(request) or Answer()) as server:
        [end] = ends(bulk, transport, post(server.url), hooks=Hooks(last_look=look))
    assert type(end) is Late
    assert got == []


def test_whoever_raises_what_nobody_foresaw_keeps_no_other_from_going_on(
    bulk: Bulk, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loop, "CALLS", 2)
    looks = iter(range(9))

    def look() -> None:
        if next(looks) < 6:
            raise Late

    with serving(lambda _got: Answer(200, b'{"id": "x"}')) as server:
        done = ends(bulk, transport, *(post(server.url) for _ in range(9)), hooks=Hooks(last_look=look))
    assert sorted(type(end).__name__ for end in done) == ["Late"] * 6 + ["Receipt"] * 3


def test_every_committing_call_asks_for_its_mark(bulk: Bulk, transport: Transport) -> None:
    marks = []

    def twice() -> Any:
        yield Call(method="POST", url=server.url, commits=True)
        yield Call(method="POST", url=server.url, commits=True)
        return Receipt("2")

    with serving() as server:
        [end] = ends(bulk, transport, twice(), hooks=Hooks(before_commit=lambda: marks.append(1)))
    assert end == Receipt("2")
    assert len(marks) == 2
