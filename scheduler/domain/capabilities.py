"""What a kind of channel can carry: declared once by its adapter, read by everyone else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from scheduler.domain.frames import MOST


class Dedupe(StrEnum):
    """How a repeated committing call is kept from publishing twice."""

    #: The service honours an idempotency key that we choose.
    KEY = "key"
    #: We choose the record's own id, so a repeat meets itself.
    CLIENT_ID = "client-id"
    #: A draft is made first; its state tells whether it was published.
    TWO_PHASE = "two-phase"
    #: The published thing can be looked up, and its absence is proof.
    LOOKUP = "lookup"
    #: Nothing helps: an unanswered call goes to a person.
    NONE = "none"


@dataclass(frozen=True)
class Limit:
    """The most that a text may measure, in the unit that the network counts in."""

    most: int
    unit: Callable[[str], int] = len
    name: str = "characters"
    also: Limit | None = None  # a second limit that must hold too, in another unit

    def fits(self, text: str) -> bool:
        return self.unit(text) <= self.most and (self.also is None or self.also.fits(text))

    def describe(self, text: str) -> str:
        """For a counter: '288/300 graphemes · 2,961/3,000 bytes'."""
        here = f"{self.unit(text):,}/{self.most:,} {self.name}"
        return f"{here} · {self.also.describe(text)}" if self.also else here


@dataclass(frozen=True, kw_only=True)
class Images:
    count: int
    max_bytes: int
    alt: Limit | None = None
    types: frozenset[str] = frozenset({"image/png", "image/jpeg"})
    prefer: str = (
        ""  # one of `types` to send whatever the picture is; else PNG for flat art, JPEG for photographs
    )
    #: Bytes of a PDF, where the frames of a carousel go as its pages: then as the one image, of type application/pdf.
    pdf: int | None = None
    #: How long an address of the image must be good, where the network fetches it itself. It is `Image.url`.
    fetched: timedelta | None = None

    @property
    def most_frames(self) -> int:
        """Of a carousel: its images, or the pages of a PDF."""
        return self.count if self.pdf is None else MOST

    def refuses(self, frames: int, label: str) -> str:
        """Why a carousel of so many frames does not go; "" where it does."""
        if frames <= self.most_frames:
            return ""
        takes = "one image" if self.most_frames == 1 else f"{self.most_frames} images"
        return f"This carousel has {frames} frames, and {label} takes {takes}"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """For kinds that send the newsletter."""

    batch: int  # recipients per call
    max_bytes: int  # of one call's body
    per_recipient_result: bool = True


class Scope(StrEnum):
    """Who shares a limit."""

    CHANNEL = "channel"
    #: Every channel that signs in as the same account.
    ACCOUNT = "account"
    #: Every channel on the same server.
    HOST = "host"


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How often a service takes a post, and where its answers say what is left.

    A signal is what its header fields begin with: x-ratelimit for X-RateLimit-Limit, -Remaining and -Reset.
    """

    scope: Scope = Scope.ACCOUNT
    most: int = 0  # posts in `per`; 0: not known before an answer tells
    per: timedelta = timedelta()
    cost: int = 1  # what one post counts in the unit of the header fields
    signals: tuple[
        str, ...
    ] = ()  # the first that an answer has is read; none: its answers say nothing about it


@dataclass(frozen=True, kw_only=True)
class Capabilities:
    text: Limit | None = None  # None: no limit that we know of
    images: Images | None = None
    threads: bool = False
    markup: str = "plain"  # plain | markdown
    mail: Mail | None = None
    dedupe: Dedupe = Dedupe.NONE
    key_window: timedelta | None = None  # how long a key or id is honoured; None: for ever
    #: How long after the call's timeout a look-up can still be wrong.
    settling: timedelta = timedelta(seconds=30)
    rates: tuple[Rate, ...] = ()
