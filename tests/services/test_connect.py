import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from scheduler.domain.addresses import networks
from scheduler.domain.errors import AuthExpired, PullquoteError, RateLimited
from scheduler.services import connect
from scheduler.store import channels, turns
from scheduler.store.engine import open_engine, reading, writing
from scheduler.transport import Transport
from tests import world
from tests.chaos.receiver import Receiver
from tests.servers import Answer, serving


@pytest.fixture
def engine(database):  # senders and readers have their own connections
    engine = open_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def transport(clock):
    made = Transport(clock, allowed=networks(["127.0.0.0/8"]), seconds=2)
    yield made
    made.close()


def bluesky(engine, clock, url):
    with writing(engine) as session:
        values = {"server": url, "handle": "us.example", "app_password": "pass-123456"}
        return world.channel(session, clock(), "bluesky", **values)


def test_secrets_are_sealed_and_open_again(engine, clock):
    row = bluesky(engine, clock, "https://bsky.example")
    assert "pass-123456" not in row.config
    opened = connect.open_channel(row, world.VAULT)
    assert opened.config.app_password.get_secret_value() == "pass-123456"
    assert "pass-123456" not in repr(opened.config)


def test_wrong_settings_are_named_without_their_values(engine, clock):
    with writing(engine) as session, pytest.raises(PullquoteError) as error:
        world.channel(session, clock(), "bluesky", handle="us.example", app_passwort="hunter2-secret")
    assert "app_password" in str(error.value)
    assert "hunter2" not in str(error.value)


def test_a_name_is_taken_once(engine, clock):
    bluesky(engine, clock, "https://bsky.example")
    with pytest.raises(PullquoteError, match="already"):
        bluesky(engine, clock, "https://bsky.example")


@pytest.mark.parametrize("name", [" ", "x" * 81, "news\x1b[2J", "news\u202e"])
def test_a_name_that_a_list_could_not_show_is_refused(engine, clock, name):
    with writing(engine) as session, pytest.raises(PullquoteError, match="1 to 80 printable"):
        world.channel(session, clock(), name=name)


def test_many_senders_sign_in_once(engine, clock, transport):
    with serving(Receiver()) as server:
        row = bluesky(engine, clock, server.url)
        stale = connect.open_channel(row, world.VAULT)

        def sign_in(_):
            return connect.sign_in(engine, row.id, stale, transport=transport, vault=world.VAULT)

        with ThreadPoolExecutor(5) as pool:
            tokens = {adapter.session["token"] for adapter in pool.map(sign_in, range(5))}
        assert tokens == {"jwt-123456"}
        assert len(server.got) == 1
    with reading(engine) as session:
        stored = channels.get(session, row.id)
    assert "jwt-123456" not in stored.session
    assert connect.open_channel(stored, world.VAULT).session["token"] == "jwt-123456"


def test_a_session_of_the_account_before_is_not_kept(engine, clock, transport):
    """The channel is given another account while somebody signs in."""
    row = bluesky(engine, clock, "https://bsky.example")

    def answer(_got):
        with writing(engine) as session:
            stored = channels.get(session, row.id)
            connect.reconfigure(session, stored, {"handle": "others.example"}, world.VAULT)
        return Answer(body=b'{"accessJwt": "token-of-ours", "did": "did:plc:us", "handle": "us.example"}')

    with serving(answer) as server:
        with writing(engine) as session:
            connect.reconfigure(session, channels.get(session, row.id), {"server": server.url}, world.VAULT)
        with reading(engine) as session:
            stale = connect.open_channel(channels.get(session, row.id), world.VAULT)
        connect.sign_in(engine, row.id, stale, transport=transport, vault=world.VAULT)
    with reading(engine) as session:
        opened = connect.open_channel(channels.get(session, row.id), world.VAULT)
    assert (opened.config.handle, opened.session) == ("others.example", {})


def test_an_empty_token_never_replaces_one(engine, clock, transport):
    tokens = iter(["first-token", ""])

    def answer(_got):
        return Answer(body=json.dumps({"accessJwt": next(tokens), "did": "d", "handle": "h"}).encode())

    with serving(answer) as server:
        row = bluesky(engine, clock, server.url)
        first = connect.sign_in(
            engine, row.id, connect.open_channel(row, world.VAULT), transport=transport, vault=world.VAULT
        )
        second = connect.sign_in(engine, row.id, first, transport=transport, vault=world.VAULT)
    assert second.session["token"] == "first-token"


def test_asks_who_we_are_and_posts_nothing(engine, clock, transport):
    def answer(got):
        who = b'{"handle": "us.example", "did": "did:plc:us", "accessJwt": "jwt-123456"}'
        return Answer(body=who)

    with serving(answer) as server:
        row = bluesky(engine, clock, server.url)
        said = connect.check(row, engine=engine, transport=transport, vault=world.VAULT)
        assert said == "@us.example"
        assert {got.path.rsplit(".", 1)[-1] for got in server.got} == {"createSession", "getSession"}


def test_bad_credentials_say_so(engine, clock, transport):
    with serving(lambda _: Answer(401, b'{"error": "AuthenticationRequired"}')) as server:
        row = bluesky(engine, clock, server.url)
        with pytest.raises(AuthExpired):
            connect.check(row, engine=engine, transport=transport, vault=world.VAULT)


def test_policies_are_checked(engine, clock):
    row = bluesky(engine, clock, "https://bsky.example")
    with writing(engine) as session:
        connect.set_policy(session, channels.get(session, row.id), missed="skip", late_minutes=5)
        with pytest.raises(PullquoteError, match="send, hold or skip"):
            connect.set_policy(session, channels.get(session, row.id), missed="maybe")
        for value in (-1, 10**12):
            with pytest.raises(PullquoteError, match="between 0 and 525,600"):
                connect.set_policy(session, channels.get(session, row.id), gap_seconds=value)
        assert channels.get(session, row.id).late_minutes == 5


def test_some_settings_change_and_the_old_session_goes(engine, clock):
    row = bluesky(engine, clock, "https://bsky.example")
    with writing(engine) as session:
        sealed = world.VAULT.seal('{"token": "old"}', f"channel:session:{row.id}")
        channels.set_session(session, row.id, sealed, config=row.config)
        stored = channels.get(session, row.id)
        session.refresh(stored)
        connect.reconfigure(session, stored, {"app_password": "new-pass-123"}, world.VAULT)
    with reading(engine) as session:
        opened = connect.open_channel(channels.get(session, row.id), world.VAULT)
    assert opened.config.app_password.get_secret_value() == "new-pass-123"
    assert opened.config.handle == "us.example"
    assert opened.session == {}
    with writing(engine) as session, pytest.raises(PullquoteError, match="handle"):
        connect.reconfigure(session, channels.get(session, row.id), {"handle": None}, world.VAULT)


def test_while_another_process_signs_in_nobody_else_does(engine, clock, transport):
    with serving(Receiver()) as server:
        row = bluesky(engine, clock, server.url)
        stale = connect.open_channel(row, world.VAULT)
        with writing(engine) as session:
            assert turns.begin_sign_in(session, row.id, "theirs", clock(), clock() + timedelta(minutes=1))
        with pytest.raises(RateLimited) as refused:
            connect.sign_in(engine, row.id, stale, transport=transport, vault=world.VAULT)
        assert refused.value.retry_at == clock() + timedelta(seconds=2)
        assert server.got == []
        clock.advance(minutes=2)  # they died over it
        connect.sign_in(engine, row.id, stale, transport=transport, vault=world.VAULT)
        assert len(server.got) == 1
    with reading(engine) as session:
        assert turns.gate(session, row.id).signing_until is None
