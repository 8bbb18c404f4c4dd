"""An issue and its readers, for the tests of the newsletter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from scheduler.domain.capabilities import Mail
from scheduler.domain.message import Letter
from scheduler.domain.piece import Content, PieceKind
from scheduler.render.email import CompiledIssue
from scheduler.services import letters, newsletter, subscribe
from scheduler.store import pieces
from scheduler.store.tables import (
    ChannelRow,
    DeliveryRow,
    ListRow,
    PieceRow,
    RecipientRow,
    SubscriptionRow,
)
from tests import world

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BASE = "https://news.example.com/"
ISSUE = CompiledIssue("Rain", "<p>%%PQ:address%% %%PQ:unsubscribe_url%%</p>", "%%PQ:unsubscribe_url%%\n")


def mail_channel(session: Session, name: str) -> ChannelRow:
    row = ChannelRow(
        workspace_id=world.workspace(session, NOW).id,
        name=name,
        kind="postmark",
        zone="UTC",
        config="",
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def new_issue(session: Session) -> PieceRow:
    content = Content(subject="Rain", template="issue")
    article = world.article(session, NOW)
    return pieces.add(
        session, article_id=article.id, kind=PieceKind.ISSUE, content=content, recipe="default", now=NOW
    )


def readers(session: Session, weekly: ListRow, count: int, prefix: str = "reader") -> list[SubscriptionRow]:
    text = "email,name\n" + "".join(f"{prefix}{i}@example.com,Reader {i}\n" for i in range(count))
    subscribe.import_csv(session, weekly.workspace_id, weekly.name, text.encode(), source="test", now=NOW)
    query = select(SubscriptionRow).where(col(SubscriptionRow.list_id) == weekly.id)
    return list(session.execute(query.order_by(col(SubscriptionRow.id))).scalars())


def leave(session: Session, row: SubscriptionRow) -> None:
    subscribe.unsubscribe(session, subscribe.token_for(world.VAULT, row.id), world.VAULT, NOW)


def freeze(
    session: Session,
    issue: PieceRow,
    channel: ChannelRow,
    weekly: ListRow,
    batch: int = 500,
    slot_key: str | None = None,
) -> list[DeliveryRow]:
    mail = Mail(batch=batch, max_bytes=50 * 2**20)
    due = NOW + timedelta(hours=1)
    return newsletter.freeze(session, issue, channel, mail, weekly.id, due_at=due, slot_key=slot_key, now=NOW)


def letter(session: Session, row: DeliveryRow, issue: CompiledIssue = ISSUE, base: str = BASE) -> Letter:
    batch = letters.batches(session, [row], world.VAULT, NOW).get(row.id)
    if batch is None:
        raise letters.nobody_left()
    edition = letters.edition(session, batch.list_id, row.piece_id, issue, base)
    return letters.letter(edition, batch.readers)


def states(session: Session, row: DeliveryRow) -> list[tuple[str, str, str]]:
    columns = (col(RecipientRow.state), col(RecipientRow.remote_id), col(RecipientRow.reason))
    query = select(*columns).where(col(RecipientRow.delivery_id) == row.id).order_by(col(RecipientRow.id))
    return [tuple(each) for each in session.execute(query)]
