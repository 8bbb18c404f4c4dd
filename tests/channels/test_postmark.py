from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from openapi_core.exceptions import OpenAPIError

from scheduler.channels import Call
from scheduler.channels.postmark import Postmark
from scheduler.domain.errors import AuthExpired, Permanent, RateLimited, Transient
from scheduler.domain.message import Message, RecipientResult
from tests.channels.cases import ADA, BATCH, BO, KEY, LETTER
from tests.channels.drive import Driven, drive, reply
from tests.channels.openapi import contract

CONFIG = Postmark.Config(
    from_address="news@example.com",
    from_name='The "Post"',
    reply_to="us@example.com",
    server_token="secret-token",
)
postmark = Postmark(CONFIG)
OK = {"ErrorCode": 0, "Message": "OK", "MessageID": "m", "To": "x", "SubmittedAt": "2026-03-02T12:00:00Z"}
INACTIVE = {"ErrorCode": 406, "Message": "You tried to send to a recipient that has been marked as inactive."}
BAD_TO = {"ErrorCode": 300, "Message": "Invalid 'To' address: 'x'."}


def results(*entries: dict[str, Any], message: Message = BATCH) -> tuple[RecipientResult, ...]:
    found: tuple[RecipientResult, ...] = drive(
        postmark.send_batch(message), reply(200, list(entries))
    ).result.recipients
    return found


def test_sends_each_recipient_a_copy_of_their_own() -> None:
    call = drive(postmark.send_batch(BATCH), reply(200, [OK, OK])).commit

    assert call.url == "https://api.postmarkapp.com/email/batch"
    assert call.headers["X-Postmark-Server-Token"] == "secret-token"
    ada, bo = call.json
    assert ada == {
        "From": '"The Post" <news@example.com>',
        "To": '"Ada" <ada@example.com>',
        "ReplyTo": "us@example.com",
        "Subject": "This week",
        "HtmlBody": "<p>Dear Ada</p>",
        "TextBody": "Dear Ada",
        "Headers": [
            {"Name": "List-Unsubscribe", "Value": "<https://example.com/u/a?x=1&y>"},
            {"Name": "List-Unsubscribe-Post", "Value": "List-Unsubscribe=One-Click"},
        ],
        "Metadata": {"pq": KEY, "recipient": "7"},
        "MessageStream": "broadcast",
        "TrackOpens": False,
        "TrackLinks": "None",
    }
    assert (bo["To"], bo["HtmlBody"], bo["TextBody"]) == (
        "bo@example.com",
        "<p>Dear Bo &lt;b&gt;</p>",
        "Dear Bo <b>",
    )


def test_each_recipient_has_a_result() -> None:
    four = replace(BATCH, letter=replace(LETTER, recipients=tuple(replace(ADA, id=n) for n in range(4))))
    found = results(OK, INACTIVE, BAD_TO, OK, message=four)
    assert [(r.recipient, r.ok, r.suppress) for r in found] == [
        (0, True, ""),
        (1, False, "hard"),
        (2, False, "invalid"),
        (3, True, ""),
    ]
    assert found[0].remote_id == "m"
    assert found[1].reason.endswith("marked as inactive. (Postmark 406)")


def test_an_answer_without_a_code_was_accepted() -> None:
    late = {"Message": "Message OK, but delivery may be delayed.", "MessageID": "m"}
    assert [r.ok for r in results(late, OK)] == [True, True]


def test_a_batch_of_nobody_but_the_suppressed_is_done() -> None:
    assert [r.suppress for r in results(INACTIVE, BAD_TO)] == ["hard", "invalid"]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"ErrorCode": 405, "Message": "Not allowed to send"}, AuthExpired),
        ({"ErrorCode": 412, "Message": "Account is pending"}, AuthExpired),
        ({"ErrorCode": 300, "Message": "Invalid 'From' address: not verified"}, AuthExpired),
        ({"ErrorCode": 1235, "Message": "no such stream"}, AuthExpired),
        ({"ErrorCode": 100, "Message": "Maintenance"}, RateLimited),
        ({"ErrorCode": 429, "Message": "Rate limit exceeded"}, RateLimited),
        ({"ErrorCode": 402, "Message": "Invalid JSON"}, Permanent),
    ],
)
def test_a_200_that_refuses_every_mail_is_a_refusal(entry: dict[str, Any], expected: type[Exception]) -> None:
    with pytest.raises(expected):
        drive(postmark.send_batch(BATCH), reply(200, [INACTIVE, entry]))


def test_credit_that_ends_half_way_leaves_the_rest_unsent() -> None:
    sent, unsent = results(OK, {"ErrorCode": 405, "Message": "Not allowed to send"})
    assert sent.ok
    assert (unsent.ok, unsent.suppress, unsent.reason) == (False, "", "Not allowed to send (Postmark 405)")


@pytest.mark.parametrize("body", [[OK], [OK, OK, OK], {"ErrorCode": 0}, ["x", "y"]])
def test_an_answer_that_does_not_match_is_no_receipt(body: Any) -> None:
    with pytest.raises((ValueError, AttributeError)):
        drive(postmark.send_batch(BATCH), reply(200, body))


@pytest.mark.parametrize("sign", ["\r\n", "\n", "\0", "\x85", "\u2028"])
def test_no_call_is_made_for_a_header_with_a_control_character(sign: str) -> None:
    for letter in (
        replace(LETTER, subject=f"Hi{sign}Bcc: x@y.example"),
        replace(LETTER, headers={"List-Unsubscribe": f"<https://a.example>{sign}X: y"}),
        replace(LETTER, recipients=(replace(BO, values={**BO.values, "unsubscribe": f"https://a{sign}"}),)),
    ):
        driven = Driven()
        with pytest.raises(Permanent, match="control character"):
            drive(postmark.send_batch(replace(BATCH, letter=letter)), driven=driven)
        assert driven.calls == []


def test_a_name_cannot_add_a_recipient() -> None:
    tricky = replace(ADA, name='Ada" <x@y.example>,\r\n"')
    letter = replace(LETTER, recipients=(tricky,))
    call = drive(postmark.send_batch(replace(BATCH, letter=letter)), reply(200, [OK])).commit
    assert call.json[0]["To"] == '"Ada x@y.example ," <ada@example.com>'


def listed(*numbers: int) -> Any:
    return reply(
        200,
        {
            "TotalCount": len(numbers),
            "Messages": [
                {"MessageID": f"m-{n}", "Metadata": {"pq": KEY, "recipient": str(n)}} for n in numbers
            ],
        },
    )


def test_a_look_up_can_confirm_the_batch() -> None:
    driven = drive(postmark.probe(BATCH), listed(8, 7))
    assert driven.calls[0].params["metadata_pq"] == KEY
    assert [(r.recipient, r.ok, r.remote_id) for r in driven.result.recipients] == [
        (7, True, "m-7"),
        (8, True, "m-8"),
    ]


def test_a_look_up_that_finds_nothing_says_so() -> None:
    assert drive(postmark.probe(BATCH), listed()).result is None


def test_a_look_up_that_finds_a_part_is_not_the_end() -> None:
    with pytest.raises(Transient, match="lists all but 1 of the 2 mails"):
        drive(postmark.probe(BATCH), listed(7))


def test_a_check_says_which_server() -> None:
    assert drive(postmark.check(), reply(200, {"Name": "News"})).result == "the server “News”"


def test_its_calls_are_as_the_api_describes_them() -> None:
    check = contract("postmark.yml")
    base = "https://api.postmarkapp.com"
    check(drive(postmark.send_batch(BATCH), reply(200, [OK, OK])).commit, base)
    check(drive(postmark.probe(BATCH), listed(7, 8)).calls[0], base)
    check(drive(postmark.check(), reply(200, {"Name": "News"})).calls[0], base)


def test_the_description_notices_a_wrong_call() -> None:
    bad = Call(
        method="POST",
        url="https://api/email/batch",
        json={"From": 5},
        headers={"X-Postmark-Server-Token": "t"},
    )
    with pytest.raises(OpenAPIError):
        contract("postmark.yml")(bad, "https://api")
