"""The life of one delivery, for people and as plain values. Calls were redacted when they were written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from scheduler.cli._show import facts, instants, local, state
from scheduler.domain.calendar import zone
from scheduler.services.listing import Sending
from scheduler.store.tables import AttemptRow, ReceiptRow


def timeline(
    each: Sending, receipts: Sequence[ReceiptRow], attempts: Sequence[AttemptRow], now: datetime
) -> Iterator[RenderableType]:
    row, channel = each.row, each.channel
    yield facts(
        ("Piece", f"{each.piece.kind} {each.piece.id} of article {each.piece.article_id}"),
        ("Channel", f"{channel.name} ({channel.kind}, {channel.zone})"),
        ("Due", local(row.due_at, channel.zone, now)),
        ("State", Text.assemble(state(row.status), f": {row.reason}" if row.reason else "")),
        ("Next look", local(row.next_at, channel.zone, now)),
        *(("Live", receipt.url or receipt.remote_id) for receipt in receipts),
    )
    for attempt in attempts:
        yield from _attempt(attempt, channel.zone)


def _attempt(attempt: AttemptRow, zone_name: str) -> Iterator[Text]:
    at = attempt.started_at.astimezone(zone(zone_name))
    outcome = attempt.outcome or "no outcome: it runs, or its worker died"
    code = f" [{attempt.code}]" if attempt.code else ""
    yield Text.assemble(
        "\n", (f"{at:%a} {at.day} {at:%b %H:%M:%S %Z}  ", "dim"), f"{attempt.step}: {outcome}{code}"
    )
    if attempt.reason:
        yield Text(f"  {attempt.reason}")
    for call in attempt.calls:
        commits = ("  commits", "magenta") if call.get("commits") else ""
        yield Text.assemble(
            (f"  {call['method']:<5}", "bold"),
            call["url"],
            (f"  {call['outcome']}  {call['ms']} ms", "dim"),
            commits,
        )


def plain_timeline(
    receipts: Sequence[ReceiptRow], attempts: Sequence[AttemptRow], zone_name: str
) -> dict[str, Any]:
    return {
        "receipts": [
            {
                "item": each.item,
                "remote_id": each.remote_id,
                "url": each.url,
                **instants("sent", each.at, zone_name),
            }
            for each in receipts
        ],
        "timeline": [
            {
                "step": each.step,
                **instants("started", each.started_at, zone_name),
                **instants("ended", each.ended_at, zone_name),
                "outcome": each.outcome,
                "code": each.code,
                "reason": each.reason,
                "calls": each.calls,
            }
            for each in attempts
        ],
    }
