from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from scheduler.channels.webhook import Webhook, signature
from scheduler.domain.addresses import networks
from scheduler.domain.capabilities import Dedupe
from scheduler.domain.errors import AuthExpired, Permanent, Transient
from scheduler.domain.message import Receipt
from scheduler.transport import Transport
from tests.channels.cases import KEY, PNG, POST
from tests.channels.drive import NOW, drive, reply
from tests.conftest import Clock
from tests.servers import Answer, serving

SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()


def webhook(**fields: Any) -> Webhook:
    return Webhook(Webhook.Config(**{"url": "https://hooks.example/in"} | fields))


def body_of(channel: Webhook, message: Any = POST) -> Any:
    content = drive(channel.publish(message), reply(200, b"{}")).commit.content
    assert content is not None
    return json.loads(content)


def test_the_default_body_says_everything() -> None:
    assert body_of(webhook()) == {
        "id": KEY,
        "type": "post.published",
        "timestamp": "2026-03-02T11:59:30+00:00",
        "data": {
            "text": POST.text,
            "link": "https://example.com/early",
            "language": "en",
            "images": [
                {
                    "alt": PNG.alt,
                    "type": "image/png",
                    "width": 1080,
                    "height": 1350,
                    "data": "data:image/png;base64," + base64.b64encode(PNG.data).decode(),
                }
            ],
            "reply_to": "",
            "quote": {"text": "We were early.", "speaker": "Ada"},
            "article": {"title": "The early train", "author": "Bo", "url": "", "site": "", "published": ""},
        },
    }


def test_a_body_of_ones_own() -> None:
    channel = webhook(body='{"content": "{{speaker}}: {{quote}}", "files": "{{images}}"}', method="PUT")
    sent = drive(channel.publish(replace(POST, images=())), reply(204)).commit
    assert sent.method == "PUT"
    assert json.loads(sent.content or b"") == {"content": "Ada: We were early.", "files": []}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"body": '{"a": "{{headline}}"}'}, "there is no placeholder {{headline}}: choose from author"),
        ({"body": "hello {{text}}"}, "the body is not JSON"),
        ({"url": "hooks.example"}, "it should begin with https://"),
        ({"headers": {"X Y": "1"}}, "'X Y' is not a header's name"),
        ({"headers": {"X-Y": "1\r\nZ: 2"}}, "must be one line of ASCII"),
        ({"headers": {"X-Y": "ä"}}, "must be one line of ASCII"),
        ({"headers": {"Webhook-Id": "1"}}, "Webhook-Id is set by us"),
        ({"headers": {"idempotency-key": "1"}}, "idempotency-key is set by us"),
        ({"signing_secret": "whsec_!"}, "the secret is not base64"),
        ({"signing_secret": "whsec_c2hvcnQ="}, "24 to 64 bytes"),
        ({"id_field": "data..id"}, "match pattern"),
        ({"method": "GET"}, "'POST', 'PUT' or 'PATCH'"),
    ],
)
def test_a_mistake_in_the_settings_is_explained(fields: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError) as caught:
        webhook(**fields)
    assert why in str(caught.value)


def test_every_attempt_is_the_same_but_for_the_time_of_its_signature() -> None:
    channel = webhook(signing_secret=SECRET, headers={"Authorization": "Bearer t"})
    first = drive(channel.publish(POST), reply(200)).commit
    second = drive(channel.publish(POST), reply(200)).commit

    assert first == second
    assert first.headers == {
        "Authorization": "Bearer t",
        "Content-Type": "application/json",
        "Idempotency-Key": KEY,
    }
    assert first.stamp is not None
    late = first.stamp(NOW + timedelta(hours=3))
    assert late["webhook-id"] == KEY
    assert int(late["webhook-timestamp"]) == int(NOW.timestamp()) + 3 * 3600


def test_signs_as_the_standard_does() -> None:
    """The example of the specification's reference libraries."""
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = NOW.fromtimestamp(1614265330, NOW.tzinfo)
    stamp = signature(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}')(at)
    assert stamp["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_unsigned_without_a_secret() -> None:
    assert drive(webhook().publish(POST), reply(200)).commit.stamp is None


def verified(headers: Mapping[str, str], body: bytes, key: bytes) -> bool:
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    return headers["webhook-signature"] == f"v1,{expected}"


def test_a_receiver_can_verify_a_late_attempt(clock: Clock) -> None:
    channel = webhook(signing_secret=SECRET)
    transport = Transport(clock, allowed=networks(["127.0.0.0/8"]), seconds=2)
    with serving(lambda _: Answer(200)) as server:
        channel = webhook(url=f"{server.url}/in?key=t", signing_secret=SECRET)
        for _ in range(2):
            transport.drive(channel.publish(POST), channel, transport.recorder(channel))
            clock.advance(hours=1)
    transport.close()

    first, late = server.got
    assert first.path == "/in?key=t"
    assert first.body == late.body
    assert int(late.headers["webhook-timestamp"]) - int(first.headers["webhook-timestamp"]) == 3600
    assert all(verified(got.headers, got.body, b"k" * 32) for got in server.got)


def test_the_receipt_is_where_the_settings_say() -> None:
    channel = webhook(id_field="items.0.id", url_field="items.0.link")
    answer = reply(201, {"items": [{"id": 7, "link": "https://a.example/7"}]})
    assert drive(channel.publish(POST), answer).result == Receipt("7", "https://a.example/7")


def test_without_an_id_of_theirs_the_receipt_has_ours() -> None:
    receipt = drive(webhook().publish(POST), reply(202, b"accepted")).result
    assert receipt == Receipt(KEY)
    assert body_of(webhook(), replace(POST, reply_to=receipt))["data"]["reply_to"] == KEY


@pytest.mark.parametrize("body", [{}, {"id": None}, {"id": {}}, [], "no", {"errors": ["no"]}])
def test_an_answer_without_the_promised_id_is_no_receipt(body: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, IndexError)):
        drive(webhook(id_field="id").publish(POST), reply(200, body))


def test_a_repeat_is_safe_only_where_the_receiver_says_so() -> None:
    assert webhook().can.dedupe is Dedupe.NONE
    safe = webhook(repeat_is_safe=True)
    assert safe.can.dedupe is Dedupe.KEY
    assert type(safe.error(reply(409))) is Transient
    assert type(webhook().error(reply(409))) is Permanent


def test_an_address_that_is_gone_pauses_the_channel() -> None:
    with pytest.raises(AuthExpired, match="check it with its owner"):
        drive(webhook().publish(POST), reply(410))
