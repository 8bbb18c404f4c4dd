from __future__ import annotations

from dataclasses import replace

import pytest

from scheduler.channels.mailpit import Mailpit
from scheduler.domain.errors import AuthExpired, Permanent
from scheduler.domain.message import Receipt, RecipientResult
from tests.channels.cases import ADA, BATCH, KEY, LETTER
from tests.channels.drive import Driven, drive, reply

SERVER = "http://127.0.0.1:8025"
mailpit = Mailpit(
    Mailpit.Config(from_address="news@example.com", from_name="News", reply_to="us@example.com")
)
MAIL = replace(BATCH, letter=replace(LETTER, recipients=(ADA,)))
RECEIPT = Receipt("iAf", f"{SERVER}/view/iAf", recipients=(RecipientResult(7, ok=True, remote_id="iAf"),))


def test_sends_one_mail_tagged_with_its_key() -> None:
    driven = drive(mailpit.send_batch(MAIL), reply(200, {"ID": "iAf"}))

    assert driven.commit.url == f"{SERVER}/api/v1/send"
    assert driven.commit.json == {
        "From": {"Email": "news@example.com", "Name": "News"},
        "To": [{"Email": "ada@example.com", "Name": "Ada"}],
        "ReplyTo": [{"Email": "us@example.com"}],
        "Subject": "This week",
        "HTML": "<p>Dear Ada</p>",
        "Text": "Dear Ada",
        "Headers": {
            "List-Unsubscribe": "<https://example.com/u/a?x=1&y>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        "Tags": [KEY],
    }
    assert "Authorization" not in driven.commit.headers
    assert driven.result == RECEIPT


def test_signs_in_where_it_must() -> None:
    asked = Mailpit(Mailpit.Config(from_address="news@example.com", username="user", password="pass"))
    call = drive(asked.send_batch(MAIL), reply(200, {"ID": "iAf"})).commit
    assert call.headers["Authorization"] == "Basic dXNlcjpwYXNz"
    assert isinstance(asked.error(reply(401, b"Unauthorised.\n")), AuthExpired)


def test_a_refused_mail_is_that_recipients_failure() -> None:
    driven = drive(mailpit.send_batch(MAIL), reply(400, {"Error": "invalid To address: ada@"}))
    (result,) = driven.result.recipients
    assert (result.recipient, result.ok, result.reason) == (7, False, "invalid To address: ada@")


def test_a_look_up_finds_the_mail_or_its_absence() -> None:
    driven = drive(mailpit.probe(MAIL), reply(200, {"messages": [{"ID": "iAf"}]}))
    assert driven.calls[0].params["query"] == f'tag:"{KEY}"'
    assert driven.result == RECEIPT
    assert drive(mailpit.probe(MAIL), reply(200, {"messages": []})).result is None


def test_takes_one_recipient_at_a_time() -> None:
    with pytest.raises(ValueError, match="too many values"):
        drive(mailpit.send_batch(BATCH))


def test_no_call_is_made_for_a_header_with_a_line_break() -> None:
    driven = Driven()
    letter = replace(LETTER, subject="Hi\r\nBcc: x@y.example", recipients=(ADA,))
    with pytest.raises(Permanent, match="control character"):
        drive(mailpit.send_batch(replace(MAIL, letter=letter)), driven=driven)
    assert driven.calls == []


def test_a_check_says_which_version() -> None:
    assert drive(mailpit.check(), reply(200, {"Version": "v1.29.0"})).result == "Mailpit v1.29.0"
