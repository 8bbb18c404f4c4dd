"""Compose a delivery once: check its words, render it, fit it, freeze it. Every retry sends the same bytes."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from jinja2 import Environment
from sqlmodel import Session

from scheduler.channels import Adapter, Flow
from scheduler.domain.delivery import dedupe_key
from scheduler.domain.errors import NotSupported, PullquoteError
from scheduler.domain.fit import stands
from scheduler.domain.links import standing_in
from scheduler.domain.message import Image, Letter, Message, Receipt, Recipient
from scheduler.domain.piece import Content, Passage, PieceKind, PieceStatus
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.email import CompiledIssue
from scheduler.services import newsletter
from scheduler.store import articles, assets, pieces, queue, workspaces
from scheduler.store.tables import ArticleRow, DeliveryRow, ReceiptRow, WorkspaceRow
from scheduler.store.vault import Vault


class NotVerbatim(PullquoteError):
    """A quote's words no longer stand in the article."""


@dataclass(frozen=True)
class Studio:
    """What composing needs, put together by bootstrap."""

    cards: CardRenderer
    environment: Environment
    base_url: str  # of the app, for unsubscribe links


@dataclass(frozen=True)
class Draft:
    """A composed delivery, not stored yet."""

    texts: list[str]
    language: str
    link: str
    about: dict[str, str]
    image: Image | None = None  # goes with the first text
    issue: CompiledIssue | None = None

    def messages(self, now: datetime) -> list[Message]:
        """As they will be sent, but for the dedupe key and the replies: for previews and for the fit."""
        return [
            Message(
                text=text,
                link=standing_in(text, self.link),
                images=(self.image,) if self.image and i == 0 else (),
                language=self.language,
                created_at=now,
                about=self.about,
            )
            for i, text in enumerate(self.texts)
        ]


def compose(session: Session, piece_id: int, adapter: Adapter, studio: Studio, now: datetime) -> Draft:
    """What a piece will be on a channel. Reads only, so that rendering holds no lock.

    Raises NotSupported where the kind cannot carry it, another PullquoteError where a person must look first.
    """
    piece = pieces.get(session, piece_id)
    if piece.status == PieceStatus.HELD:
        raise PullquoteError(piece.reason or "The piece is held: release it first.")
    article = articles.get(session, piece.article_id)
    workspace = workspaces.get(session, article.workspace_id)
    content = pieces.content(piece)
    check_verbatim(article.body, content)
    if piece.kind == PieceKind.ISSUE:
        issue = newsletter.edition(content, article, workspace, studio.environment)
        return Draft([], article.language or workspace.language, content.link, {}, issue=issue)
    draft = _post(content, article, workspace, adapter.kind, studio)
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


def _post(content: Content, article: ArticleRow, workspace: WorkspaceRow, kind: str, studio: Studio) -> Draft:
    texts = content.for_kind(kind)
    if not texts:
        raise NotSupported("The piece has no text for this kind of channel", "split the article again")
    passage = content.passage
    return Draft(
        texts=texts,
        language=article.language or workspace.language,
        link=content.link,
        image=_card(content, passage, article, workspace, studio) if content.template and passage else None,
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


def _card(
    content: Content, passage: Passage, article: ArticleRow, workspace: WorkspaceRow, studio: Studio
) -> Image:
    text = card_text(passage, article, workspace)
    card = studio.cards.render(content.template, content.size, text, colours(workspace))
    return Image(card.data, card.type, content.alt, card.width, card.height)


def card_text(passage: Passage, article: ArticleRow, workspace: WorkspaceRow) -> CardText:
    return CardText(
        quote=passage.text,
        speaker=passage.speaker,
        outlet=workspace.brand.get("name", "") or article.site,
        language=article.language or workspace.language,
    )


def colours(workspace: WorkspaceRow) -> dict[str, str]:
    """The brand's colours by their role."""
    return {role: value for role, value in workspace.brand.items() if str(value).startswith("#")}


def freeze(
    session: Session, row: DeliveryRow, draft: Draft, studio: Studio, vault: Vault, now: datetime
) -> dict[str, Any]:
    """Store what was composed, and return what the delivery row keeps of it."""
    frozen: dict[str, Any] = {
        "texts": draft.texts,
        "language": draft.language,
        "link": draft.link,
        "about": draft.about,
        "created_at": now.isoformat(),
    }
    if draft.image is not None:
        image = draft.image
        digest = assets.put(session, image.data, image.type, now, width=image.width, height=image.height)
        frozen["image"] = {"asset": digest, "alt": image.alt}
    if draft.issue is not None:
        letter = newsletter.letter(session, row, draft.issue, vault=vault, base_url=studio.base_url, now=now)
        frozen["letter"] = {
            "subject": letter.subject,
            "html": assets.put(session, letter.html.encode(), "text/html", now),
            "text": assets.put(session, letter.text.encode(), "text/plain", now),
            "headers": dict(letter.headers),
            "recipients": [asdict(recipient) for recipient in letter.recipients],
        }
    return frozen


def count(row: DeliveryRow) -> int:
    """How many items a frozen delivery has: one, or those of a thread."""
    return max(1, len(_frozen(row)["texts"]))


def thaw(session: Session, row: DeliveryRow) -> Message:
    """The item of a frozen delivery that is next, the same at every attempt."""
    frozen = _frozen(row)
    sent = queue.receipts(session, row.id)
    text = frozen["texts"][row.item] if frozen["texts"] else ""
    image = frozen.get("image") if row.item == 0 else None
    return Message(
        text=text,
        link=standing_in(text, frozen["link"]),
        images=(_image(session, image),) if image else (),
        language=frozen["language"],
        dedupe_key=dedupe_key(row.id, row.revision, row.item),
        created_at=datetime.fromisoformat(frozen["created_at"]),
        reply_to=_receipt(sent[-1]) if sent else None,
        root=_receipt(sent[0]) if sent else None,
        kept=row.kept,
        letter=_letter(session, frozen["letter"]) if "letter" in frozen else None,
        about=frozen["about"],
    )


def flow(message: Message, adapter: Adapter) -> Flow:
    return adapter.send_batch(message) if message.letter is not None else adapter.publish(message)


def _frozen(row: DeliveryRow) -> dict[str, Any]:
    if row.message is None:
        raise ValueError(f"delivery {row.id} was not composed")
    return row.message


def _image(session: Session, image: dict[str, str]) -> Image:
    asset = assets.get(session, image["asset"])
    return Image(asset.data, asset.type, image["alt"], asset.width, asset.height)


def _letter(session: Session, letter: dict[str, Any]) -> Letter:
    return Letter(
        subject=letter["subject"],
        html=assets.get(session, letter["html"]).data.decode(),
        text=assets.get(session, letter["text"]).data.decode(),
        headers=letter["headers"],
        recipients=tuple(Recipient(**recipient) for recipient in letter["recipients"]),
    )


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(row.remote_id, row.url, row.extra)
