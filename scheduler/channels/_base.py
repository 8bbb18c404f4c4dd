"""The contract that every channel keeps.

An adapter does no I/O and reads no clock, randomness, environment or disk. `publish` is a generator: it
yields the HTTP calls it wants made and is sent the replies, so the same code publishes, previews and is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict

from scheduler.channels._fit import check_fit
from scheduler.channels._retry import retry_after
from scheduler.domain.capabilities import Capabilities
from scheduler.domain.errors import (
    AuthExpired,
    DeliveryError,
    NotSupported,
    Permanent,
    RateLimited,
    Transient,
)
from scheduler.domain.message import Message, Receipt


@dataclass(frozen=True, kw_only=True, repr=False)
class Call:
    """An HTTP request, as data. At most one of json, form/files and content."""

    method: str
    url: str
    commits: bool = False  # this call is the one that publishes
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    form: Mapping[str, str] | None = None
    files: Mapping[str, tuple[str, bytes, str]] | None = None  # field -> (file name, data, type)
    content: bytes | None = None
    #: Headers that say when the call was made (a signature's time): asked for right before the bytes go out.
    stamp: Callable[[datetime], Mapping[str, str]] | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        """Shows no path and no header: both may hold a secret."""
        parts = urlsplit(self.url)
        commits = " commits" if self.commits else ""
        return f"<Call {self.method} {parts.scheme}://{parts.hostname}{commits}>"


@dataclass(frozen=True)
class Keep:
    """Yielded to store something before going on; an attempt after a crash finds it in `message.kept`."""

    values: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = field(default=b"", repr=False)  # the answer to a sign-in holds tokens
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)  # names in lower case
    at: datetime | None = None  # when the answer came, UTC: adapters read no clock

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON, {} where it is none. Half an emoji, which no database takes, becomes a "?"."""
        try:
            value = json.loads(self.body)
        except (ValueError, RecursionError):
            return {}
        if SURROGATE.search(self.body):
            value = json.loads(json.dumps(value, ensure_ascii=False).encode(errors="replace"))
        return value

    def get(self, name: str) -> Any:
        """A field of the body where that is a JSON object, else None: an error's body may be anything."""
        body = self.json()
        return body.get(name) if isinstance(body, dict) else None

    def said(self, name: str) -> str:
        """A text of the body, on one line and short enough for a sentence."""
        value = self.get(name)
        text = " ".join(value.split()) if isinstance(value, str) else ""
        return text if len(text) <= SAID else text[: SAID - 1] + "…"


SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")
SAID = 200  # characters of a service's own words that we repeat to a person

Flow = Generator[Call | Keep, Reply, Receipt]
ProbeFlow = Generator[Call, Reply, Receipt | None]
SessionFlow = Generator[Call, Reply, dict[str, str]]
CheckFlow = Generator[Call, Reply, str]
LimitsFlow = Generator[Call, Reply, dict[str, Any]]

_T = TypeVar("_T")
Part = Generator[Call | Keep, Reply, _T]  # a stretch of a flow, for `yield from`


def composed_at(message: Message) -> datetime:
    """When the message was frozen, UTC: the same for every attempt."""
    if message.created_at is None:
        raise ValueError("the message does not say when it was composed")
    return message.created_at.astimezone(UTC)


class ChannelConfig(BaseModel):
    """The fields of a channel of this kind: the form, the prompts, the vault and the docs follow it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def secrets(cls) -> frozenset[str]:
        """The names of the fields that hold a secret: asked for without an echo, never shown."""
        return frozenset(n for n, field in cls.model_fields.items() if "SecretStr" in repr(field.annotation))


class Adapter:
    """One connected channel. A method that is absent is a capability that is absent."""

    kind: ClassVar[str]
    label: ClassVar[str]
    docs: ClassVar[str]  # where a person finds the credentials
    details: ClassVar[str] = ""  # Markdown for the reference, where the fields do not say it all
    can: Capabilities  # of the kind; an instance may narrow or widen it by its configuration
    shown: ClassVar[frozenset[str]] = frozenset()  # what of the session is no secret: all else is hidden
    Config: ClassVar[type[ChannelConfig]]

    def __init__(self, config: Any, session: Mapping[str, str] | None = None):
        self.config = config
        self.session = session or {}  # what `connect` returned, stored sealed between calls

    def publish(self, message: Message) -> Flow:  # noqa: ARG002
        """Publish one post or one item of a thread."""
        raise NotSupported(f"{self.label} does not take posts", "choose another channel for this piece")

    def send_batch(self, message: Message) -> Flow:  # noqa: ARG002
        """Send one batch of an issue. The receipt has a result for each recipient."""
        raise NotSupported(f"{self.label} does not send mail", "choose another channel for this issue")

    # Optional flows, looked up by name: an adapter that has one can do it.
    #   connect(self) -> SessionFlow           sign in; the result is handed back as `session`
    #   probe(self, message) -> ProbeFlow      did my post go out?
    #   check(self) -> CheckFlow               are the credentials good? says as whom; posts nothing
    #   limits(self) -> LimitsFlow             what this server takes: values for fields of Config

    def host(self) -> str:
        """The server that posts go to: what it limits, every channel on it shares."""
        return urlsplit(str(getattr(self.config, "server", ""))).hostname or ""

    def account(self) -> str:
        """What the service knows the account by; "" where only the credentials tell."""
        return ""

    def fit(self, message: Message) -> None:
        """Raise NotSupported where this channel cannot carry `message`: before the queue, not on the wire."""
        check_fit(message, self.can, self.label)

    def rehearse(self, call: Call) -> Reply:  # noqa: ARG002
        """A good answer to `call`, made up: a preview drives the flow with it."""
        return Reply(200, b'{"id": "preview"}')

    def error(self, reply: Reply) -> DeliveryError:
        """Turn a refusal into an error. Override for a service's own codes, then defer to super."""
        code = f"http-{reply.status}"
        match reply.status:
            case 401:
                return AuthExpired(f"{self.label} no longer accepts this channel's credentials", code)
            case 429:
                return self.slow_down(reply)
            case 408 | 425 | 500 | 502 | 503 | 504:
                return Transient(f"{self.label} is having trouble", code)
            case status if 300 <= status < 400:
                return Permanent(f"{self.label} answered with a redirect: check the channel's address", code)
            case _:
                return self.refused(reply)

    def slow_down(self, reply: Reply) -> RateLimited:
        at = retry_after(reply.headers, reply.json(), reply.at)
        return RateLimited(f"{self.label} asked us to slow down", f"http-{reply.status}", at)

    def refused(self, reply: Reply, said: str = "", code: str = "") -> Permanent:
        """The same post can never go through; `said` are the service's own words for why."""
        why = f": {said}" if said else ", without saying why"
        return Permanent(f"{self.label} refused this{why}", code or f"http-{reply.status}")

    def expect(self, reply: Reply) -> Any:
        """The JSON of a good reply; a bad one raises its error."""
        if not reply.ok:
            raise self.error(reply)
        return reply.json()

    @classmethod
    def has(cls, flow: str) -> bool:
        """Whether this kind has the optional flow of that name."""
        return callable(getattr(cls, flow, None))
