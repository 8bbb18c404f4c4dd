"""How the card of a piece looks: its template, its size, its picture, and the words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.domain.brand import CENTRE, Look
from scheduler.domain.capabilities import Limit
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.piece import Content
from scheduler.render import photo
from scheduler.render.cards import CardRenderer
from scheduler.services import cards, editing
from scheduler.services.card_choice import order_of, redraw
from scheduler.services.cards import Order
from scheduler.services.compose import Studio
from scheduler.services.editing import Hand
from scheduler.store import articles, assets, brands, pieces
from scheduler.store.tables import PieceRow

MOST_ALTS = 20
LONGEST_ALT = 5_000  # characters; what a network takes less of, it is given less of


@dataclass(frozen=True)
class Choice:
    """One way that the card could look."""

    template: str
    size: str
    label: str
    about: str
    width: int  # pixels
    height: int
    reason: str = ""  # why not


@dataclass(frozen=True)
class Shot:
    """A photo that the card could have."""

    digest: str
    title: str
    focus: tuple[float, float]


@dataclass(frozen=True)
class Looks:
    """All that can be chosen for a card."""

    templates: list[Choice]
    sizes: list[Choice]
    shots: list[Shot]
    has_photo: bool  # whether the chosen template shows one
    content: Content


def looks(session: Session, piece: PieceRow, studio: Studio) -> Looks:
    content, renderer = pieces.content(piece), studio.cards
    order = order_of(session, piece, content)
    return Looks(
        [_template(order, name, renderer) for name in renderer.templates()],
        [_size(order, name, renderer) for name in renderer.sizes(content.template)],
        shots(session, piece),
        renderer.has_photo(content.template),
        content,
    )


def shots(session: Session, piece: PieceRow) -> list[Shot]:
    """The photos at hand: the piece's own, the article's, the brand's."""
    content, article = pieces.content(piece), articles.get(session, piece.article_id)
    found = [
        row
        for look in (Look.PHOTO, Look.BACKGROUND)
        for row in brands.of_workspace(session, article.workspace_id, look)
        if look is Look.BACKGROUND or row.name == str(article.id)
    ]
    known = [Shot(row.asset, row.title, (row.focus_x, row.focus_y)) for row in found]
    if content.picture and content.picture not in {shot.digest for shot in known}:
        known.insert(0, Shot(content.picture, "your own", content.focus))
    return known


def picture(
    session: Session,
    piece: PieceRow,
    digest: str,
    focus: tuple[float, float],
    studio: Studio,
    hand: Hand,
) -> None:
    """Put one of the photos at hand on the card; "" is the usual one."""
    if digest and digest not in {shot.digest for shot in shots(session, piece)}:
        raise NotFound("That photo is not there any more: load the page again.")
    content = replace(pieces.content(piece), picture=digest, focus=focus if digest else CENTRE)
    redraw(session, piece, content, studio, "the photo of its card", hand)


def upload(session: Session, piece: PieceRow, data: bytes, name: str, studio: Studio, hand: Hand) -> None:
    """Put a photo of a person's own on the card of this piece alone."""
    content = pieces.content(piece)
    if not studio.cards.has_photo(content.template):
        label = studio.cards.label(content.template)
        raise PullquoteError(f"The template {label} shows no photo: choose one that does first.")
    kept = photo.receive(data, name)
    digest = assets.put(session, kept.data, kept.type, hand.now, width=kept.width, height=kept.height)
    new = replace(content, picture=digest, focus=CENTRE)
    redraw(session, piece, new, studio, "the photo of its card", hand)


def describe(session: Session, piece: PieceRow, alts: Sequence[str], hand: Hand) -> None:
    """Alternative texts in a person's own words, one for each image; "" is what we say by ourselves."""
    own = [" ".join(alt.split()) for alt in alts]
    if len(own) > MOST_ALTS or any(len(alt) > LONGEST_ALT for alt in own):
        raise PullquoteError(f"An alternative text has up to {LONGEST_ALT:,} characters: shorten it.")
    content = pieces.content(piece)
    usual = usual_alts(content)
    kept = tuple(
        "" if alt == its else alt for alt, its in zip(own, [*usual, *own[len(usual) :]], strict=False)
    )
    new = replace(content, alts=kept if any(kept) else ())
    editing.edit(session, piece, new, "its alternative text", hand)


def usual_alts(content: Content) -> list[str]:
    """What the one image is called without a person's help; of a carousel, each frame's own words are taken."""
    return [content.alt] if content.frames == 1 else []


def measure_alt(alt: str, limit: Limit | None) -> tuple[str, bool]:
    return (limit.describe(alt), limit.fits(alt)) if limit else ("", True)


def _template(wanted: Order, name: str, renderer: CardRenderer) -> Choice:
    sizes = renderer.dimensions(name)
    size = wanted.size if wanted.size in sizes else next(iter(sizes))
    reason = _reason(replace(wanted, template=name, size=size), renderer)
    return Choice(name, size, renderer.label(name), renderer.about(name), *sizes[size], reason)


def _size(wanted: Order, name: str, renderer: CardRenderer) -> Choice:
    width, height = renderer.dimensions(wanted.template)[name]
    reason = _reason(replace(wanted, size=name), renderer)
    return Choice(wanted.template, name, name.capitalize(), f"{width} × {height}", width, height, reason)


def _reason(wanted: Order, renderer: CardRenderer) -> str:
    try:
        cards.check(wanted, renderer)
    except PullquoteError as refused:
        return str(refused)
    return ""
