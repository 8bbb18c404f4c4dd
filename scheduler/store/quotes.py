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
    """The same words stand elsewhere in a new body, and what a person left of them with them."""
    by = [(start, end, there[0] - start) for (start, end), there in zip(row.segments, segments, strict=True)]
    row.kept = [
        [first + shift, last + shift]
        for first, last in row.kept
        for start, end, shift in by
        if start <= first < end
    ]
    row.segments = [list(segment) for segment in segments]
    session.flush()


def get(session: Session, quote_id: int) -> QuoteRow:
    row = session.get(QuoteRow, quote_id)
    if row is None:
        raise NotFound(f"There is no quote {quote_id}: see `pullquote quotes`.")
    return row


def numbered(session: Session, article_id: int, number: int) -> QuoteRow:
    query = select(QuoteRow).where(col(QuoteRow.article_id) == article_id, col(QuoteRow.number) == number)
    row = session.exec(query).first()
    if row is None:
        raise NotFound(f"The article has no quote {number}: see `pullquote quotes {article_id}`.")
    return row


def correct(session: Session, row: QuoteRow, *, named: str, unused: bool, kept: Sequence[Segment]) -> None:
    row.named, row.unused, row.kept = named, unused, [list(segment) for segment in kept]
    session.flush()


def quote(row: QuoteRow) -> Quote:
    """The quote that `row` holds."""
    return Quote(
        segments=tuple(Segment(start, end) for start, end in row.segments),
        speaker=row.named or row.speaker,
        mention=row.mention,
        kind=row.kind,
        rule=row.rule,
        confidence=1.0 if row.named else row.confidence,
        score=row.score,
        reasons=tuple(row.reasons),
        duplicate_of=None if row.duplicate_of is None else row.duplicate_of - 1,
        unused=row.unused,
        kept=tuple(Segment(start, end) for start, end in row.kept),
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
