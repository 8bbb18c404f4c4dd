"""The schedule: which piece goes to which channel, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from scheduler.channels import adapter
from scheduler.domain.calendar import HORIZON, NEIGHBOURS, Place, Taken, place
from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.services import newsletter
from scheduler.services.tracking import posted
from scheduler.store import channels, pieces, queue
from scheduler.store.tables import ChannelRow, DeliveryRow, PieceRow

LOOK_BACK = timedelta(days=1)  # what was sent this recently still counts as a neighbour
SPANS = (timedelta(days=28), timedelta(days=112), HORIZON)  # in which a free slot is looked for, in turn
FARTHEST = timedelta(days=3653)  # beyond it the year is a slip of the finger
MANY = 100_000  # deliveries of one article
MOVABLE = (Status.SCHEDULED, Status.HELD)


@dataclass(frozen=True)
class Unplaced:
    """A piece that no connected channel takes, with the reason."""

    piece: PieceRow
    reason: str


def carries(channel: ChannelRow, piece: PieceRow) -> str:
    """Why a channel cannot take a piece; "" where it can."""
    kind = adapter(channel.kind)
    can, content = kind.can, pieces.content(piece)
    if piece.kind == PieceKind.ISSUE:
        return "" if can.mail else f"{kind.label} does not send mail"
    if can.mail:
        return f"{kind.label} sends issues of the newsletter only"
    follows = content.follows(channel.id)
    if follows and channel.kind in content.refused:
        return content.refused[channel.kind]
    if piece.kind == PieceKind.CARD and can.images is None:
        return f"{kind.label} takes no images"
    if can.images and (reason := can.images.refuses(content.frames, kind.label)):
        return reason
    said = posted(piece, channel, content)
    if len(said) > 1 and not can.threads:
        return f"{kind.label} has no threads"
    if channel.utm and follows and can.text and not all(map(can.text.fits, said)):
        return f"With the parameters of {channel.name} its link is too long for {kind.label}"
    return ""


def queue_piece(
    session: Session,
    piece: PieceRow,
    channel: ChannelRow,
    *,
    now: datetime,
    at: datetime | None = None,
    list_name: str | None = None,
) -> list[DeliveryRow]:
    """Put a piece into a channel's queue: into its next free slot, or at a time.

    An issue becomes one delivery for each batch of its audience, frozen now.
    """
    reason = carries(channel, piece)
    if reason:
        raise PullquoteError(f"{reason}: choose another channel for piece {piece.id}.")
    if at is not None:
        _check_time(at, now - timedelta(minutes=1), now)
    spot = Place("", at) if at is not None else next_place(session, channel, piece.article_id, now)
    key = spot.key or None
    mail = adapter(channel.kind).can.mail
    if mail is not None:  # then `carries` has seen to it that the piece is an issue
        audience = newsletter.list_of(session, channel.workspace_id, list_name)
        return newsletter.freeze(
            session, piece, channel, mail, audience.id, due_at=spot.at, slot_key=key, now=now
        )
    return [queue.enqueue(session, piece, channel.id, spot.at, now=now, slot_key=key)]


def queue_in_slot(
    session: Session, piece: PieceRow, channel: ChannelRow, key: str, at: datetime, now: datetime
) -> DeliveryRow:
    """Put a post into one particular free slot."""
    if reason := carries(channel, piece):
        raise PullquoteError(f"{reason}: choose another piece.")
    _check_time(at, now, now)
    try:
        with session.begin_nested():
            return queue.enqueue(session, piece, channel.id, at, now=now, slot_key=key)
    except IntegrityError:
        raise PullquoteError("That slot was taken meanwhile: choose another.") from None


def repeat(
    session: Session, row: DeliveryRow, channel: ChannelRow, at: datetime, now: datetime
) -> DeliveryRow:
    """Post once more what was sent, as a delivery of its own. An issue is not mailed to anybody twice."""
    piece = pieces.get(session, row.piece_id)
    if piece.kind == PieceKind.ISSUE:
        raise PullquoteError("An issue goes to each reader once: make another issue.")
    if reason := carries(channel, piece):
        raise PullquoteError(f"{reason}: it cannot go there again.")
    _check_time(at, now, now)
    return queue.enqueue(session, piece, channel.id, at, now=now)


def next_place(
    session: Session, channel: ChannelRow, article_id: int, after: datetime, *, moving: int | None = None
) -> Place:
    """The next free slot of a channel for a piece of that article. The delivery `moving` is in nobody's way.

    It is looked for near by first: years of a full queue are not read to find a slot of tomorrow.
    """
    slots = channels.slots(session, channel.id)
    spacing = timedelta(minutes=channel.spacing_minutes)
    for span in SPANS:
        until = after + span
        found = queue.taken(session, channel.id, after - LOOK_BACK, until + max(spacing, NEIGHBOURS))
        taken = [there for there in found if there.id != moving]
        free = place(
            slots,
            channel.zone,
            after=after,
            until=until,
            taken_keys={there.slot_key for there in taken},
            taken=[Taken(there.due_at, there.article_id) for there in taken],
            article_id=article_id,
            spacing=spacing,
        )
        if free is not None:
            return free
    raise PullquoteError("The channel has no free slot within a year: add slots, or use another channel.")


def queue_all(
    session: Session,
    made: Sequence[PieceRow],
    to: Sequence[ChannelRow],
    *,
    now: datetime,
    list_name: str | None = None,
) -> tuple[list[DeliveryRow], list[Unplaced]]:
    """Queue the pieces of an article on every channel that carries them, cards and posts in turn.

    A second time queues only what is new: nothing goes out twice because a command was repeated.
    """
    rows: list[DeliveryRow] = []
    unplaced: list[Unplaced] = []
    there = _queued(session, made)
    for piece in in_turn(made):
        takers, reason = _takers(piece, to, there)
        if reason:
            unplaced.append(Unplaced(piece, reason))
        for channel in takers:
            try:
                with session.begin_nested():
                    rows += queue_piece(session, piece, channel, now=now, list_name=list_name)
            except PullquoteError as error:
                if piece.kind != PieceKind.ISSUE:
                    raise
                unplaced.append(Unplaced(piece, str(error).rstrip(".")))  # no readers: the posts still go
    return rows, unplaced


def _takers(
    piece: PieceRow, to: Sequence[ChannelRow], there: set[tuple[int, int]]
) -> tuple[list[ChannelRow], str]:
    """The channels that a piece goes to now, or why to none."""
    carrying = [channel for channel in to if not carries(channel, piece)]
    if not carrying:
        reasons = {carries(channel, piece) for channel in to} or {"no channel is connected"}
        return [], "; ".join(sorted(reasons))
    if piece.kind == PieceKind.ISSUE:
        carrying = carrying[:1]  # nobody is mailed twice because two channels can mail
    free = [channel for channel in carrying if (piece.id, channel.id) not in there]
    return free, "" if free else "it is in the queue already, or went out"


def _queued(session: Session, made: Sequence[PieceRow]) -> set[tuple[int, int]]:
    """Which piece is, or was, on which channel."""
    rows = queue.listed(session, piece_ids=[piece.id for piece in made], limit=MANY)
    return {(row.piece_id, row.channel_id) for row in rows if row.status != Status.CANCELLED}


def in_turn(made: Sequence[PieceRow]) -> list[PieceRow]:
    """One of each kind at a time, so that a channel does not show five cards and then four posts."""
    groups = [[piece for piece in made if piece.kind == kind] for kind in PieceKind]
    longest = max(map(len, groups), default=0)
    return [group[i] for i in range(longest) for group in groups if i < len(group)]


def move(session: Session, row: DeliveryRow, at: datetime, now: datetime) -> None:
    """Send a waiting delivery at another time. Its slot is free again; one that is held stays held."""
    _check_time(at, now, now)
    next_at = None if row.status == Status.HELD else at
    _change(session, row, MOVABLE, due_at=at, next_at=next_at, slot_key=None)


def _check_time(at: datetime, earliest: datetime, now: datetime) -> None:
    if at < earliest:
        raise PullquoteError("That time has passed: choose a later one.")
    if at > now + FARTHEST:
        raise PullquoteError("That time is more than ten years away: check its year.")


def move_to_next_slot(session: Session, row: DeliveryRow, channel: ChannelRow, now: datetime) -> None:
    piece = pieces.get(session, row.piece_id)
    spot = next_place(session, channel, piece.article_id, max(now, row.due_at), moving=row.id)
    values = {"due_at": spot.at, "next_at": spot.at, "slot_key": spot.key}
    _change(session, row, MOVABLE, **values, status=Status.SCHEDULED, reason="")


def cancel(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Take a delivery out of the queue. Nothing of it is sent any more."""
    _change(
        session,
        row,
        (*MOVABLE, Status.FAILED),
        status=Status.CANCELLED,
        next_at=None,
        slot_key=None,
        settled_at=now,
    )


def restore(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Put back what was cancelled: at its time, or held where that has passed."""
    passed = row.due_at <= now
    _change(
        session,
        row,
        (Status.CANCELLED,),
        status=Status.HELD if passed else Status.SCHEDULED,
        next_at=None if passed else row.due_at,
        reason="Its time passed while it was cancelled" if passed else "",
        settled_at=None,
    )


def hold(session: Session, row: DeliveryRow, reason: str) -> None:
    _change(session, row, (Status.SCHEDULED,), status=Status.HELD, next_at=None, reason=reason)


def release(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Let a held delivery go: at its time, or now where that has passed."""
    at = max(row.due_at, now)
    _change(session, row, (Status.HELD,), status=Status.SCHEDULED, due_at=at, next_at=at, reason="")


def retry(session: Session, row: DeliveryRow, now: datetime) -> None:
    """Try a failed delivery again. It is composed anew: what made it fail may have been its words."""
    # other bytes need another key
    anew: dict[str, object] = {"message": None, "kept": {}, "revision": row.revision + 1}
    values = {} if row.item else anew  # where items of a thread are live, the frozen rest goes on behind them
    _change(
        session,
        row,
        (Status.FAILED,),
        **values,
        status=Status.SCHEDULED,
        next_at=now,
        attempts=0,
        settled_at=None,
    )


def _change(session: Session, row: DeliveryRow, allowed: Sequence[str], **values: object) -> None:
    if row.status not in allowed:
        raise PullquoteError(f"Delivery {row.id} is {row.status}: that cannot be done to it now.")
    if row.committed_at is not None:
        raise PullquoteError(f"Delivery {row.id} may be live already: wait until that is settled.")
    if not queue.change(session, row, **values):
        raise PullquoteError(f"Delivery {row.id} is being sent right now: look again in a moment.")
