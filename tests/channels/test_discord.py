from __future__ import annotations

import json
from dataclasses import replace

import pytest
from openapi_core.exceptions import OpenAPIError

from scheduler.channels import Call
from scheduler.channels.discord import Discord, plain
from scheduler.domain.errors import AuthExpired, Permanent
from scheduler.domain.message import Message, Receipt
from tests.channels.cases import KEY, PNG
from tests.channels.drive import NOW, drive, reply
from tests.channels.openapi import contract

URL = "https://discord.example/api/webhooks/123/to-k_en"
discord = Discord(Discord.Config(webhook_url=URL), {"webhook_id": "123", "guild_id": "77"})
POST = Message(text="Hello", dedupe_key=KEY, created_at=NOW)
POSTED = reply(200, {"id": "9", "channel_id": "5"})
HOOK = reply(200, {"id": "123", "guild_id": "77", "channel_id": "5", "name": "Quotes"})


def test_waits_for_the_message_and_pings_nobody() -> None:
    driven = drive(discord.publish(replace(POST, text="Hello @everyone")), POSTED)
    assert driven.commit.url == URL
    assert driven.commit.params == {"wait": "true"}
    assert driven.commit.json == {"content": "Hello @everyone", "allowed_mentions": {"parse": []}}
    assert driven.result == Receipt("9", "https://discord.com/channels/77/5/9")


def test_posts_into_a_thread() -> None:
    forum = Discord(Discord.Config(webhook_url=URL, thread_id="55"))
    driven = drive(forum.publish(POST), POSTED)
    assert driven.commit.params == {"wait": "true", "thread_id": "55"}
    assert driven.result.url == ""  # nobody told us the server


def test_cards_go_as_files_with_their_alternative_texts() -> None:
    jpeg = replace(PNG, type="image/jpeg", alt="Two")
    call = drive(discord.publish(replace(POST, images=(PNG, jpeg))), POSTED).commit

    assert call.form is not None
    body = json.loads(call.form["payload_json"])
    assert body["content"] == "Hello"
    assert body["attachments"] == [
        {"id": "0", "filename": "card-0.png", "description": PNG.alt},
        {"id": "1", "filename": "card-1.jpeg", "description": "Two"},
    ]
    assert call.files == {
        "files[0]": ("card-0.png", PNG.data, "image/png"),
        "files[1]": ("card-1.jpeg", PNG.data, "image/jpeg"),
    }


def test_looks_up_which_server_its_messages_are_on() -> None:
    driven = drive(discord.connect(), HOOK)
    assert driven.calls[0].url == URL
    assert driven.result == {"webhook_id": "123", "guild_id": "77"}


def test_a_check_says_which_webhook() -> None:
    assert drive(discord.check(), HOOK).result == "the webhook “Quotes”"


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("snake_case and 2*3*4", r"snake\_case and 2\*3\*4"),
        ("`code` ~~no~~ ||hidden|| a\\b", r"\`code\` \~\~no\~\~ \|\|hidden\|\| a\\b"),
        ("[…] “and” (so) on — 50% #tag", "\\[…] “and” (so) on — 50% #tag"),
        (
            "# Title\n> quote\n- item\n-# small\n12. twelve",
            "\\# Title\n\\> quote\n\\- item\n\\-# small\n12\\. twelve",
        ),
        ("a > b - c. In 2024. Then", "a > b - c. In 2024. Then"),
        ("<@123> <#5> <t:1:R>", r"\<@123> \<#5> \<t:1:R>"),
        ("https://a.example/x_y_z?a=*1 and _that_", r"https://a.example/x_y_z?a=*1 and \_that\_"),
        ("see https://a.example/x_y_z.", "see https://a.example/x_y_z."),
        ("-5 degrees", "-5 degrees"),
    ],
)
def test_words_are_shown_as_they_are(text: str, sent: str) -> None:
    assert plain(text) == sent


@pytest.mark.parametrize(
    "url",
    [
        "https://discord.com/channels/1/2",
        "https://discord.com/api/webhooks/1",
        "discord.com/api/webhooks/1/x",
    ],
)
def test_what_is_not_a_webhook(url: str) -> None:
    with pytest.raises(ValueError, match="this is not a web"):
        Discord.Config(webhook_url=url)


def test_keeps_the_address_without_what_follows_it() -> None:
    assert Discord.Config(webhook_url=f" {URL}/?wait=false ").webhook_url.get_secret_value() == URL


def test_says_which_field_was_wrong() -> None:
    errors = {"embeds": {"0": {"title": {"_errors": [{"code": "X", "message": "Must be 256 or fewer"}]}}}}
    with pytest.raises(Permanent, match=r"Discord refused this: embeds\.0\.title: Must be 256 or fewer"):
        drive(
            discord.publish(POST),
            reply(400, {"code": 50035, "message": "Invalid Form Body", "errors": errors}),
        )


@pytest.mark.parametrize("errors", [{}, [], {"a": {}}, {"_errors": []}, {"a": {"_errors": ["x"]}}, None])
def test_an_error_without_details_has_its_message(errors: object) -> None:
    error = discord.error(
        reply(400, {"code": 50006, "message": "Cannot send an empty message", "errors": errors})
    )
    assert error.reason == "Discord refused this: Cannot send an empty message"


def test_a_deleted_webhook_pauses_the_channel() -> None:
    with pytest.raises(AuthExpired, match="make a new one"):
        drive(discord.publish(POST), reply(404, {"code": 10015, "message": "Unknown Webhook"}))


def test_waits_as_long_as_it_is_told() -> None:
    error = discord.error(reply(429, {"retry_after": 64.57, "global": False}))
    assert (error.retry_at - NOW).total_seconds() == 64.57  # type: ignore[attr-defined]


def test_its_calls_are_as_the_api_describes_them() -> None:
    check = contract("discord.json")
    hook = Discord(
        Discord.Config(webhook_url="https://discord.com/api/v10/webhooks/123/token", thread_id="55")
    )
    base = "https://discord.com/api/v10"
    check(drive(hook.publish(POST), POSTED).commit, base)
    check(drive(hook.connect(), HOOK).calls[0], base)
    files = drive(hook.publish(replace(POST, images=(PNG,))), POSTED).commit
    assert files.form is not None  # the description knows the fields of payload_json, not payload_json
    check(replace(files, form=None, files=None, json=json.loads(files.form["payload_json"])), base)


def test_the_description_notices_a_wrong_call() -> None:
    check = contract("discord.json")
    bad = Call(
        method="POST", url="https://discord.com/api/v10/webhooks/123/token", json={"content": "x" * 2001}
    )
    with pytest.raises(OpenAPIError):
        check(bad, "https://discord.com/api/v10")
