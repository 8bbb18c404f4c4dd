import pytest

from scheduler.domain.errors import NotSupported
from scheduler.domain.piece import Content, PieceKind
from scheduler.render.environment import environment
from scheduler.services.compose import Studio
from scheduler.services.preview import preview
from scheduler.store import pieces
from scheduler.store.engine import reading, writing
from tests import world

STUDIO = Studio(cards=None, environment=environment([]), base_url="https://news.ledger.example/")
MAIL = {"from_address": "news@ledger.example"}


def see(engine, clock, kind, values, *texts, issue=""):
    """The items of a post, or of an issue with that subject, on a channel of `kind`."""
    with writing(engine) as session:
        channel = world.channel(session, clock(), kind, **values)
        piece = world.post(session, clock(), *texts)
        if issue:
            piece.kind = PieceKind.ISSUE
            pieces.revise(session, piece, Content(subject=issue))
    with reading(engine) as session:
        return preview(session, piece.id, channel, STUDIO, vault=world.VAULT, now=clock())


def test_shows_the_text_its_measure_and_the_call(engine, clock):
    values = {"server": "https://social.example", "token": "tok-123456"}
    (item,) = see(engine, clock, "mastodon", values, "It reads the rain.")
    assert (item.text, item.measure) == ("It reads the rain.", "18/500 characters")
    (call,) = item.calls
    assert (call.method, call.url, call.commits) == ("POST", "https://social.example/api/v1/statuses", True)
    assert call.carries == ("JSON",)


def test_a_thread_signs_in_once_and_answers_itself(engine, clock):
    values = {"handle": "us.example", "app_password": "pass-123456"}
    first, second = see(engine, clock, "bluesky", values, "One.", "Two.")
    names = [[call.url.rpartition("/")[2] for call in item.calls] for item in (first, second)]
    assert names == [
        ["com.atproto.server.createSession", "com.atproto.repo.putRecord"],
        ["com.atproto.repo.putRecord"],
    ]


def test_secrets_in_addresses_are_hidden(engine, clock):
    values = {"webhook_url": "https://discord.com/api/webhooks/1/s3cret-token"}
    (item,) = see(engine, clock, "discord", values)
    assert all("s3cret" not in call.url for call in item.calls)


def test_an_issue_is_shown_as_one_reader_gets_it(engine, clock):
    (item,) = see(engine, clock, "mailpit", MAIL, issue="A town and its river")
    assert item.copy.subject == "A town and its river"
    assert "https://news.ledger.example/u/example" in item.copy.html
    assert "https://news.ledger.example/u/example" in item.text
    assert item.copy.headers["List-Unsubscribe"] == "<https://news.ledger.example/u/example>"
    assert "%%PQ" not in item.copy.html + item.text


def test_what_the_channel_cannot_carry_is_refused(engine, clock):
    with pytest.raises(NotSupported):
        see(engine, clock, "mailpit", MAIL, "A post.")
