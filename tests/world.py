"""A small world for tests: a workspace, an article, pieces, channels and deliveries, as the services see them."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from scheduler.channels import Adapter
from scheduler.domain.calendar import parse_slots
from scheduler.domain.piece import Content, PieceKind
from scheduler.services import connect
from scheduler.store import channels, pieces, queue, workspaces
from scheduler.store.tables import ArticleRow, ChannelRow, DeliveryRow, PieceRow, WorkspaceRow
from scheduler.store.vault import Vault

KEY = base64.b64encode(b"k" * 32).decode()
VAULT = Vault([b"k" * 32])
BODY = "“The river does not read our plans,” says Dana Okafor. “It reads the rain.”"


def workspace(session: Session, now: datetime) -> WorkspaceRow:
    found = workspaces.find(session)
    if found is None:
        found = WorkspaceRow(name="The Harbour Ledger", created_at=now)
        session.add(found)
        session.flush()
    return found


def article(session: Session, now: datetime) -> ArticleRow:
    row = ArticleRow(
        workspace_id=workspace(session, now).id,
        origin="harbour.md",
        title="A town and its river",
        body=BODY,
        url="https://ledger.example/river",
        fingerprint=uuid4().hex,
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row


def article_of(session: Session, piece: PieceRow) -> ArticleRow:
    row = session.get(ArticleRow, piece.article_id)
    assert row is not None
    return row


def post(session: Session, now: datetime, *texts: str, of: ArticleRow | None = None) -> PieceRow:
    """A post, or with several texts a thread."""
    kind = PieceKind.THREAD if len(texts) > 1 else PieceKind.POST
    content = Content(texts={"": list(texts or ["It reads the rain."])}, link="https://ledger.example/river")
    source = of or article(session, now)
    return pieces.add(session, article_id=source.id, kind=kind, content=content, recipe="default", now=now)


def channel(
    session: Session, now: datetime, kind: str = "webhook", *, name: str = "", **values: Any
) -> ChannelRow:
    return connect.add_channel(
        session,
        workspace(session, now).id,
        kind=kind,
        name=name or f"the {kind}",
        zone_name="UTC",
        values=values or {"url": "https://hooks.example/in"},
        vault=VAULT,
        now=now,
    )


def channels_of(session: Session) -> list[ChannelRow]:
    return channels.of_workspace(session, 1)


def other_workspace(session: Session, now: datetime) -> int:
    """A second brand, with nothing in it."""
    row = WorkspaceRow(name="The Inland Post", created_at=now)
    session.add(row)
    session.flush()
    return row.id


def slots(session: Session, row: ChannelRow, text: str) -> None:
    channels.set_slots(session, row.id, parse_slots(text))


def due(
    session: Session, piece: PieceRow, to: ChannelRow, now: datetime, count: int = 1
) -> list[DeliveryRow]:
    """Deliveries that are due now, a millisecond apart."""
    return [
        queue.enqueue(session, piece, to.id, now + timedelta(milliseconds=i - count), now=now)
        for i in range(count)
    ]


def adapter_of(row: ChannelRow) -> Adapter:
    return connect.open_channel(row, VAULT)


def database_error() -> OperationalError:
    return OperationalError("SELECT 1", {}, Exception("disk I/O error"))
