"""Reread: an article's source is read again. What still stands goes on; what does not is held, never sent.

Pieces carry offsets into the stored body, and deliveries that were composed carry words: both follow the new body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.delivery import OPEN, Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.fit import stands
from scheduler.domain.piece import Content, Passage, PieceStatus
from scheduler.domain.rereading import difference, find_again, moved
from scheduler.services import ingest, schedule
from scheduler.store import articles, events, pieces, queue, quotes
from scheduler.store.tables import ArticleRow, DeliveryRow, PieceRow


@dataclass(frozen=True)
class Held:
    """A piece that must not be sent as it is, and its deliveries that were stopped."""

    piece: PieceRow
    reason: str
    deliveries: list[DeliveryRow]


@dataclass(frozen=True)
class Reread:
    changed: bool  # False: title, author, date and words are what they were
    held: list[Held]


@dataclass(frozen=True)
class Corrected:
    """A quote that stands, but said by somebody else."""

    was: str
    now: str
    segments: list[list[int]]

    def shown_in(self, passage: Passage) -> bool:
        at = passage.segments[0][0] if passage.segments else -1
        return passage.speaker == self.was and any(start <= at < end for start, end in self.segments)


def reread(session: Session, article: ArticleRow, new: Article, *, now: datetime) -> Reread:
    """Store what the article says now, and hold every waiting piece whose words no longer stand in it."""
    _refuse_another(session, article, new)
    old = article.body
    if not articles.rewrite(session, article, new):
        return Reread(changed=False, held=[])
    _move_quotes(session, article, old)
    corrected = _find_quotes(session, article)
    deliveries = queue.of_article(session, article.id)
    held: list[Held] = []
    for piece in pieces.of_article(session, article.id):
        lost = _follow(session, piece, old, article.body)
        mine = [row for row in deliveries if row.piece_id == piece.id]
        news = _is_news(piece, lost, old)
        reason = _reason(lost, old, article.body) if news else _misnamed(piece, corrected)
        if reason and _waits(mine):
            held.append(_hold(session, piece, reason, mine, now))
    return Reread(changed=True, held=held)


def _refuse_another(session: Session, article: ArticleRow, new: Article) -> None:
    other = articles.find_by_fingerprint(session, article.workspace_id, new.fingerprint)
    if other is not None and other.id != article.id:
        raise PullquoteError(
            f"Article {other.id} has these very words: remove one of the two articles first."
        )


def _move_quotes(session: Session, article: ArticleRow, old: str) -> None:
    """A quote that still stands keeps its row, and so its pieces."""
    for row in quotes.of_article(session, article.id):
        segments = [(start, end) for start, end in row.segments]
        if there := find_again(segments, old, article.body):
            quotes.move(session, row, there)
        else:  # other words may stand in its place: what was said of these is not said of them
            quotes.correct(session, row, named="", unused=False, kept=())


def _find_quotes(session: Session, article: ArticleRow) -> list[Corrected]:
    """Extract the quotes anew. Returns those that somebody else said now, in the same words."""
    before = {row.id: row.named or row.speaker for row in quotes.of_article(session, article.id)}
    ingest.find_quotes(session, article)
    rows = [row for row in quotes.of_article(session, article.id) if row.id in before]
    return [
        Corrected(before[row.id], row.named or row.speaker, row.segments)
        for row in rows
        if _is_another(before[row.id], row.named or row.speaker)
    ]


def _is_another(was: str, now: str) -> bool:
    """ "Okafor" may be Dana Okafor, and no name at all may be anybody."""
    one, other = set(was.split()), set(now.split())
    return not (one <= other or other <= one)


def _follow(session: Session, piece: PieceRow, old: str, new: str) -> list[Passage]:
    """Move the piece's passages to where their words stand now. Returns those that stand nowhere."""
    content = pieces.content(piece)
    there = {passage: moved(passage, old, new) for passage in _passages(content)}
    kept = {passage: place or passage for passage, place in there.items()}
    card = kept[content.passage] if content.passage else None
    shown = tuple(kept[passage] for passage in content.passages)
    pieces.move(session, piece, replace(content, passage=card, passages=shown))
    return [passage for passage, place in there.items() if place is None]


def _passages(content: Content) -> Iterator[Passage]:
    if content.passage:
        yield content.passage
    yield from content.passages


def _is_news(piece: PieceRow, lost: Sequence[Passage], old: str) -> bool:
    """Whether a person was not told yet: a piece that was held for what it lost before stays held."""
    ready = piece.status == PieceStatus.READY
    return any(ready or stands(old, passage) for passage in lost)


def _waits(deliveries: Sequence[DeliveryRow]) -> bool:
    """Whether something of the piece can still go out: it is not queued yet, or not all of it is sent."""
    sent = any(row.status == Status.SENT for row in deliveries)
    return not sent or any(row.status in OPEN for row in deliveries)


def _reason(lost: Sequence[Passage], old: str, new: str) -> str:
    first = lost[0]
    if change := difference(first, old, new):
        return f"Its words changed in the article: {change}"
    return f"Its words no longer stand in the article: “{first.text[:60]}”"


def _misnamed(piece: PieceRow, corrected: Sequence[Corrected]) -> str:
    """Why a piece whose words stand must be held all the same; "" where it need not be."""
    shown = list(_passages(pieces.content(piece)))
    found = (quote for quote in corrected if any(map(quote.shown_in, shown)))
    return next((f"The article now has {quote.now} say what {quote.was} said." for quote in found), "")


def _hold(
    session: Session, piece: PieceRow, reason: str, deliveries: Sequence[DeliveryRow], now: datetime
) -> Held:
    """What is being sent, or may be live, is not touched: nobody can stop it any more."""
    pieces.hold(session, piece, reason)
    waiting = [row for row in deliveries if row.status in schedule.MOVABLE and row.committed_at is None]
    for row in waiting:
        _stop(session, row, reason)
    events.add(session, "held", f"Piece {piece.id} is held. {reason}", now)
    return Held(piece, reason, waiting)


def _stop(session: Session, row: DeliveryRow, reason: str) -> None:
    """Hold it. What was composed is dropped: once released, it is checked against the article again."""
    if row.status == Status.SCHEDULED:
        schedule.hold(session, row, reason)
    if not row.item:  # where items of a thread are live, the frozen rest belongs to them
        queue.change(session, row, message=None, kept={}, revision=row.revision + 1)
