"""pullquote doubts: what may have been sent or not, what to look for, and where."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from scheduler.cli import _complete
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson
from scheduler.cli._show import emit, facts, hint, instants, local, say
from scheduler.cli._start import open_app, the_workspace
from scheduler.services import doubts
from scheduler.services.doubts import Doubt
from scheduler.services.resolve import Answer
from scheduler.services.resolve import copies as resolve_copies
from scheduler.store import doubts as store
from scheduler.store import pieces

group = typer.Typer(cls=Listing, help="What is in doubt: sent or not, nobody has said.")


@group.command("list")
def list_doubts(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List what is in doubt, with what to look for, where, and from when to when."""
    app = open_app(ctx)
    now = app.clock()
    with app.reading() as session:
        found = doubts.listed(session, the_workspace(session).id)
        copies = store.by_piece(session)
    if as_json:
        emit({"deliveries": [_plain(each) for each in found], "copies": copies})
        return
    for each in found:
        zone = each.channel.zone
        span = f"{local(each.after, zone, now)} and {local(each.before, zone, now)}" if each.after else ""
        say(
            facts(
                ("Delivery", f"{each.delivery.id}: {each.why}"),
                ("Look for", each.look_for),
                ("Where", f"{each.where} ({each.channel.name})"),
                ("Between", span),
                ("Then", _then(each)),
            ),
            "",
        )
    for piece_id, count in copies.items():
        say(f"Issue {piece_id}: {count:,} copies that the service said nothing about.")
        hint(f"See them with `pullquote doubts copies {piece_id}`.")
    if not found and not copies:
        say("Nothing is in doubt.")


def _then(each: Doubt) -> str:
    number = each.delivery.id
    if each.asks:
        return f"pullquote queue resolve {number} --live URL, --again or --drop"
    return "nothing yet: it is looked up by itself"


@group.command("copies")
def copies(
    ctx: typer.Context,
    piece_id: Annotated[int, typer.Argument(help="The issue's number.", autocompletion=_complete.pieces)],
    address: Annotated[
        list[str] | None, typer.Option(help="Only this reader's copy; may be repeated.")
    ] = None,
    answer: Annotated[
        Answer | None, typer.Option(help="What became of them: live, again (send them) or drop.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the readers whose copy of an issue is in doubt, or say what became of them."""
    app = open_app(ctx)
    with app.writing() as session:
        pieces.get(session, piece_id)
        found = store.copies(session, piece_id, {each.lower() for each in address or ()})
        if answer is not None:
            resolve_copies(session, piece_id, address or (), answer, app.clock())
    if as_json:
        emit([{"email": each.email, "delivery": each.delivery_id, "reason": each.reason} for each in found])
        return
    for each in found:
        say(f"{each.email}: {each.reason}")
    if answer is not None:
        say(f"{len(found):,} copies: {answer}.")
    elif not found:
        say(f"No copy of issue {piece_id} is in doubt by itself.")


def _plain(each: Doubt) -> dict[str, Any]:
    zone = each.channel.zone
    return {
        "delivery": each.delivery.id,
        "channel": each.channel.name,
        "why": each.why,
        "look_for": each.look_for,
        "where": each.where,
        **instants("after", each.after, zone),
        **instants("before", each.before, zone),
        "asks": each.asks,
    }
