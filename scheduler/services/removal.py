"""Removing what was made or connected, with the record of what was sent; never while something is on its way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.store import articles, channels, pieces, queue
from scheduler.store.tables import ArticleRow, ChannelRow, DeliveryRow

ON_ITS_WAY = (Status.SENDING, Status.IN_DOUBT)


def remove_article(session: Session, row: ArticleRow) -> None:
    """The article with its quotes, its pieces and their deliveries."""
    made = [piece.id for piece in pieces.of_article(session, row.id)]
    _refuse(queue.listed(session, statuses=ON_ITS_WAY, piece_ids=made))
    articles.remove(session, row.id)


def remove_channel(session: Session, row: ChannelRow) -> None:
    """The channel with its slots, its queue and its secrets."""
    _refuse(queue.listed(session, statuses=ON_ITS_WAY, channel_id=row.id))
    channels.remove(session, row.id)


def _refuse(moving: Sequence[DeliveryRow]) -> None:
    if moving:
        first = moving[0]
        raise PullquoteError(
            f"Delivery {first.id} is {first.status}: wait until it is settled, or resolve it, and try again."
        )
