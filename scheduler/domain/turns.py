"""Whose turn it is: which channel the next delivery is taken from.

Workspaces share the senders, and so do the channels of one: whoever has fewest deliveries in hand comes first, then
whoever waited longest. A post is for now; an issue's many batches come behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

NEVER = datetime.min.replace(tzinfo=UTC)


class Lane(StrEnum):
    """What a sender takes."""

    POSTS_FIRST = "posts-first"
    #: Kept free of mail, so that a post that is due now never waits for a batch to end.
    POSTS_ONLY = "posts-only"
    #: What is sent many at a time.
    MAIL_ONLY = "mail-only"
    #: So that many posts do not stop an issue.
    MAIL_FIRST = "mail-first"


@dataclass(frozen=True)
class Candidate:
    """A channel that has something to do and may do it."""

    channel_id: int
    workspace_id: int
    mail: bool
    in_hand: int = 0
    served_at: datetime = NEVER  # when something was last taken from it


def lanes(senders: int) -> list[Lane]:
    """The lane of each sender."""
    if senders < 2:
        return [Lane.POSTS_FIRST] * senders
    return [Lane.POSTS_ONLY, Lane.MAIL_FIRST, *[Lane.POSTS_FIRST] * (senders - 2)]


def in_turn(candidates: Iterable[Candidate], lane: Lane) -> list[Candidate]:
    """The channels that the lane takes from, the next one first."""
    refused = {Lane.POSTS_ONLY: True, Lane.MAIL_ONLY: False}.get(lane)
    found = [each for each in candidates if each.mail is not refused]
    hands, served = _by_workspace(found)

    def rank(each: Candidate) -> tuple[object, ...]:
        behind = each.mail is not (lane is Lane.MAIL_FIRST)
        own = each.workspace_id
        return behind, hands[own], served[own], each.in_hand, each.served_at, each.channel_id

    return sorted(found, key=rank)


def _by_workspace(candidates: Sequence[Candidate]) -> tuple[dict[int, int], dict[int, datetime]]:
    """How many deliveries of each workspace are in hand, and when it was last served."""
    hands: dict[int, int] = {}
    served: dict[int, datetime] = {}
    for each in candidates:
        own = each.workspace_id
        hands[own] = hands.get(own, 0) + each.in_hand
        served[own] = max(served.get(own, NEVER), each.served_at)
    return hands, served
