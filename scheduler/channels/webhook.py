"""Any address that takes JSON: an automation service, a website, a script of one's own.

Signed as Standard Webhooks says (HMAC-SHA256 over id, time and body), with our own Idempotency-Key. The body
of every attempt is the same; the signature's time is that of the attempt, as the standard wants it.
https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr

from scheduler.channels import _template
from scheduler.channels._base import Adapter, Call, ChannelConfig, Flow, Reply, composed_at
from scheduler.channels._fields import SecretAddress, has_control
from scheduler.domain.capabilities import Capabilities, Dedupe, Images, Rate, Scope
from scheduler.domain.errors import AuthExpired, DeliveryError, Transient
from scheduler.domain.message import Image, Message, Receipt

#: What a body template may ask for. A text that is unknown is "".
TEXTS = {
    "id": "the same for every attempt: what a repeat is recognised by",
    "created_at": "when the post was composed, ISO 8601, UTC",
    "text": "the post",
    "link": "the article's address with its UTM parameters",
    "language": "of the text, BCP 47",
    "reply_to": "the id of the item before this one in a thread",
    "title": "of the article",
    "author": "of the article",
    "url": "of the article",
    "site": "the outlet's name",
    "published": "the article's date",
    "quote": "the words of a card",
    "speaker": "who said them",
}
LISTS = {"images": "of objects with alt, type, width, height and data, which is a data: address"}
DEFAULT_BODY = json.dumps(
    {
        "id": "{{id}}",
        "type": "post.published",
        "timestamp": "{{created_at}}",
        "data": {
            **{name: f"{{{{{name}}}}}" for name in ("text", "link", "language", "images", "reply_to")},
            "quote": {"text": "{{quote}}", "speaker": "{{speaker}}"},
            "article": {name: f"{{{{{name}}}}}" for name in ("title", "author", "url", "site", "published")},
        },
    },
    indent=2,
)
PATH = r"^([^.\s]+(\.[^.\s]+)*)?$"  # into the answer: "id", "data.id", "items.0.id"
OURS = frozenset({"content-length", "content-type", "host", "idempotency-key", "transfer-encoding"})


def _body(template: str) -> str:
    _template.read(template, texts=TEXTS, others=LISTS)
    return template


def _headers(headers: dict[str, SecretStr]) -> dict[str, SecretStr]:
    for name, value in headers.items():
        if not re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name):
            raise ValueError(f"{name!r} is not a header's name")
        if name.lower() in OURS or name.lower().startswith("webhook-"):
            raise ValueError(f"{name} is set by us: leave it out")
        if has_control(value.get_secret_value()) or not value.get_secret_value().isascii():
            raise ValueError(f"the value of {name} must be one line of ASCII")
    return headers


def _signing_key(secret: SecretStr | None) -> SecretStr | None:
    if secret is not None and not 24 <= len(_key(secret)) <= 64:
        raise ValueError(
            "the secret must be 24 to 64 bytes in base64: make one with `openssl rand -base64 32`"
        )
    return secret


def _key(secret: SecretStr) -> bytes:
    text = secret.get_secret_value().strip().removeprefix("whsec_")
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        raise ValueError("the secret is not base64: make one with `openssl rand -base64 32`") from None


def _details() -> str:
    rows = "\n".join(f"| `{{{{{name}}}}}` | {text} |" for name, text in (TEXTS | LISTS).items())
    return f"""\
`body` is JSON. A text that is exactly one placeholder becomes its value; within other text only texts can stand.

| placeholder | value |
|---|---|
{rows}

The default body:

```json
{DEFAULT_BODY}
```

With a `signing_secret`, every call has the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` of
[Standard Webhooks](https://www.standardwebhooks.com/). Every attempt has the same body, `webhook-id` and
`Idempotency-Key`; the timestamp is that of the attempt."""


class Webhook(Adapter):
    kind = "webhook"
    label = "Webhook"
    docs = "https://www.standardwebhooks.com/"
    can = Capabilities(
        images=Images(count=10, max_bytes=10 * 2**20),
        threads=True,
        dedupe=Dedupe.NONE,
        rates=(Rate(scope=Scope.HOST, signals=("ratelimit", "x-ratelimit", "x-rate-limit")),),
    )

    details = _details()

    class Config(ChannelConfig):
        url: SecretAddress = Field(
            description="The address to call; treated as a secret, for it may hold a token",
            examples=["https://example.com/hooks/pullquote"],
        )
        method: Literal["POST", "PUT", "PATCH"] = Field(
            "POST", description="How to call it", examples=["POST"]
        )
        headers: Annotated[dict[str, SecretStr], AfterValidator(_headers)] = Field(
            default_factory=dict,
            description="More headers, an authorization for example",
            examples=[{"Authorization": "Bearer …"}],
        )
        signing_secret: Annotated[SecretStr | None, AfterValidator(_signing_key)] = Field(
            None, description="Signs every call, as Standard Webhooks says", examples=["whsec_…"]
        )
        body: Annotated[str, AfterValidator(_body)] = Field(
            DEFAULT_BODY,
            description="The body: JSON with {{placeholders}}",
            examples=['{"content": "{{text}}"}'],
        )
        images: bool = Field(
            True,
            description="Send cards inside the body; without it the channel takes no cards",
            examples=[True],
        )
        id_field: str = Field(
            "",
            pattern=PATH,
            description="Where the answer's JSON has the id of what was made",
            examples=["data.id"],
        )
        url_field: str = Field(
            "",
            pattern=PATH,
            description="Where the answer's JSON has the address of what was made",
            examples=["data.url"],
        )
        repeat_is_safe: bool = Field(
            False,
            description="The receiver does nothing when it sees an Idempotency-Key again, so that a call "
            "without an answer may be repeated",
            examples=[False],
        )

    def __init__(self, config: Any, session: Mapping[str, str] | None = None):
        super().__init__(config, session)
        self.can = replace(
            self.can,
            images=self.can.images if config.images else None,
            dedupe=Dedupe.KEY if config.repeat_is_safe else Dedupe.NONE,
        )

    def host(self) -> str:
        return urlsplit(self.config.url.get_secret_value()).hostname or ""

    def publish(self, message: Message) -> Flow:
        body = self._compose(message)
        secret = self.config.signing_secret
        reply = yield Call(
            method=self.config.method,
            url=self.config.url.get_secret_value(),
            commits=True,
            headers=self._headers(message),
            content=body,
            stamp=signature(_key(secret), message.dedupe_key, body) if secret else None,
        )
        return self._receipt(message, self.expect(reply))

    def error(self, reply: Reply) -> DeliveryError:
        code = f"http-{reply.status}"
        match reply.status:
            case 403 | 404 | 405 | 410:  # about the address, not about this post
                return AuthExpired(
                    "The webhook's address no longer takes posts: check it with its owner", code
                )
            case 409 if self.config.repeat_is_safe:  # an earlier attempt with this key is still at work
                return Transient("The webhook is still busy with this post", code)
            case _:
                return super().error(reply)

    def rehearse(self, call: Call) -> Reply:  # noqa: ARG002
        return Reply(200, json.dumps(_promised(self.config.id_field, self.config.url_field)).encode())

    def _compose(self, message: Message) -> bytes:
        shape = _template.read(self.config.body, texts=TEXTS, others=LISTS)
        return json.dumps(_template.fill(shape, _values(message)), ensure_ascii=False).encode()

    def _headers(self, message: Message) -> dict[str, str]:
        own = {name: value.get_secret_value() for name, value in self.config.headers.items()}
        return own | {"Content-Type": "application/json", "Idempotency-Key": message.dedupe_key}

    def _receipt(self, message: Message, answer: Any) -> Receipt:
        """Without an id from the receiver, ours: the next item of a thread names it.

        An id that was promised and is missing leaves the post in doubt: a 200 may hold an error.
        """
        number = _field(answer, self.config.id_field) if self.config.id_field else message.dedupe_key
        address = _field(answer, self.config.url_field) if self.config.url_field else ""
        return Receipt(remote_id=str(number), url=str(address))


def signature(key: bytes, name: str, body: bytes) -> Callable[[datetime], dict[str, str]]:
    """The headers of Standard Webhooks, for a call that is made at the time that is given."""

    def stamp(at: datetime) -> dict[str, str]:
        seconds = str(int(at.timestamp()))
        mac = hmac.digest(key, f"{name}.{seconds}.".encode() + body, hashlib.sha256)
        signed = f"v1,{base64.b64encode(mac).decode()}"
        return {"webhook-id": name, "webhook-timestamp": seconds, "webhook-signature": signed}

    return stamp


def _values(message: Message) -> dict[str, Any]:
    unknown = dict.fromkeys(TEXTS, "")
    about = {name: value for name, value in message.about.items() if name in TEXTS}
    return (
        unknown
        | about
        | {
            "id": message.dedupe_key,
            "created_at": composed_at(message).isoformat(timespec="seconds"),
            "text": message.text,
            "link": message.link,
            "language": message.language,
            "images": [_image(image) for image in message.images],
            "reply_to": message.reply_to.remote_id if message.reply_to else "",
        }
    )


def _image(image: Image) -> dict[str, Any]:
    data = f"data:{image.type};base64,{base64.b64encode(image.data).decode()}"
    return {"alt": image.alt, "type": image.type, "width": image.width, "height": image.height, "data": data}


def _field(answer: Any, path: str) -> Any:
    """The value at `path` ("data.id", "items.0.id"). Raises LookupError or TypeError where there is none."""
    for name in path.split("."):
        answer = answer[int(name) if isinstance(answer, list) else name]
    if answer is None or isinstance(answer, dict | list):
        raise ValueError(f"{path} is not a value")
    return answer


def _promised(*paths: str) -> dict[str, Any]:
    """An answer that has something at each of `paths`."""
    answer: dict[str, Any] = {}
    for *outer, last in (path.split(".") for path in paths if path):
        place = answer
        for name in outer:
            place = place.setdefault(name, {})
        place[last] = "preview"
    return answer


ADAPTER = Webhook
