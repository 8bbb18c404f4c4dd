"""pullquote send: one delivery, now."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._show import busy, say
from scheduler.cli._start import open_app
from scheduler.cli._timeline import timeline
from scheduler.domain.delivery import Status
from scheduler.services.listing import sendings, summary
from scheduler.services.send_now import send_now
from scheduler.store import queue


def send(
    ctx: typer.Context,
    delivery_id: Annotated[
        int, typer.Argument(help="The delivery's number.", autocompletion=_complete.deliveries)
    ],
) -> None:
    """Send one delivery now, whatever its time. Exit code 1 where it was not sent."""
    app = open_app(ctx)
    with busy(f"Sending delivery {delivery_id}"):
        row = send_now(app.office, delivery_id)
    with app.reading() as session:
        each = sendings(session, [row])[0]
        receipts, attempts = queue.receipts(session, row.id), queue.attempts(session, row.id)
    say(Text.assemble((f"Delivery {row.id}  ", "bold"), summary(each.piece)))
    say(*timeline(each, receipts, attempts[-1:], app.clock()))
    if row.status != Status.SENT:
        raise typer.Exit(1)
