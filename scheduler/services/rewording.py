"""A person's own words for a piece on one kind of channel: measured as the daemon does, verbatim where they quote."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.channels import Adapter, adapter
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.domain.wording import check_verbatim, items
from scheduler.store import articles, pieces
from scheduler.store.tables import PieceRow

MOST_ITEMS = 50


@dataclass(frozen=True)
class Measured:
    """One item of what was typed."""

    count: str  # "288/300 graphemes"; "" where nothing limits it
    fits: bool


def measure(kind: str, text: str) -> list[Measured]:
    """Each item in the unit that the network counts in."""
    limit = adapter(kind).can.text
    parts = items(text) or [""]
    return [
        Measured(limit.describe(part), limit.fits(part)) if limit else Measured("", True) for part in parts
    ]


def reword(session: Session, row: PieceRow, kind: str, text: str) -> None:
    """Say it so on that kind of channel; the others keep their words. What was composed already goes out as it is."""
    cls = adapter(kind)
    if row.kind == PieceKind.ISSUE or cls.can.mail:
        raise PullquoteError("An issue is made of the article: its words are not edited here.")
    said = items(text)
    if not said:
        raise PullquoteError(f"A post on {cls.label} needs words: leave at least one.")
    if len(said) > MOST_ITEMS:
        raise PullquoteError(f"{len(said)} items are too many for a thread: use at most {MOST_ITEMS}.")
    if len(said) > 1 and not cls.can.threads:
        raise PullquoteError(f"{cls.label} has no threads: take the --- lines away.")
    body = articles.get(session, row.article_id).body
    for part in said:
        check_verbatim(part, body)
        _fits(cls, part)
    content = pieces.content(row)
    refused = {name: why for name, why in content.refused.items() if name != kind}
    pieces.revise(session, row, replace(content, texts=content.texts | {kind: said}, refused=refused))


def _fits(cls: type[Adapter], text: str) -> None:
    limit = cls.can.text
    if limit is not None and not limit.fits(text):
        raise PullquoteError(f"It is too long for {cls.label} ({limit.describe(text)}): shorten it.")
