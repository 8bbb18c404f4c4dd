"""Deliveries with what they send and where, as every face lists them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session

from scheduler.domain.piece import PieceKind
from scheduler.store import channels, pieces
from scheduler.store.tables import ChannelRow, DeliveryRow, PieceRow


@dataclass(frozen=True)
class Sending:
    """A delivery with what it sends and where."""

    row: DeliveryRow
    piece: PieceRow
    channel: ChannelRow


def sendings(session: Session, rows: Iterable[DeliveryRow]) -> list[Sending]:
    """In the order of `rows`, with two queries however many they are."""
    listed = list(rows)
    made = pieces.by_ids(session, {row.piece_id for row in listed})
    to = channels.by_ids(session, {row.channel_id for row in listed})
    return [Sending(row, made[row.piece_id], to[row.channel_id]) for row in listed]


def summary(piece: PieceRow) -> str:
    """What a piece says, in the words that come first."""
    content = pieces.content(piece)
    if piece.kind == PieceKind.ISSUE:
        return content.subject
    if content.passage:
        by = f" {content.passage.speaker}" if content.passage.speaker else ""
        return f"“{content.passage.text}”{by}"
    texts = content.texts.get("") or next(iter(content.texts.values()), [""])
    return " ".join(texts[0].split())
