"""The contract that every channel keeps.

An adapter does no I/O and reads no clock, randomness, environment or disk. `publish` is a generator: it
yields the HTTP calls it wants made and is sent the replies, so the same code publishes, previews and is tested.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict

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


@dataclass(frozen=True, kw_only=True)
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


@dataclass(frozen=True)
class Keep:
    """Yielded to store something before going on; an attempt after a crash finds it in `message.kept`."""

    values: Mapping[str, str]


@dataclass(frozen=True)
class Reply:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    at: datetime | None = None  # when the answer came, UTC: adapters read no clock

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON, {} where it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


Flow = Generator[Call | Keep, Reply, Receipt]
ProbeFlow = Generator[Call, Reply, Receipt | None]
SessionFlow = Generator[Call, Reply, dict[str, str]]


class ChannelConfig(BaseModel):
    """The fields of a channel of this kind: the form, the prompts, the vault and the docs follow it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Adapter:
    """One connected channel. A method that is absent is a capability that is absent."""

    kind: ClassVar[str]
    label: ClassVar[str]
    docs: ClassVar[str]  # where a person finds the credentials
    can: Capabilities
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
    #   check(self) -> Generator[Call, Reply, str]   are the credentials good? says as whom; posts nothing

    def error(self, reply: Reply) -> DeliveryError:
        """Turn a refusal into an error. Override for a service's own codes, then defer to super."""
        code = f"http-{reply.status}"
        match reply.status:
            case 401:
                return AuthExpired(f"{self.label} no longer accepts this channel's credentials", code)
            case 429:
                return RateLimited(
                    f"{self.label} asked us to slow down",
                    code,
                    retry_after(reply.headers, reply.json(), reply.at),
                )
            case 408 | 425 | 500 | 502 | 503 | 504:
                return Transient(f"{self.label} is having trouble", code)
            case status if 300 <= status < 400:
                return Permanent(f"{self.label} answered with a redirect: check the channel's address", code)
            case _:
                return Permanent(f"{self.label} refused this post", code)

    def expect(self, reply: Reply) -> Any:
        """The JSON of a good reply; a bad one raises its error."""
        if not reply.ok:
            raise self.error(reply)
        return reply.json()

    @classmethod
    def has(cls, flow: str) -> bool:
        """Whether this kind has the optional flow of that name."""
        return callable(getattr(cls, flow, None))
