"""What is in doubt, and what a person has to look for, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from scheduler.channels import adapter
from scheduler.domain.delivery import Status, dedupe_key
from scheduler.store import channels, queue, turns
from scheduler.store.tables import ChannelRow, DeliveryRow

SAID = 120  # characters of a text that are enough to find it
AROUND = timedelta(minutes=2)  # their clock is not ours


@dataclass(frozen=True)
class Doubt:
    delivery: DeliveryRow
    channel: ChannelRow
    look_for: str
    where: str
    after: datetime | None  # the call went out between these two
    before: datetime | None
    asks: bool  # a person; else it is looked up by itself

    @property
    def why(self) -> str:
        return self.delivery.reason or "the call was never answered"


def listed(session: Session, workspace_id: int) -> list[Doubt]:
    own = {row.id: row for row in channels.of_workspace(session, workspace_id)}
    rows: Sequence[DeliveryRow] = queue.listed(session, statuses=[Status.IN_DOUBT], limit=10_000)
    return [_doubt(session, row, own[row.channel_id]) for row in rows if row.channel_id in own]


def _doubt(session: Session, row: DeliveryRow, channel: ChannelRow) -> Doubt:
    host = turns.gate(session, channel.id).host
    label = adapter(channel.kind).label
    first, last = row.committed_at, row.called_at or row.committed_at
    return Doubt(
        delivery=row,
        channel=channel,
        look_for=_look_for(row),
        where=f"{label} at {host}" if host else label,
        after=first - AROUND if first else None,
        before=last + AROUND if last else None,
        asks=row.next_at is None,
    )


def _look_for(row: DeliveryRow) -> str:
    """The words of the item in doubt; of a batch of mail, its subject and the key that its mails carry."""
    frozen = row.message or {}
    texts = frozen.get("texts") or []
    if texts:
        text = " ".join(texts[min(row.item, len(texts) - 1)].split())
        part = f" (item {row.item + 1} of {len(texts)})" if len(texts) > 1 else ""
        return f"“{text if len(text) <= SAID else text[: SAID - 1] + '…'}”{part}"
    letter = frozen.get("letter") or {}
    key = dedupe_key(row.id, row.revision, row.item)
    return f"the mail “{letter.get('subject', '')}” with the key {key}"
