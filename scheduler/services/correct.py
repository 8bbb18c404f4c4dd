"""What a person corrects of a quote: who said it, whether it is used, how many of its sentences. Never its words.

Pieces that are made from then on follow it; those that were made keep what they say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.domain.passages import keep, kept_range, said
from scheduler.domain.quote import spoken
from scheduler.store import quotes
from scheduler.store.tables import ArticleRow, QuoteRow

LONGEST = 120  # characters of a name


@dataclass(frozen=True)
class Correction:
    """All that is a person's of a quote. `speaker` "": as the article says; `last` 0: to the end."""

    speaker: str = ""
    used: bool = True
    first: int = 1
    last: int = 0


@dataclass(frozen=True)
class Reviewed:
    """A quote as a person looks at it: as it is shown, and all that could be shown."""

    row: QuoteRow
    speaker: str
    words: str
    sentences: list[str]
    present: Correction


def review(article: ArticleRow, row: QuoteRow) -> Reviewed:
    found = quotes.quote(row)
    return Reviewed(
        row,
        speaker=found.speaker or found.mention,
        words=spoken(article.body, found.shown),
        sentences=said(article.body, found.segments),
        present=present(article, row),
    )


def correct(session: Session, article: ArticleRow, row: QuoteRow, new: Correction) -> Correction:
    """Returns what it was before: given to this function, it undoes."""
    was = present(article, row)
    segments = quotes.quote(row).segments
    last = new.last or len(said(article.body, segments))
    name = _name(new.speaker)
    quotes.correct(
        session,
        row,
        named="" if name == row.speaker else name,
        unused=not new.used,
        kept=keep(article.body, segments, new.first, last),
    )
    return was


def present(article: ArticleRow, row: QuoteRow) -> Correction:
    first, last = kept_range(article.body, quotes.quote(row))
    return Correction(row.named, not row.unused, first, last)


def names(rows: Sequence[QuoteRow]) -> list[str]:
    """The people of an article, as far as its quotes name them."""
    return sorted({name for row in rows for name in (row.speaker, row.named) if name})


def _name(text: str) -> str:
    name = " ".join(text.split())
    if len(name) > LONGEST or not name.isprintable():
        raise PullquoteError(f"A speaker's name has up to {LONGEST} printable characters.")
    return name
