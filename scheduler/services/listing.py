"""Deliveries with what they send and where, as every face lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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
    return first_words(piece.kind, piece.content)


def first_words(kind: str, content: Mapping[str, Any]) -> str:
    """The same of a stored content, as it is in the database: lists have many, and each is looked at once."""
    if kind == PieceKind.ISSUE:
        return str(content.get("subject", ""))
    if passage := content.get("passage"):
        by = f" {passage['speaker']}" if passage.get("speaker") else ""
        return f"“{passage['text']}”{by}"
    texts: dict[str, list[str]] = content.get("texts") or {}
    said = texts.get("") or next(iter(texts.values()), [""])
    return " ".join(said[0].split())
