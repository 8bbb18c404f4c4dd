"""An issue of the newsletter: its mail, its frozen audience in batches, and what became of each reader's copy.

A batch is a delivery like any other. Every copy ends as sent, failed with a reason, suppressed, or in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from jinja2 import Environment
from sqlmodel import Session

from scheduler.domain.capabilities import Mail
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.message import Receipt, RecipientResult
from scheduler.domain.piece import Content, Passage, PieceKind
from scheduler.domain.subscriber import UNEXPLAINED, Progress, RecipientState
from scheduler.domain.suppression import Reason
from scheduler.domain.text import sentences, words
from scheduler.render.context import IssueContext, QuoteContext
from scheduler.render.email import CompiledIssue, compile_issue
from scheduler.render.palette import by_day, by_night
from scheduler.store import channels, recipients, subscribers, suppressions
from scheduler.store.claimed import AnyDelivery
from scheduler.store.tables import (
    ArticleRow,
    ChannelRow,
    DeliveryRow,
    ListRow,
    PieceRow,
    RecipientRow,
    WorkspaceRow,
)

TEMPLATE = "issue"
INTRO_WORDS, INTRO_PARAGRAPHS = 90, 4  # the introduction ends with the paragraph that reaches either
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ps sd ug ur yi".split())


def edition(
    content: Content, article: ArticleRow, workspace: WorkspaceRow, environment: Environment
) -> CompiledIssue:
    """The mail of an issue, the same for every reader but for its merge tokens."""
    return compile_issue(environment, content.template or TEMPLATE, _context(content, article, workspace))


def _context(content: Content, article: ArticleRow, workspace: WorkspaceRow) -> IssueContext:
    language = article.language or workspace.language
    intro, rest = _divided([text for text in article.body.split("\n\n") if not _same(text, article.title)])
    brand = workspace.brand
    return IssueContext(
        subject=content.subject or article.title,
        title=article.title,
        outlet=brand.get("name") or article.site,
        postal_address=tuple(brand.get("address", "").splitlines()),
        day=by_day(brand),
        night=by_night(brand),
        preheader=content.preheader,
        author=article.author,
        published=_date(article, language),
        intro=intro,
        rest=() if content.link else rest,
        quotes=tuple(
            QuoteContext.of(passage, body=article.body, url=article.url, language=language)
            for passage in _news(content.passages, article.title, intro)
        ),
        link=content.link,
        language=language,
        direction="rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr",
    )


def _news(passages: Sequence[Passage], title: str, intro: Sequence[str]) -> list[Passage]:
    """The quotes that the mail does not say above already. An introduction that says them all may be repeated."""
    beside_title = [passage for passage in passages if not _said(passage.text, [title])]
    return [passage for passage in beside_title if not _said(passage.text, intro)] or beside_title


def _said(quote: str, above: Sequence[str]) -> bool:
    """Whether one of the texts above has each sentence of the quote."""
    return any(all(quote[start:end].rstrip(".") in text for start, end in sentences(quote)) for text in above)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _divided(paragraphs: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The paragraphs of the introduction, and the others."""
    said, end = 0, 0
    while end < min(len(paragraphs), INTRO_PARAGRAPHS) and said < INTRO_WORDS:
        said += words(paragraphs[end])
        end += 1
    return tuple(paragraphs[:end]), tuple(paragraphs[end:])


def _date(article: ArticleRow, language: str) -> str:
    day = article.published
    if day is None:
        return ""
    return f"{day.day} {day:%B %Y}" if language.startswith("en") else day.isoformat()


def list_of(session: Session, workspace_id: int, name: str | None) -> ListRow:
    """The list called `name`, or the only one there is."""
    known = {row.name: row for row, _ in subscribers.lists(session, workspace_id)}
    if name is None and len(known) > 1:
        raise PullquoteError(f"There are several lists ({', '.join(known)}): say which one gets the issue.")
    row = next(iter(known.values()), None) if name is None else known.get(name)
    if row is None:
        which = f"list called “{name}”" if name else "list of subscribers"
        raise NotFound(f"There is no {which}: create it and import the people who asked for it.")
    return row


def freeze(
    session: Session,
    piece: PieceRow,
    channel: ChannelRow,
    mail: Mail,
    list_id: int,
    *,
    due_at: datetime,
    slot_key: str | None,
    now: datetime,
    copy_bytes: int = 1,
) -> list[DeliveryRow]:
    """Fix who gets the issue, as one delivery for each batch. Whoever joins later is in the next issue.

    `copy_bytes` is the size of one reader's copy, where it is known: it bounds a batch as the channel's count does.
    """
    list_row = _list_for(session, piece, channel, list_id)
    size = max(1, min(mail.batch, mail.max_bytes // copy_bytes))
    readers = recipients.audience(list_row, piece.id)
    total = recipients.size(session, readers)
    if not total:
        raise PullquoteError(
            f"Nobody on “{list_row.name}” is left to mail: import subscribers, or see who has this issue already."
        )
    batches = -(-total // size)
    rows = recipients.add_batches(
        session, piece, channel.id, batches, due_at=due_at, slot_key=slot_key, now=now
    )
    recipients.add(session, readers, rows[0].id, size, now)
    _verify(recipients.batch_sizes(session, rows), batches=batches, size=size, total=total)
    return rows


def _list_for(session: Session, piece: PieceRow, channel: ChannelRow, list_id: int) -> ListRow:
    list_row = subscribers.get_list(session, list_id)
    if piece.kind != PieceKind.ISSUE:
        raise PullquoteError(f"Piece {piece.id} is a {piece.kind}, not an issue: it has no readers to mail.")
    if list_row.workspace_id != channel.workspace_id:
        raise PullquoteError(f"The list “{list_row.name}” belongs to another workspace than {channel.name}.")
    return list_row


def _verify(sizes: list[int], *, batches: int, size: int, total: int) -> None:
    """Nobody is lost or mailed twice between counting and writing."""
    if len(sizes) != batches or sum(sizes) != total or max(sizes) > size:
        raise PullquoteError(
            f"The audience came out as {sum(sizes)} in {len(sizes)} batches where {total} in {batches} were "
            "counted: nothing was scheduled, try again."
        )


def record(session: Session, delivery: AnyDelivery, receipt: Receipt, now: datetime) -> None:
    """The service took the batch: write what it said about each copy. Silence about one leaves it in doubt."""
    if not receipt.recipients:
        sent = RecipientState.SENT
        recipients.move(session, delivery.id, UNEXPLAINED, sent, now, remote_id=receipt.remote_id)
        return
    rows = _unexplained(session, delivery)
    results = [result for result in receipt.recipients if result.recipient in rows]
    if results:
        recipients.settle(session, [_outcome(result, now) for result in results])
    doubt(session, delivery, now, reason="the service said nothing about this copy")
    _suppress(session, delivery, results, rows, now)


def _unexplained(session: Session, delivery: AnyDelivery) -> dict[int, RecipientRow]:
    found = (recipients.of_delivery(session, delivery.id, state) for state in UNEXPLAINED)
    return {row.id: row for rows in found for row in rows}


def outcome_of(result: RecipientResult) -> RecipientState:
    return RecipientState.SENT if result.ok else RecipientState.FAILED


def _outcome(result: RecipientResult, now: datetime) -> dict[str, object]:
    return {
        "id": result.recipient,
        "state": outcome_of(result),
        "remote_id": result.remote_id,
        "reason": result.reason,
        "at": now,
    }


def _suppress(
    session: Session,
    delivery: AnyDelivery,
    results: Sequence[RecipientResult],
    rows: dict[int, RecipientRow],
    now: datetime,
) -> None:
    """Addresses that the service says can never be mailed are never mailed again."""
    refused = [result for result in results if result.suppress]
    workspace_id = channels.get(session, delivery.channel_id).workspace_id if refused else 0
    for result in refused:
        suppressions.add(session, workspace_id, rows[result.recipient].email, Reason(result.suppress), now)


def doubt(
    session: Session, delivery: AnyDelivery, now: datetime, *, reason: str = "its batch was never answered"
) -> None:
    """Whether the batch went out is unknown, so the same is true of each copy in it."""
    waiting = (RecipientState.WAITING,)
    recipients.move(session, delivery.id, waiting, RecipientState.IN_DOUBT, now, reason=reason)


def fail(session: Session, delivery: AnyDelivery, reason: str, now: datetime) -> None:
    """The batch will not be sent: no copy of it was."""
    recipients.suppress_gone(session, delivery.id, now)
    recipients.move(session, delivery.id, UNEXPLAINED, RecipientState.FAILED, now, reason=reason)


def progress(session: Session, piece_id: int) -> Progress:
    return Progress(recipients.progress(session, piece_id))
