"""One delivery from its claim to its proof, and what a person may do with it now."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from scheduler.domain.delivery import Status
from scheduler.domain.errors import NotFound, NotSupported
from scheduler.domain.piece import Content
from scheduler.services.listing import Sending, sendings
from scheduler.services.tracking import posted
from scheduler.store import articles, pieces, queue
from scheduler.store.tables import ArticleRow, AttemptRow, ReceiptRow


@dataclass(frozen=True)
class Timeline:
    sending: Sending
    article: ArticleRow
    attempts: list[AttemptRow]
    receipts: list[ReceiptRow]
    texts: list[str]  # as frozen, or as the piece says it on this channel; an item each

    @property
    def may_move(self) -> bool:
        return self._untouched and self.sending.row.status in {Status.SCHEDULED, Status.HELD}

    @property
    def may_hold(self) -> bool:
        return self._untouched and self.sending.row.status == Status.SCHEDULED

    @property
    def may_release(self) -> bool:
        return self._untouched and self.sending.row.status == Status.HELD

    @property
    def may_cancel(self) -> bool:
        return self._untouched and self.sending.row.status in {Status.SCHEDULED, Status.HELD, Status.FAILED}

    @property
    def may_retry(self) -> bool:
        return self._untouched and self.sending.row.status == Status.FAILED

    @property
    def asks(self) -> bool:
        """In doubt: a person says what became of it."""
        return self.sending.row.status == Status.IN_DOUBT

    @property
    def _untouched(self) -> bool:
        return self.sending.row.committed_at is None


def look(session: Session, delivery_id: int, workspace_id: int) -> Timeline:
    row = queue.get(session, delivery_id)
    (sending,) = sendings(session, [row])
    if sending.channel.workspace_id != workspace_id:
        raise NotFound(f"There is no delivery {delivery_id} here.")
    return Timeline(
        sending=sending,
        article=articles.get(session, sending.piece.article_id),
        attempts=queue.attempts(session, delivery_id),
        receipts=queue.receipts(session, delivery_id),
        texts=_texts(sending),
    )


def _texts(sending: Sending) -> list[str]:
    frozen = sending.row.message or {}
    content = pieces.content(sending.piece)
    said: list[str] = frozen.get("texts") or _planned(sending, content)
    return said or [content.subject]


def _planned(sending: Sending, content: Content) -> list[str]:
    try:
        return posted(sending.piece, sending.channel, content)
    except NotSupported:
        return content.texts.get("", [])
