"""Every way in which a call can end, against real sockets."""

import pytest
from pydantic import SecretStr

from scheduler.channels import Adapter, Call, ChannelConfig, Keep
from scheduler.domain.addresses import networks
from scheduler.domain.capabilities import Capabilities, Dedupe
from scheduler.domain.errors import Ambiguous, AuthExpired, Permanent, RateLimited, Transient
from scheduler.domain.message import Receipt
from scheduler.transport import Hooks, Transport
from tests.servers import Answer, serving, unused_port

LOOPBACK = networks(["127.0.0.0/8"])


class Demo(Adapter):
    kind, label, docs = "demo", "Demo", "https://example.com"

    class Config(ChannelConfig):
        url: str
        token: SecretStr = SecretStr("s3cret-token")

    def __init__(self, url, dedupe=Dedupe.NONE, after=False):
        super().__init__(self.Config(url=url))
        self.can = Capabilities(dedupe=dedupe)
        self.after = after

    def publish(self, message=None):
        yield Keep({"draft": "7"})
        reply = yield Call(
            method="POST",
            url=f"{self.config.url}/post?token={self.config.token.get_secret_value()}",
            commits=True,
            json={},
        )
        posted = self.expect(reply)
        if self.after:
            self.expect((yield Call(method="GET", url=f"{self.config.url}/after")))
        return Receipt(posted["id"])


@pytest.fixture
def transport(clock):
    made = Transport(clock, allowed=LOOPBACK, seconds=0.4)
    yield made
    made.close()


def publish(transport, adapter, hooks=Hooks()):
    record = transport.recorder(adapter)
    return transport.drive(adapter.publish(), adapter, record, hooks), record


GOOD = Answer(200, b'{"id": "1"}')


def test_delivers_and_keeps_what_the_flow_asked_to_keep(transport):
    kept = []
    with serving(lambda _: GOOD) as server:
        receipt, record = publish(transport, Demo(server.url), Hooks(keep=kept.append))
    assert receipt == Receipt("1")
    assert kept == [{"draft": "7"}]
    assert [call["outcome"] for call in record.calls] == ["200"]


def test_the_record_holds_no_secret(transport):
    with serving(lambda _: GOOD) as server:
        _, record = publish(transport, Demo(server.url))
    assert "s3cret" not in str(record.calls)
    assert record.calls[0]["url"].endswith("/post?token=•••")


def test_an_error_holds_no_secret_that_the_service_repeats(transport):
    class Echoing(Demo):
        def error(self, reply):
            return self.refused(reply, reply.said("error"), f"demo:{reply.said('error')}")

    said = Answer(422, b'{"error": "s3cret-token is not known"}')
    with serving(lambda _: said) as server, pytest.raises(Permanent) as caught:
        publish(transport, Echoing(server.url))
    assert "s3cret" not in caught.value.reason + caught.value.code


def test_one_channel_s_cookies_are_not_sent_for_another(transport):
    with serving(lambda _: Answer(200, b'{"id": "1"}', {"Set-Cookie": "session=one; Path=/"})) as server:
        for _ in range(2):
            publish(transport, Demo(server.url))
    assert [got.headers.get("cookie") for got in server.got] == [None, None]


@pytest.mark.parametrize(
    ("answer", "unsafe", "safe"),
    [
        (Answer(misbehave="drop"), Ambiguous, Transient),
        (Answer(misbehave="hang"), Ambiguous, Transient),
        (Answer(misbehave="half"), Ambiguous, Transient),
        (Answer(200, b"<html>"), Ambiguous, Transient),
        (Answer(200, b"x" * 5_000_000), Ambiguous, Transient),
        (Answer(502), Ambiguous, Transient),
        (Answer(401), AuthExpired, AuthExpired),
        (Answer(422), Permanent, Permanent),
        (Answer(302, headers={"Location": "http://169.254.169.254/"}), Permanent, Permanent),
        (Answer(429, headers={"Retry-After": "7"}), RateLimited, RateLimited),
    ],
)
@pytest.mark.parametrize("dedupe", [Dedupe.NONE, Dedupe.KEY])
def test_sorts_every_failure_of_the_committing_call(transport, answer, unsafe, safe, dedupe):
    expected = unsafe if dedupe is Dedupe.NONE else safe
    with serving(lambda _: answer) as server, pytest.raises(expected) as caught:
        publish(transport, Demo(server.url, dedupe))
    assert type(caught.value) is expected
    assert "s3cret" not in str(caught.value)
    if expected is Transient:
        assert caught.value.maybe_published


def test_a_refused_connection_was_never_sent(transport):
    with pytest.raises(Transient) as caught:
        publish(transport, Demo(f"http://127.0.0.1:{unused_port()}"))
    assert not caught.value.maybe_published


def test_nothing_after_success_can_turn_it_into_a_failure(transport):
    def answer(got):
        return Answer(404) if got.path == "/after" else GOOD

    with serving(answer) as server, pytest.raises(Ambiguous, match="a later step failed"):
        publish(transport, Demo(server.url, after=True))


def test_an_error_that_the_adapter_cannot_read_does_not_say_that_nothing_was_published(transport):
    class Clumsy(Demo):
        def error(self, reply):
            raise KeyError("code")

    with serving(lambda _: Answer(502)) as server, pytest.raises(Ambiguous, match="made no sense"):
        publish(transport, Clumsy(server.url))


def test_an_answer_that_makes_no_sense_before_the_committing_call_may_be_another_one_later(transport):
    class Drafting(Demo):
        def publish(self, message=None):
            draft = self.expect((yield Call(method="POST", url=f"{self.config.url}/draft")))["id"]
            yield Call(method="POST", url=f"{self.config.url}/{draft}", commits=True)

    page = Answer(200, b"<html>Back in a minute")
    with serving(lambda _: page) as server, pytest.raises(Transient, match="made no sense") as caught:
        publish(transport, Drafting(server.url))
    assert not caught.value.maybe_published


def test_a_message_that_the_adapter_stumbles_over_can_never_go_out(transport):
    class Puzzled(Demo):
        def publish(self, message=None):
            yield {}["text"]

    with pytest.raises(Permanent, match="could not make a call"):
        publish(transport, Puzzled("https://service.example"))


def test_what_goes_wrong_before_a_call_is_not_about_the_call_before(transport):
    """The items of a thread share a record."""

    class Busy(Demo):
        def publish(self, message=None):
            raise Transient("busy")
            yield

    with serving(lambda _: GOOD) as server:
        _, record = publish(transport, Demo(server.url))
        with pytest.raises(Transient) as caught:
            transport.drive(Busy(server.url).publish(), Busy(server.url), record)
    assert not caught.value.maybe_published


def test_the_mark_comes_before_the_call_and_can_stop_it(transport):
    class Stop(Exception):
        pass

    def stop():
        raise Stop

    with serving(lambda _: GOOD) as server:
        with pytest.raises(Stop):
            publish(transport, Demo(server.url), Hooks(before_commit=stop))
        assert server.got == []
        with pytest.raises(Stop):
            publish(transport, Demo(server.url), Hooks(last_look=stop))
        assert server.got == []  # connected, but not a byte was written


@pytest.mark.parametrize(("dedupe", "connections"), [(Dedupe.NONE, 2), (Dedupe.KEY, 1)])
def test_no_connection_is_reused_where_its_death_would_be_in_doubt(transport, dedupe, connections):
    with serving(lambda got: GOOD) as server:
        publish(transport, Demo(server.url, dedupe))
        publish(transport, Demo(server.url, dedupe))
    assert len({got.peer for got in server.got}) == connections


@pytest.mark.parametrize(
    "url", ["http://10.0.0.1", "http://[::1]", "http://169.254.169.254", "http://localhost"]
)
def test_a_private_address_is_never_called(clock, url):
    guarded = Transport(clock)
    with pytest.raises(AuthExpired, match="not a public one"):
        publish(guarded, Demo(url))
    guarded.close()


@pytest.mark.parametrize("url", ["ftp://example.com", "nonsense", "http://"])
def test_an_address_that_is_none_pauses_the_channel_and_fails_no_post(transport, url):
    with pytest.raises(AuthExpired, match=r"not a web address"):
        publish(transport, Demo(url))
