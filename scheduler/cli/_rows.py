"""Rows of the database in a line for people, and as plain values for JSON. Several commands show the same ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from rich.table import Table
from rich.text import Text

from scheduler.cli._show import add, instants, line, local, number, state, table, word, zones_named
from scheduler.services.listing import Sending, summary


def deliveries_table(found: Sequence[Sending], now: datetime) -> Table:
    shown = table(number("ID"), word("When"), word("Channel"), word("Piece"), line("What"), word("State"))
    for each in found:
        row = each.row
        add(
            shown,
            row.id,
            local(row.due_at, each.channel.zone, now, width=2),
            each.channel.name,
            f"{each.piece.kind} {each.piece.id}",
            summary(each.piece),
            state(row.status),
            style="dim" if row.settled_at else "",
        )
    return shown


def zones_of(found: Iterable[Sending]) -> Text:
    return Text(zones_named((each.row.due_at, each.channel.zone) for each in found), "dim")


def plain_delivery(each: Sending) -> dict[str, Any]:
    row, zone = each.row, each.channel.zone
    return {
        "id": row.id,
        "status": row.status,
        "piece": row.piece_id,
        "kind": each.piece.kind,
        "article": each.piece.article_id,
        "what": summary(each.piece),
        "channel": each.channel.name,
        "zone": zone,
        **instants("due", row.due_at, zone),
        **instants("next", row.next_at, zone),
        **instants("settled", row.settled_at, zone),
        "attempts": row.attempts,
        "code": row.code,
        "reason": row.reason,
        "remote_id": row.remote_id,
        "url": row.url,
    }
