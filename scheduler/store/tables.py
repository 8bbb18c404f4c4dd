"""The tables. Every instant is UTC; every JSON column has its shape beside it; the database gives the ids."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from scheduler.store.types import UtcDateTime


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A column that holds an instant."""
    return Field(default=None, sa_column=Column(UtcDateTime, nullable=nullable, index=index))


def to(table: str, *, index: bool = True, nullable: bool = False) -> Any:
    """A column that points at a row of `table`; the row goes when the one it belongs to goes."""
    key = ForeignKey(f"{table}.id", ondelete="CASCADE")
    return Field(default=None, sa_column=Column(key, nullable=nullable, index=index))


def many() -> Any:
    """The id of a table that may pass two thousand million rows; SQLite's ids are as wide as they need to be."""
    wide = BigInteger().with_variant(Integer, "sqlite")
    return Field(default=None, sa_column=Column(wide, primary_key=True))


def some(name: str, *columns: str, where: str) -> Index:
    """An index of some of the deliveries: all the others cost it nothing."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def json_column(default: Any) -> Any:
    return Field(default_factory=default, sa_column=Column(JSON, nullable=False))


class WorkspaceRow(SQLModel, table=True):
    """A brand: its look, its zone, its people."""

    __tablename__ = "workspace"

    id: int = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    zone: str = "UTC"  # IANA
    language: str = "en"
    brand: dict[str, Any] = json_column(dict)  # colour role -> "#rrggbb", "name": outlet, "address": postal
    created_at: datetime = instant()


class ArticleRow(SQLModel, table=True):
    __tablename__ = "article"
    __table_args__ = (UniqueConstraint("workspace_id", "fingerprint"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace")
    origin: str  # the file name or URL it was read from
    title: str
    author: str = ""
    published: date | None = None
    language: str = ""
    url: str = ""
    site: str = ""
    body: str  # cleaned; every offset points into it
    lifted: list[str] = json_column(list)
    fingerprint: str
    created_at: datetime = instant()


class QuoteRow(SQLModel, table=True):
    __tablename__ = "quote"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: int = Field(default=None, primary_key=True)
    article_id: int = to("article")
    number: int  # 1, 2, 3 … in reading order
    segments: list[list[int]] = json_column(list)  # [[start, end], …]
    speaker: str = ""
    mention: str = ""
    kind: str = "full"
    rule: str = ""
    confidence: float = 0.0
    score: float = 0.0
    reasons: list[str] = json_column(list)
    duplicate_of: int | None = None  # number of the quote that is kept
    named: str = ""  # who said it, as a person corrected it
    unused: bool = False  # a person said: make nothing of it
    kept: list[list[int]] = json_column(list)  # of the segments, what a person left of them; none: all


class PieceRow(SQLModel, table=True):
    __tablename__ = "piece"

    id: int = Field(default=None, primary_key=True)
    article_id: int = to("article")
    quote_id: int | None = to("quote", nullable=True)
    kind: str = Field(index=True)  # PieceKind
    status: str = "ready"  # PieceStatus
    reason: str = ""  # why it is held
    revision: int = 1
    recipe: str = "default"
    content: dict[str, Any] = json_column(dict)  # domain.piece.Content
    created_at: datetime = instant()


class ChannelRow(SQLModel, table=True):
    __tablename__ = "channel"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace")
    name: str
    kind: str
    zone: str  # IANA; its slots live in it
    config: str  # sealed JSON of the kind's Config
    session: str = ""  # the same of what `connect` returned
    paused_at: datetime | None = instant(nullable=True)
    paused_why: str = ""
    paused_by: str = ""  # who; "" where it was Pullquote itself
    resume_at: datetime | None = instant(nullable=True)  # the service asked us to wait until then
    missed: str = "hold"  # domain.delivery.Missed: what to do with times that passed while nothing ran
    late_minutes: int = 60  # how late is still good
    gap_seconds: int = 60  # between two late deliveries: never a burst
    spacing_minutes: int = 180  # between two pieces of one article
    utm: dict[str, str] = json_column(dict)  # what links posted there have, before what the recipe says
    created_at: datetime = instant()


class GateRow(SQLModel, table=True):
    """What stands between a channel's queue and its service: changed at every claim, which the channel is not."""

    __tablename__ = "gate"

    channel_id: int = Field(
        default=None, sa_column=Column(ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True)
    )
    account: str = ""  # whose limits it shares: a digest, no secret
    host: str = ""
    served_at: datetime | None = instant(nullable=True)  # when something was last taken from its queue
    failures: int = 0  # this and what follows: domain.breaker.Breaker
    last_failed: int = 0
    opened_at: datetime | None = instant(nullable=True)
    trips: int = 0
    retry_at: datetime | None = instant(nullable=True)
    signing_in: str = ""  # token of the process that signs in
    signing_until: datetime | None = instant(nullable=True)


class BucketRow(SQLModel, table=True):
    """A limit of a service, and how much of it is used up: domain.throttle.Bucket."""

    __tablename__ = "bucket"

    key: str = Field(primary_key=True)
    most: int
    seconds: float  # the span in which `most` may go
    full_at: datetime | None = instant(nullable=True)
    closed_until: datetime | None = instant(nullable=True)
    told_left: int | None = None  # what the service itself said last
    told_at: datetime | None = instant(nullable=True)


class PauseRow(SQLModel, table=True):
    """Somebody pressed the button: nothing of it is sent. A single channel's pause is on its row."""

    __tablename__ = "pause"
    __table_args__ = (UniqueConstraint("reach", "target"),)

    id: int = Field(default=None, primary_key=True)
    reach: str  # domain.pause.Reach
    target: int = 0  # id of the workspace or the article; 0 where it is everything
    at: datetime = instant()
    by: str = ""
    why: str = ""


class SlotRow(SQLModel, table=True):
    """A recurring time to post on a channel, in the channel's zone."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("channel_id", "weekday", "time"),)

    id: int = Field(default=None, primary_key=True)
    channel_id: int = to("channel")
    weekday: int  # 0 Monday … 6 Sunday
    time: str  # "09:00"


class DeliveryRow(SQLModel, table=True):
    """One piece to one channel at `due_at`. This row is the truth about whether it was sent."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("channel_id", "slot_key"),
        Index("ix_delivery_board", "channel_id", "status", "due_at"),  # also finds a channel's deliveries
        Index("ix_delivery_status", "status", "due_at"),
        # a channel's next: however much waits elsewhere, it is the first entry of a range
        some("ix_delivery_channel_next", "channel_id", "next_at", where="next_at IS NOT NULL"),
        # what is in somebody's hands: every claim counts it
        some("ix_delivery_held", "channel_id", where="status = 'sending'"),
    )

    id: int = Field(default=None, primary_key=True)
    piece_id: int = to("piece")
    channel_id: int = to("channel", index=False)
    revision: int = 1  # of what was composed; counts up when it is composed anew
    status: str = "scheduled"  # domain.delivery.Status
    due_at: datetime = instant(index=True)  # when it is meant to go out
    #: When a worker looks at it again: its time, the end of a wait or of a lease, or a probe. NULL: never.
    next_at: datetime | None = instant(nullable=True)
    slot_key: str | None = None  # "2026-03-08T09:00": the reserved slot; NULL once it is free again
    attempts: int = 0
    probes: int = 0
    owner: str = ""  # fencing token of the worker that holds it
    item: int = 0  # the item of a thread that is next
    #: The first time that its committing call may have gone out: the key's window counts from here.
    committed_at: datetime | None = instant(nullable=True)
    #: The last time: a look-up waits from here.
    called_at: datetime | None = instant(nullable=True)
    message: dict[str, Any] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))  # frozen
    kept: dict[str, str] = json_column(dict)  # what a two-phase flow stored on its way
    code: str = ""  # of the last error
    reason: str = ""
    remote_id: str = ""  # of the first item
    url: str = ""
    settled_at: datetime | None = instant(nullable=True)
    created_at: datetime = instant()


class AttemptRow(SQLModel, table=True):
    """One try. Written before the call, so that a crash leaves its trace."""

    __tablename__ = "attempt"

    id: int = many()
    delivery_id: int = to("delivery")
    owner: str
    step: str  # domain.delivery.Step
    started_at: datetime = instant()
    ended_at: datetime | None = instant(nullable=True)
    outcome: str = ""  # Receipt, Transient …; "" while it runs, or where the worker died
    code: str = ""
    reason: str = ""
    calls: list[dict[str, Any]] = json_column(list)  # redacted: method, url, status, ms


class ReceiptRow(SQLModel, table=True):
    """Proof of one published item."""

    __tablename__ = "receipt"
    __table_args__ = (UniqueConstraint("delivery_id", "item"),)

    id: int = many()
    delivery_id: int = to("delivery")
    item: int
    remote_id: str
    url: str = ""
    extra: dict[str, str] = json_column(dict)
    at: datetime = instant()


class AssetRow(SQLModel, table=True):
    """Bytes by their content: a rendered card is stored once."""

    __tablename__ = "asset"

    sha256: str = Field(primary_key=True)
    type: str
    data: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    width: int = 0
    height: int = 0
    created_at: datetime = instant()


class CardRow(SQLModel, table=True):
    """What was drawn from the same inputs before: one row, or one for each frame of a carousel."""

    __tablename__ = "card"

    key: str = Field(primary_key=True)  # of everything that the card depends on
    frame: int = Field(primary_key=True)
    asset: str = Field(sa_column=Column(ForeignKey("asset.sha256", ondelete="CASCADE"), nullable=False))
    quote: str  # the words on it


class BrandFileRow(SQLModel, table=True):
    """A file of a workspace's look: its logo, a font, a photo, a speaker's portrait."""

    __tablename__ = "brand_file"
    __table_args__ = (UniqueConstraint("workspace_id", "look", "name"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace", index=False)  # the unique constraint begins with it
    look: str  # domain.brand.Look
    name: str = ""  # of a font its role, of a portrait the speaker, as domain.brand.same_person writes it
    title: str  # for people: the font's family, the speaker, the name of the file
    note: str = ""  # of a font its licence
    asset: str = Field(sa_column=Column(ForeignKey("asset.sha256"), nullable=False))
    focus_x: float = 0.5  # what must stay in sight, from the left and the top, 0 to 1
    focus_y: float = 0.5
    created_at: datetime = instant()


class ListRow(SQLModel, table=True):
    """A newsletter that people join."""

    __tablename__ = "list"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace")
    name: str
    created_at: datetime = instant()


class SubscriberRow(SQLModel, table=True):
    __tablename__ = "subscriber"
    __table_args__ = (UniqueConstraint("workspace_id", "email"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace")
    email: str  # normalised: lower case, its domain in ASCII
    name: str = ""
    created_at: datetime = instant()


class SubscriptionRow(SQLModel, table=True):
    __tablename__ = "subscription"
    __table_args__ = (UniqueConstraint("subscriber_id", "list_id"),)

    id: int = Field(default=None, primary_key=True)
    subscriber_id: int = to("subscriber")
    list_id: int = to("list")
    status: str = "confirmed"  # unconfirmed | confirmed | unsubscribed
    source: str = ""  # how consent was given: "import people.csv"
    changed_at: datetime = instant()


class SuppressionRow(SQLModel, table=True):
    """An address never to be mailed, with the reason."""

    __tablename__ = "suppression"
    __table_args__ = (UniqueConstraint("workspace_id", "email"),)

    id: int = Field(default=None, primary_key=True)
    workspace_id: int = to("workspace")
    email: str
    reason: str  # complaint | hard | invalid | manual
    at: datetime = instant()


class RecipientRow(SQLModel, table=True):
    """One subscriber in the frozen audience of one issue. Every one ends in a state with a reason."""

    __tablename__ = "recipient"
    __table_args__ = (UniqueConstraint("delivery_id", "subscription_id"),)

    id: int = many()
    delivery_id: int = to("delivery")
    subscription_id: int = to("subscription")
    email: str
    name: str = ""
    state: str = "waiting"  # waiting | sent | failed | suppressed | in-doubt
    remote_id: str = ""
    reason: str = ""
    at: datetime = instant()  # since when it is in that state


class EventRow(SQLModel, table=True):
    """What happened, for people: paused channels, failures, unsubscriptions."""

    __tablename__ = "event"

    id: int = many()
    at: datetime = instant(index=True)
    kind: str = Field(index=True)
    text: str
    delivery_id: int | None = to("delivery", nullable=True)
    channel_id: int | None = to("channel", nullable=True)


class HeartbeatRow(SQLModel, table=True):
    """A daemon that is, or was, alive."""

    __tablename__ = "heartbeat"

    owner: str = Field(primary_key=True)
    started_at: datetime = instant()
    at: datetime = instant()
    stopped: bool = False
