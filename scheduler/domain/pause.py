"""The panic button: what a pause stops."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reach(StrEnum):
    """How much a pause stops."""

    ALL = "all"
    WORKSPACE = "workspace"
    CHANNEL = "channel"
    #: An article's campaign: its pieces and its issue.
    ARTICLE = "article"


@dataclass(frozen=True)
class Target:
    """What is paused: everything, or one thing by its id."""

    reach: Reach
    id: int = 0


@dataclass(frozen=True)
class Pause:
    target: Target
    at: datetime
    by: str
    why: str

    def told(self) -> str:
        """Why nothing goes out, in half a sentence."""
        reason = f": {self.why}" if self.why else ""
        return f"paused by {self.by or 'Pullquote'}{reason}"


class AfterPause(StrEnum):
    """What to do with deliveries whose time passed during a pause."""

    #: Now, spread out as the channel's gap says.
    SEND = "send"
    #: Each into the next free slot of its channel.
    SLOTS = "slots"
    HOLD = "hold"
    SKIP = "skip"
    #: What each channel's own policy says.
    POLICY = "policy"
