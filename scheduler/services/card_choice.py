"""The templates that a piece's card can have, and the one that a person chooses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.channels import kinds
from scheduler.domain.errors import PullquoteError
from scheduler.domain.piece import Content
from scheduler.render.cards import CardRefused, CardRenderer
from scheduler.services import cards, editing
from scheduler.services.carding import image_refusal
from scheduler.services.cards import Order
from scheduler.services.compose import Studio
from scheduler.services.editing import Hand
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
    content = _card_of(row)
    order = order_of(session, row, replace(content, size=size or content.size))
    return [
        _option(content, replace(order, template=name), studio.cards, kind)
        for name in studio.cards.templates()
    ]


def choose(
    session: Session, row: PieceRow, studio: Studio, template: str = "", size: str = "", *, hand: Hand
) -> Content:
    """Draw the piece's card so from now on. What was composed already goes out as it is. CardRefused where it
    cannot be right."""
    content = _card_of(row)
    new = replace(
        content,
        template=template or content.template,
        size=size or content.size,
        why=BY_HAND if template else content.why,
    )
    return redraw(session, row, new, studio, "the look of its card", hand)


def redraw(session: Session, row: PieceRow, new: Content, studio: Studio, what: str, hand: Hand) -> Content:
    """Give the piece that card; `what` is changed by it, in words. CardRefused where it cannot be right."""
    order = order_of(session, row, new)
    cards.check(order, studio.cards)
    frames = len(cards.texts(order, studio.cards))
    drawn = replace(new, frames=frames, refused=_refused(new, frames))
    editing.edit(session, row, drawn, what, hand)
    return drawn


def order_of(session: Session, row: PieceRow, content: Content) -> Order:
    """The card of a piece if that were its content."""
    if content.passage is None or not content.template:
        raise PullquoteError(f"Piece {row.id} is no card: only cards have a template to choose.")
    article = articles.get(session, row.article_id)
    workspace = workspaces.get(session, article.workspace_id)
    return cards.order_of(session, content, content.passage, article, workspace)


def _card_of(row: PieceRow) -> Content:
    content = pieces.content(row)
    if content.passage is None or not content.template:
        raise PullquoteError(f"Piece {row.id} is no card: only cards have a template to choose.")
    return content


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
