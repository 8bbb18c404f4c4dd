"""Compose a delivery once: check its words, render it, fit it, freeze it. Every retry sends the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any

from jinja2 import Environment
from sqlmodel import Session

from scheduler.channels import Adapter, Flow
from scheduler.domain.delivery import dedupe_key
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.domain.fit import stands
from scheduler.domain.links import standing_in
from scheduler.domain.message import Image, Letter, Message, Receipt, Recipient
from scheduler.domain.piece import Content, PieceKind, PieceStatus
from scheduler.render.cards import CardRenderer
from scheduler.render.email import CompiledIssue
from scheduler.services import cards, letters, newsletter, public
from scheduler.services.cards import Drawn
from scheduler.services.tracking import posted
from scheduler.store import articles, assets, pieces, queue, workspaces
from scheduler.store.claimed import AnyDelivery
from scheduler.store.tables import ArticleRow, ChannelRow, ReceiptRow, WorkspaceRow
from scheduler.store.vault import Vault


class NotVerbatim(PullquoteError):
    """A quote's words no longer stand in the article."""


@dataclass(frozen=True)
class Studio:
    """What composing needs, put together by bootstrap."""

    cards: CardRenderer
    environment: Environment
    base_url: str  # of the app, for unsubscribe links
    #: Signs the address of an asset, by its SHA-256 and type, until a time.
    address: Callable[[str, str, datetime], str] | None = None

    def addressed(self, image: Image, label: str, until: datetime) -> Image:
        """With an address where a network can fetch it."""
        if self.address is None or not public.is_public(self.base_url):
            raise PullquoteError(
                f"{label} fetches the card from here, and {self.base_url} cannot be reached from outside: "
                "set base_url to the app's public https address."
            )
        return replace(image, url=self.address(sha256(image.data).hexdigest(), image.type, until))


@dataclass(frozen=True)
class Draft:
    """A composed delivery, not stored yet."""

    texts: list[str]
    language: str
    link: str
    about: dict[str, str]
    cards: Drawn = field(default_factory=Drawn)  # go with the first text
    issue: CompiledIssue | None = None

    def messages(self, now: datetime) -> list[Message]:
        """As they will be sent, but for the dedupe key and the replies: for previews and for the fit."""
        return [
            Message(
                text=text,
                link=standing_in(text, self.link),
                images=self.cards.sent if i == 0 else (),
                language=self.language,
                created_at=now,
                about=self.about,
            )
            for i, text in enumerate(self.texts)
        ]


def compose(
    session: Session,
    piece_id: int,
    adapter: Adapter,
    studio: Studio,
    now: datetime,
    channel: ChannelRow | None = None,
    content: Content | None = None,
) -> Draft:
    """What a piece will be on a channel; without one, on any of its kind. Reads only: rendering holds no lock.

    With `content`, what it would be if it said that.

    Raises NotSupported where the kind cannot carry it, another PullquoteError where a person must look first.
    """
    piece = pieces.get(session, piece_id)
    if piece.status == PieceStatus.HELD:
        raise PullquoteError(piece.reason or "The piece is held: release it first.")
    article = articles.get(session, piece.article_id)
    workspace = workspaces.get(session, article.workspace_id)
    content = content or pieces.content(piece)
    check_verbatim(article.body, content)
    if piece.kind == PieceKind.ISSUE:
        issue = newsletter.edition(content, article, workspace, studio.environment)
        return Draft([], article.language or workspace.language, content.link, {}, issue=issue)
    texts = posted(piece, channel, content) if channel else content.for_kind(adapter.kind)
    draft = _post(content, article, workspace, texts)
    if content.template and content.passage:
        drawn = _cards(session, content, article, workspace, adapter, studio, now)
        draft = replace(draft, cards=drawn)
    if len(draft.texts) > 1 and not adapter.can.threads:
        raise NotSupported(f"{adapter.label} has no threads", "choose another channel for this thread")
    for message in draft.messages(now):
        adapter.fit(message)
    return draft


def check_verbatim(body: str, content: Content) -> None:
    """The invariant of the product, checked again right before the words go out."""
    for passage in [*content.passages, *([content.passage] if content.passage else [])]:
        if not stands(body, passage):
            raise NotVerbatim(f"“{passage.text[:60]}…” no longer stands in the article: split it again.")


def _post(content: Content, article: ArticleRow, workspace: WorkspaceRow, texts: list[str]) -> Draft:
    if not texts:
        raise NotSupported("The piece has no text for this kind of channel", "split the article again")
    passage = content.passage
    return Draft(
        texts=texts,
        language=article.language or workspace.language,
        link=content.link,
        about={
            "title": article.title,
            "author": article.author,
            "site": article.site,
            "published": article.published.isoformat() if article.published else "",
            "url": content.link,
            "quote": passage.text if passage else "",
            "speaker": passage.speaker if passage else "",
        },
    )


def _cards(
    session: Session,
    content: Content,
    article: ArticleRow,
    workspace: WorkspaceRow,
    adapter: Adapter,
    studio: Studio,
    now: datetime,
) -> Drawn:
    can = adapter.can.images
    if can is None or content.passage is None:
        raise NotSupported(f"{adapter.label} takes no images", "choose another channel for this card")
    order = cards.order_of(session, content, content.passage, article, workspace)
    drawn = cards.draw(session, order, content.alt, can, studio.cards, content.alts)
    if can.fetched is None:
        return drawn
    addressed = partial(studio.addressed, label=adapter.label, until=now + can.fetched)
    pdf = addressed(drawn.pdf) if drawn.pdf else None
    return replace(drawn, images=tuple(map(addressed, drawn.images)), pdf=pdf)


def freeze(
    session: Session, row: AnyDelivery, draft: Draft, studio: Studio, vault: Vault, now: datetime
) -> dict[str, Any]:
    """Store what was composed, and return what the delivery row keeps of it."""
    kept = frozen(draft, now)
    if draft.cards.images:
        kept["images"] = _stored(session, draft.cards, now)
    if draft.issue is not None:
        batch = letters.batches(session, [row], vault, now).get(row.id)
        if batch is None:
            raise letters.nobody_left()
        shared = letters.edition(session, batch.list_id, row.piece_id, draft.issue, studio.base_url)
        kept["letter"] = letters.pack(letters.keep(session, shared, now), batch.readers)
    return kept


def frozen(draft: Draft, now: datetime) -> dict[str, Any]:
    """What a delivery keeps of its draft, its images and its readers apart."""
    return {
        "texts": draft.texts,
        "language": draft.language,
        "link": draft.link,
        "about": draft.about,
        "created_at": now.isoformat(),
    }


def _stored(session: Session, drawn: Drawn, now: datetime) -> list[dict[str, str]]:
    """The frames are kept for the next delivery, even where they go out as a PDF."""
    frames = [_put(session, image, now) for image in drawn.images]
    assets.remember(session, drawn.key, list(zip(frames, drawn.quotes, strict=True)))
    return [{"asset": _put(session, image, now), "alt": image.alt, "url": image.url} for image in drawn.sent]


def _put(session: Session, image: Image, now: datetime) -> str:
    return assets.put(session, image.data, image.type, now, width=image.width, height=image.height)


def count(row: AnyDelivery) -> int:
    """How many items a frozen delivery has: one, or those of a thread."""
    return max(1, len(_frozen(row)["texts"]))


def thaw(session: Session, row: AnyDelivery) -> Message:
    """The item of a frozen delivery that is next, the same at every attempt."""
    kept = _frozen(row)
    images = _images_of(kept) if row.item == 0 else []
    return message(
        row,
        kept,
        images=tuple(_image(session, image) for image in images),
        sent=queue.receipts(session, row.id) if row.item else (),
        letter=_letter(session, kept["letter"]) if "letter" in kept else None,
    )


def message(
    row: AnyDelivery,
    kept: dict[str, Any],
    *,
    images: tuple[Image, ...] = (),
    sent: Sequence[ReceiptRow] = (),
    letter: Letter | None = None,
) -> Message:
    """The item that is next of a delivery that was frozen as `kept`, with what was stored apart from it."""
    text = kept["texts"][row.item] if kept["texts"] else ""
    return Message(
        text=text,
        link=standing_in(text, kept["link"]),
        images=images,
        language=kept["language"],
        dedupe_key=dedupe_key(row.id, row.revision, row.item),
        created_at=datetime.fromisoformat(kept["created_at"]),
        reply_to=_receipt(sent[-1]) if sent else None,
        root=_receipt(sent[0]) if sent else None,
        kept=row.kept,
        letter=letter,
        about=kept["about"],
    )


def flow(message: Message, adapter: Adapter) -> Flow:
    return adapter.send_batch(message) if message.letter is not None else adapter.publish(message)


def _frozen(row: AnyDelivery) -> dict[str, Any]:
    if row.message is None:
        raise ValueError(f"delivery {row.id} was not composed")
    return row.message


def _images_of(frozen: dict[str, Any]) -> list[dict[str, str]]:
    """Before there were carousels, a delivery was frozen with one image."""
    first = frozen.get("image")
    images: list[dict[str, str]] = frozen.get("images", [first] if first else [])
    return images


def _image(session: Session, image: dict[str, str]) -> Image:
    asset = assets.get(session, image["asset"])
    url = image.get("url", "")
    return Image(asset.data, asset.type, image["alt"], asset.width, asset.height, url)


def _letter(session: Session, letter: dict[str, Any]) -> Letter:
    if "edition" in letter:
        return letters.unpack(session, letter)
    return Letter(  # as it was frozen before editions were kept apart
        subject=letter["subject"],
        html=assets.get(session, letter["html"]).data.decode(),
        text=assets.get(session, letter["text"]).data.decode(),
        headers=letter["headers"],
        recipients=tuple(Recipient(**recipient) for recipient in letter["recipients"]),
    )


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(row.remote_id, row.url, row.extra)
