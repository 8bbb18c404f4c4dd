"""How the card of a piece looks: its template, its size, its picture, and the words for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.channels import kinds
from scheduler.domain.brand import CENTRE, Look
from scheduler.domain.capabilities import Limit
from scheduler.domain.errors import NotFound, NotSupported, PullquoteError
from scheduler.domain.piece import Content, Passage
from scheduler.render import photo
from scheduler.render.cards import CardRenderer
from scheduler.services import cards, editing, rewording
from scheduler.services.cards import Order
from scheduler.services.editing import Hand
from scheduler.store import articles, assets, brands, pieces, workspaces
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


def looks(session: Session, piece: PieceRow, renderer: CardRenderer) -> Looks:
    content = pieces.content(piece)
    wanted = order(session, piece, content)
    return Looks(
        [_template(wanted, name, renderer) for name in renderer.templates()],
        [_size(wanted, name, renderer) for name in renderer.sizes(content.template)],
        shots(session, piece),
        renderer.has_photo(content.template),
        content,
    )


def order(session: Session, piece: PieceRow, content: Content) -> Order:
    """The card of a piece if it looked like that."""
    article = articles.get(session, piece.article_id)
    workspace = workspaces.get(session, article.workspace_id)
    return cards.order_of(session, content, _passage(content), article, workspace)


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


def restyle(
    session: Session, piece: PieceRow, template: str, size: str, renderer: CardRenderer, hand: Hand
) -> None:
    """Draw the card with another template, at another size. Refused where that card could not be right."""
    content = replace(pieces.content(piece), template=template, size=size)
    _apply(session, piece, content, renderer, hand, "the look of its card")


def picture(
    session: Session,
    piece: PieceRow,
    digest: str,
    focus: tuple[float, float],
    renderer: CardRenderer,
    hand: Hand,
) -> None:
    """Put one of the photos at hand on the card; "" is the usual one."""
    if digest and digest not in {shot.digest for shot in shots(session, piece)}:
        raise NotFound("That photo is not there any more: load the page again.")
    content = replace(pieces.content(piece), picture=digest, focus=focus if digest else CENTRE)
    _apply(session, piece, content, renderer, hand, "the photo of its card")


def upload(
    session: Session, piece: PieceRow, data: bytes, name: str, renderer: CardRenderer, hand: Hand
) -> None:
    """Put a photo of a person's own on the card of this piece alone."""
    content = pieces.content(piece)
    if not renderer.has_photo(content.template):
        label = renderer.label(content.template)
        raise PullquoteError(f"The template {label} shows no photo: choose one that does first.")
    kept = photo.receive(data, name)
    digest = assets.put(session, kept.data, kept.type, hand.now, width=kept.width, height=kept.height)
    new = replace(content, picture=digest, focus=CENTRE)
    _apply(session, piece, new, renderer, hand, "the photo of its card")


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


def _apply(
    session: Session, piece: PieceRow, new: Content, renderer: CardRenderer, hand: Hand, what: str
) -> None:
    wanted = order(session, piece, new)
    cards.check(wanted, renderer)
    frames = len(cards.texts(wanted, renderer))
    editing.edit(session, piece, _spread(replace(new, frames=frames), new.frames), what, hand)


def _spread(new: Content, before: int) -> Content:
    """With more or fewer frames, other kinds of channel can carry the card."""
    texts, refused = dict(new.texts), dict(new.refused)
    for kind, cls in kinds().items():
        if cls.can.images is None:
            continue
        label = kind.capitalize()
        if reason := cls.can.images.refuses(new.frames, label):
            refused[kind] = reason
        elif refused.get(kind) == cls.can.images.refuses(before, label):
            del refused[kind]
            try:
                texts.setdefault(kind, rewording.fitted(rewording.said(new, None), cls.can, label))
            except NotSupported as too_long:
                refused[kind] = str(too_long)
    return replace(new, texts=texts, refused=refused)


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


def _passage(content: Content) -> Passage:
    if content.passage is None or not content.template:
        raise NotFound("This piece has no card.")
    return content.passage
