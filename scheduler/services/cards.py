"""The cards of a piece, as a channel takes them: drawn once, and taken from the store after that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from sqlmodel import Session

from scheduler.domain.capabilities import Images
from scheduler.domain.figures import figure
from scheduler.domain.fit import abridge
from scheduler.domain.message import Image
from scheduler.domain.piece import Content, Passage
from scheduler.domain.typography import quoted
from scheduler.render.card_pdf import PDF, Page, bind
from scheduler.render.cards import Card, CardRenderer, CardText, Output
from scheduler.render.output import UNLIMITED
from scheduler.render.own_font import OwnFont
from scheduler.render.photo import Picture
from scheduler.services import brand
from scheduler.store import assets
from scheduler.store.tables import ArticleRow, WorkspaceRow


@dataclass(frozen=True)
class Drawn:
    """The cards of a piece: one, or the frames of a carousel."""

    key: str = ""  # of everything they depend on
    images: tuple[Image, ...] = ()
    quotes: tuple[str, ...] = ()  # the words on each
    pdf: Image | None = None  # the frames as its pages, which goes in their place

    @property
    def sent(self) -> tuple[Image, ...]:
        return (self.pdf,) if self.pdf else self.images


@dataclass(frozen=True)
class Order:
    """What a card is to show."""

    template: str
    size: str
    text: CardText
    brand: Mapping[str, str]  # colours by their role
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    fonts: Mapping[str, OwnFont] = field(default_factory=dict)  # of the brand, by role


def order(
    session: Session, template: str, size: str, passage: Passage, article: ArticleRow, workspace: WorkspaceRow
) -> Order:
    dress = brand.dress(session, workspace, article, passage.speaker)
    text = card_text(passage, article, workspace)
    return Order(template, size, text, dress.colours, dress.pictures, dress.fonts)


def order_of(
    session: Session, content: Content, passage: Passage, article: ArticleRow, workspace: WorkspaceRow
) -> Order:
    """The card of a piece, with the picture that a person chose for it."""
    usual = order(session, content.template, content.size, passage, article, workspace)
    if not content.picture:
        return usual
    asset = assets.get(session, content.picture)
    own = Picture(asset.data, asset.type, asset.width, asset.height, content.focus)
    return replace(usual, pictures={**usual.pictures, "photo": own})


def card_text(passage: Passage, article: ArticleRow, workspace: WorkspaceRow) -> CardText:
    language = article.language or workspace.language
    return CardText(
        quote=passage.text,
        speaker=passage.speaker,
        outlet=workspace.brand.get("name", "") or article.site,
        language=language,
        title=article.title,
        figure=figure(passage.text, language),
    )


def check(order: Order, cards: CardRenderer) -> None:
    """Raises CardRefused where its cards cannot be right."""
    for text in texts(order, cards):
        cards.check(order.template, order.size, text, order.brand, order.pictures, order.fonts)


def texts(order: Order, cards: CardRenderer) -> list[CardText]:
    """One for each card: of a carousel, one for each frame. Raises CardRefused."""
    return cards.spread(order.template, order.size, order.text, order.brand, order.pictures, order.fonts)


def draw(
    session: Session, order: Order, alt: str, can: Images, cards: CardRenderer, alts: Sequence[str] = ()
) -> Drawn:
    """Raises CardRefused where they cannot be right. Stores nothing. `alts` are a person's own words for each."""
    output = Output(can.types, can.max_bytes, can.prefer)
    whole = replace(output, max_bytes=UNLIMITED)
    asked = order.template, order.size, order.text, order.brand, order.pictures, order.fonts
    key, limited = (cards.key(*asked, each) for each in (whole, output))
    found = _drawn_before(session, key, can) or _drawn_before(session, limited, can)
    drawn = _with_alt(found or _anew(order, cards, output, can, key, limited), alt, alts, order.text, can)
    return (
        drawn if can.pdf is None or len(drawn.images) == 1 else replace(drawn, pdf=_bound(drawn, order, alt))
    )


def _bound(drawn: Drawn, order: Order, alt: str) -> Image:
    pages = [Page(Card(i.data, i.type, i.width, i.height), i.alt) for i in drawn.images]
    text, first = order.text, drawn.images[0]
    data = bind(pages, title=text.title, author=text.outlet, language=text.language)
    return Image(data, PDF, alt, first.width, first.height)


def _anew(order: Order, cards: CardRenderer, output: Output, can: Images, key: str, limited: str) -> Drawn:
    look = order.brand, order.pictures, order.fonts
    texts = cards.spread(order.template, order.size, order.text, *look, most=can.most_frames)
    made = [cards.render(order.template, order.size, text, *look, output) for text in texts]
    images = (Image(card.data, card.type, "", card.width, card.height) for card in made)
    is_best = all(card.best for card in made)
    return Drawn(key if is_best else limited, tuple(images), tuple(text.quote for text in texts))


def _drawn_before(session: Session, key: str, can: Images) -> Drawn | None:
    frames = assets.drawn(session, key)
    if not frames or len(frames) > can.most_frames or any(len(f.asset.data) > can.max_bytes for f in frames):
        return None
    images = (Image(a.data, a.type, "", a.width, a.height) for a, _ in frames)
    return Drawn(key, tuple(images), tuple(frame.quote for frame in frames))


def _with_alt(drawn: Drawn, alt: str, own: Sequence[str], text: CardText, can: Images) -> Drawn:
    """A frame's own words are its alternative text, or a person's. Shortened where the network takes less."""
    total = len(drawn.images)
    usual = [alt] if total == 1 else [_alt(text, quote, n + 1, total) for n, quote in enumerate(drawn.quotes)]
    alts = [mine or its for mine, its in zip_longest(own[:total], usual, fillvalue="")]
    images = (replace(image, alt=_fitted(alt, can)) for image, alt in zip(drawn.images, alts, strict=True))
    return replace(drawn, images=tuple(images))


def _alt(text: CardText, quote: str, number: int, total: int) -> str:
    return f"{number}/{total}: {quoted(quote, text.language)} — {text.speaker}"


def _fitted(alt: str, can: Images) -> str:
    return alt if can.alt is None else abridge(alt, can.alt.fits)
