"""What follows for others when a delivery is settled: its channel, its recipients, and the people who look on."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from scheduler.domain.delivery import Delivery, Outcome, Status
from scheduler.domain.errors import AuthExpired, DeliveryError
from scheduler.domain.message import Receipt
from scheduler.services import newsletter
from scheduler.store import channels, events
from scheduler.store.claimed import Claimed
from scheduler.store.tables import ChannelRow

CRASHED = "The worker stopped while it was being sent"


def follow(
    session: Session,
    row: Claimed,
    channel: ChannelRow,
    after: Delivery,
    outcome: Outcome,
    now: datetime,
) -> None:
    match outcome:
        case Receipt() if row.message is None or "letter" in row.message:
            newsletter.record(session, row, outcome, now)
        case AuthExpired():
            pause(session, channel, outcome.reason, now)
    if after.status is Status.IN_DOUBT and after.next_at is None:
        ask(session, row, channel, now)
    if after.status is Status.FAILED:
        reason = outcome.reason if isinstance(outcome, DeliveryError) else row.reason or CRASHED
        newsletter.fail(session, row, reason, now)
        text = f"Delivery {row.id} to {channel.name} failed: {reason}"
        events.add(session, "failed", text, now, delivery_id=row.id, channel_id=channel.id)


def pause(session: Session, channel: ChannelRow, why: str, now: datetime, *, by: str = "") -> bool:
    """Stop the channel and keep its queue. Said once, however many deliveries find out."""
    stopped = channels.pause(session, channel.id, why, now, by=by)
    if stopped or (not by and channels.refuse(session, channel.id, why)):
        who, mend = (f" by {by}", "") if by else ("", " Mend it, then")
        free = f"`pullquote channels resume {channel.name}`"
        text = f"{channel.name} is paused{who}: {why}.{mend} {free} lets it go on."
        events.add(session, "paused", text, now, channel_id=channel.id)
    return stopped


def ask(session: Session, row: Claimed, channel: ChannelRow, now: datetime) -> None:
    newsletter.doubt(session, row, now)
    text = (
        f"Delivery {row.id} to {channel.name} is in doubt: a call was never answered. "
        f"Look whether it is live, then `pullquote queue resolve {row.id}`."
    )
    events.add(session, "in-doubt", text, now, delivery_id=row.id, channel_id=channel.id)


def tell_held(session: Session, row: Claimed, channel: ChannelRow, reason: str, now: datetime) -> None:
    text = f"Delivery {row.id} to {channel.name} is held: {reason}"
    events.add(session, "held", text, now, delivery_id=row.id, channel_id=channel.id)
