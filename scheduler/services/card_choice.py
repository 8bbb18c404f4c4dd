"""The templates that a piece's card can have, and the one that a person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.channels import kinds
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import Content, Passage
from scheduler.render.cards import CardRefused, CardRenderer
from scheduler.services import cards
from scheduler.services.carding import image_refusal
from scheduler.services.cards import Order
from scheduler.services.compose import Studio
from scheduler.store import articles, pieces, workspaces
from scheduler.store.tables import PieceRow

BY_HAND = "a person chose it"


@dataclass(frozen=True)
class Option:
    """One template for the card of one piece."""

    template: str
    about: str  # in a sentence
    sizes: Mapping[str, tuple[int, int]]  # name -> pixels
    chosen: bool
    why: str = ""  # the chosen one was chosen
    frames: int = 1  # images that it takes
    refused: str = ""  # why this piece cannot have it there; "" where it can


def options(
    session: Session, piece_id: int, studio: Studio, *, kind: str = "", size: str = ""
) -> list[Option]:
    """Every template, at the piece's own size or that one; on that kind of channel, where one is named."""
    row = pieces.get(session, piece_id)
    content, passage = _card_of(row)
    size = size or content.size
    return [
        _option(content, _order(session, row, passage, name, size), studio.cards, kind)
        for name in studio.cards.templates()
    ]


def choose(session: Session, row: PieceRow, studio: Studio, template: str = "", size: str = "") -> Content:
    """Draw the piece's card so from now on. What was composed already goes out as it is. CardRefused where it
    cannot be right."""
    content, passage = _card_of(row)
    order = _order(session, row, passage, template or content.template, size or content.size)
    cards.check(order, studio.cards)
    frames = len(cards.texts(order, studio.cards))
    new = replace(
        content,
        template=order.template,
        size=order.size,
        frames=frames,
        why=BY_HAND if template else content.why,
        refused=_refused(content, frames),
    )
    pieces.revise(session, row, new)
    return new


def _card_of(row: PieceRow) -> tuple[Content, Passage]:
    content = pieces.content(row)
    if content.passage is None or not content.template:
        raise PullquoteError(f"Piece {row.id} is no card: only cards have a template to choose.")
    return content, content.passage


def _order(session: Session, row: PieceRow, passage: Passage, template: str, size: str) -> Order:
    article = articles.get(session, row.article_id)
    workspace = workspaces.get(session, article.workspace_id)
    return cards.order(session, template, size, passage, article, workspace)


def _option(content: Content, order: Order, renderer: CardRenderer, kind: str) -> Option:
    chosen = order.template == content.template
    option = Option(
        order.template,
        renderer.about(order.template),
        renderer.dimensions(order.template),
        chosen,
        content.why if chosen else "",
    )
    if order.size not in option.sizes:
        return replace(option, refused=f"it has no size {order.size}")
    try:
        cards.check(order, renderer)
        frames = len(cards.texts(order, renderer))
    except CardRefused as refused:
        return replace(option, refused=str(refused))
    return replace(option, frames=frames, refused=_on(kind, frames) if kind else "")


def _on(kind: str, frames: int) -> str:
    return image_refusal(kind, kinds()[kind].can, frames)


def _refused(content: Content, frames: int) -> dict[str, str]:
    """As `split` says it: a kind that has a text is refused for the card only."""
    kept = {kind: why for kind, why in content.refused.items() if kind not in content.texts}
    found = {kind: _on(kind, frames) for kind in content.texts.keys() & kinds().keys()}
    return kept | {kind: why for kind, why in found.items() if why}
