"""Send one delivery at once, whatever its time: the same steps as the daemon's, for a person who waits."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.services import schedule
from scheduler.services.deliver import Office, Work, deal_with
from scheduler.store import channels, pauses, queue
from scheduler.store.engine import reading, writing
from scheduler.store.tables import ChannelRow, DeliveryRow


def send_now(office: Office, delivery_id: int) -> DeliveryRow:
    """Deliver it, and return what became of it. Raises PullquoteError where it may not be sent."""
    with office.renewing():
        deal_with(office, _claim(office, delivery_id))
    with reading(office.engine) as session:
        return queue.get(session, delivery_id)


def _claim(office: Office, delivery_id: int) -> Work:
    now = office.clock()
    with writing(office.engine) as session:
        row = queue.get(session, delivery_id)
        channel = channels.get(session, row.channel_id)
        _refuse_stopped(channel, now)
        _refuse_paused(session, row)
        _make_due(session, row, now)
        claimed = queue.claim(session, now, owner=uuid4().hex, lease=office.lease, only=delivery_id)
        if not claimed:
            raise PullquoteError(
                f"{channel.name} takes nothing now: see `pullquote channels limits {channel.name}`."
            )
        return Work(claimed[0], channel)


def _refuse_stopped(channel: ChannelRow, now: datetime) -> None:
    if channel.paused_at is not None:
        raise PullquoteError(
            f"{channel.name} is paused ({channel.paused_why}): `pullquote channels resume {channel.name}` first."
        )
    if channel.resume_at is not None and channel.resume_at > now:
        raise PullquoteError(
            f"{channel.name} asked us to wait until {channel.resume_at:%H:%M} UTC: the daemon sends it then."
        )


def _refuse_paused(session: Session, row: DeliveryRow) -> None:
    pause = pauses.on(session, row.channel_id, row.piece_id)
    if pause is not None:
        what = pauses.name(session, pause.target)
        raise PullquoteError(f"{what[0].upper()}{what[1:]} is {pause.told()}: `pullquote resume` first.")


def _make_due(session: Session, row: DeliveryRow, now: datetime) -> None:
    """What failed is tried again, and what waits goes now. What is sent, or may be live, is not touched."""
    if row.status == Status.FAILED:
        schedule.retry(session, row, now)
    else:
        schedule.move(session, row, now, now)
        if row.status == Status.HELD:
            schedule.release(session, row, now)
