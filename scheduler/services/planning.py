"""What scheduling an article would do, shown before it is done; and taking back what was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.services import schedule
from scheduler.services.listing import Sending, sendings
from scheduler.services.schedule import Unplaced
from scheduler.store import pieces, queue
from scheduler.store.tables import ArticleRow, ChannelRow


@dataclass(frozen=True)
class Plan:
    deliveries: list[Sending]  # by their time
    unplaced: list[Unplaced]


def plan(
    session: Session,
    article: ArticleRow,
    to: Sequence[ChannelRow],
    now: datetime,
    list_name: str | None = None,
) -> Plan:
    """What `carry_out` would do now, by doing it and taking it back: the dates are those it would find."""
    attempt = session.begin_nested()
    try:
        return carry_out(session, article, to, now, list_name)
    finally:
        attempt.rollback()


def carry_out(
    session: Session,
    article: ArticleRow,
    to: Sequence[ChannelRow],
    now: datetime,
    list_name: str | None = None,
) -> Plan:
    """Queue every piece of the article on each of the channels that carries it, in its next free slot."""
    made = pieces.of_article(session, article.id)
    rows, unplaced = schedule.queue_all(session, made, to, now=now, list_name=list_name)
    found = sendings(session, sorted(rows, key=lambda row: (row.due_at, row.id)))
    for each in found:
        session.refresh(each.row)
        session.expunge(each.row)  # readable when the attempt is over
    return Plan(found, unplaced)


def take_back(session: Session, article: ArticleRow, delivery_ids: Sequence[int], now: datetime) -> int:
    """Cancel those deliveries of the article that still wait; how many they were."""
    there = {row.id: row for row in queue.of_article(session, article.id)}
    cancelled = 0
    for row in (there[number] for number in delivery_ids if number in there):
        try:
            schedule.cancel(session, row, now)
        except PullquoteError:  # sent meanwhile, or cancelled already: it stays what it is
            continue
        cancelled += 1
    return cancelled
