"""What can go wrong, sorted by what to do next.

PullquoteError                    one sentence for a person: what is wrong, what to do
├── NotSupported(feature, limit)  raised while a person is looking; never reaches the wire
└── DeliveryError(reason, code)   the class is the instruction
    ├── Permanent                 the same thing can never work: failed, tell the author
    ├── Transient                 may work later: back off, bounded
    ├── RateLimited(retry_at)     wait until then; costs no attempt
    ├── AuthExpired               the channel's credentials: pause the channel, keep its queue
    └── Ambiguous                 published or not: unknown; probe, or a person decides
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scheduler.domain.capabilities import Scope


class PullquoteError(Exception):
    """A mistake that a person can mend. The faces print it as one sentence and no traceback."""


class NotFound(PullquoteError):
    """What was asked for does not exist."""


@dataclass
class NotSupported(PullquoteError):
    """The channel's kind cannot carry this piece."""

    feature: str
    limit: str = ""

    def __str__(self) -> str:
        return f"{self.feature}: {self.limit}" if self.limit else self.feature


@dataclass
class DeliveryError(PullquoteError):
    reason: str  # for people: one sentence, never a secret
    code: str = ""  # for machines, stable: "http-422", "bluesky:InvalidRequest"

    def __str__(self) -> str:
        return f"{self.reason} [{self.code}]" if self.code else self.reason


class Permanent(DeliveryError):
    """The same thing can never work: give up and tell the author."""


@dataclass
class Transient(DeliveryError):
    """A later try may work: back off."""

    maybe_published: bool = False  # the committing call went out, but a repeat with the same key is harmless


@dataclass
class RateLimited(DeliveryError):
    """Refused for now: try again no sooner than `retry_at`, or after a wait of ours where it is None."""

    retry_at: datetime | None = None
    scope: Scope | None = None  # who else has to wait, where the service says so


class AuthExpired(DeliveryError):
    """The channel must be refreshed or connected again: pause it, keep its queue."""


class Ambiguous(DeliveryError):
    """The committing call went out and its fate is unknown: never repeat it blindly."""
