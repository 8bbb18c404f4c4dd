"""Quotes of an article, numbered in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import update
from sqlmodel import Session, col, select

from scheduler.domain.errors import NotFound
from scheduler.domain.quote import Quote, Segment
from scheduler.store.tables import PieceRow, QuoteRow


def replace_for(session: Session, article_id: int, quotes: Sequence[Quote]) -> list[QuoteRow]:
    """Make `quotes` the quotes of the article.

    One that stands where it stood keeps its row, for pieces point at it. Pieces of a row that goes stay, without it.
    """
    there = of_article(session, article_id)
    known = {_place(row.segments): row for row in there}
    rows = [known.pop(_place(_pairs(quote)), QuoteRow(article_id=article_id, number=0)) for quote in quotes]
    kept = {row.id for row in rows}
    _remove(session, [row for row in there if row.id not in kept])
    for i, row in enumerate(rows):
        row.number = -1 - i  # out of the way of the numbers that others still have
    session.add_all(rows)
    session.flush()
    for number, (row, quote) in enumerate(zip(rows, quotes, strict=True), start=1):
        row.sqlmodel_update({"number": number, **_columns(quote)})
    session.flush()
    return rows


def of_article(session: Session, article_id: int) -> list[QuoteRow]:
    """In reading order."""
    query = select(QuoteRow).where(col(QuoteRow.article_id) == article_id).order_by(col(QuoteRow.number))
    return list(session.exec(query))


def move(session: Session, row: QuoteRow, segments: Sequence[tuple[int, int]]) -> None:
    """The same words stand elsewhere in a new body."""
    row.segments = [list(segment) for segment in segments]
    session.flush()


def get(session: Session, quote_id: int) -> QuoteRow:
    row = session.get(QuoteRow, quote_id)
    if row is None:
        raise NotFound(f"There is no quote {quote_id}: see `pullquote quotes`.")
    return row


def quote(row: QuoteRow) -> Quote:
    """The quote that `row` holds."""
    return Quote(
        segments=tuple(Segment(start, end) for start, end in row.segments),
        speaker=row.speaker,
        mention=row.mention,
        kind=row.kind,
        rule=row.rule,
        confidence=row.confidence,
        score=row.score,
        reasons=tuple(row.reasons),
        duplicate_of=None if row.duplicate_of is None else row.duplicate_of - 1,
    )


def _remove(session: Session, rows: Sequence[QuoteRow]) -> None:
    """The pieces let go first: the key would take them along, with the record of what was sent."""
    gone = [row.id for row in rows]
    session.execute(update(PieceRow).where(col(PieceRow.quote_id).in_(gone)).values(quote_id=None))
    for row in rows:
        session.delete(row)


def _columns(quote: Quote) -> dict[str, Any]:
    return {
        "segments": _pairs(quote),
        "speaker": quote.speaker,
        "mention": quote.mention,
        "kind": quote.kind,
        "rule": quote.rule,
        "confidence": quote.confidence,
        "score": quote.score,
        "reasons": list(quote.reasons),
        "duplicate_of": None if quote.duplicate_of is None else quote.duplicate_of + 1,  # index -> number
    }


def _pairs(quote: Quote) -> list[list[int]]:
    return [[segment.start, segment.end] for segment in quote.segments]


def _place(pairs: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    return tuple(map(tuple, pairs))
