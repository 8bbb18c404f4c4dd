"""pullquote queue: what goes out, where and when; and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.text import Text
from sqlmodel import Session

from scheduler.cli import _complete
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson
from scheduler.cli._rows import deliveries_table, plain_delivery, zones_of
from scheduler.cli._show import busy, emit, hint, local, say
from scheduler.cli._start import open_app, the_workspace
from scheduler.cli._timeline import plain_timeline, timeline
from scheduler.domain.delivery import OPEN, Status
from scheduler.domain.times import parse_time
from scheduler.services import resolve, schedule
from scheduler.services.listing import Sending, sendings, summary
from scheduler.services.schedule import Unplaced
from scheduler.store import articles, channels, pauses, pieces
from scheduler.store import queue as store
from scheduler.store.tables import ChannelRow, DeliveryRow

group = typer.Typer(cls=Listing, help="The queue: what goes out, where and when.")
STOPPED = (Status.FAILED, Status.HELD, Status.IN_DOUBT)
DeliveryId = Annotated[
    int, typer.Argument(help="The delivery's number.", autocompletion=_complete.deliveries)
]
ChannelName = Annotated[
    str, typer.Option("--channel", help="The channel.", autocompletion=_complete.channels)
]
Channels = Annotated[
    list[str] | None,
    typer.Option("--channel", help="Only this channel; may be repeated.", autocompletion=_complete.channels),
]
ListName = Annotated[
    str | None,
    typer.Option(
        "--list", help="Who gets an issue, where there are several lists.", autocompletion=_complete.lists
    ),
]
When = Annotated[
    str,
    typer.Option(
        "--at", help="'2026-12-01 09:00', 'tomorrow 09:00', 'in 20 minutes'; in the channel's zone."
    ),
]


@group.command("list")
def list_queue(
    ctx: typer.Context,
    channel: Channels = None,
    status: Annotated[
        list[Status] | None,
        typer.Option(help="Only those; may be repeated.", show_default="waiting and failed"),
    ] = None,
    article_id: Annotated[
        int | None, typer.Option("--article", help="Only its pieces.", autocompletion=_complete.articles)
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was sent or cancelled.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 200,
    as_json: AsJson = False,
) -> None:
    """List the deliveries by their time: what waits and what failed."""
    app = open_app(ctx)
    with app.reading() as session:
        statuses = () if everything else status or [*OPEN, Status.FAILED]
        made = [row.id for row in pieces.of_article(session, article_id)] if article_id else None
        ids = [row.id for row in _chosen(session, channel)] if channel else [None]
        rows = [
            row
            for each in ids
            for row in store.listed(session, statuses=statuses, channel_id=each, piece_ids=made, limit=limit)
        ]
        found = sendings(session, sorted(rows, key=lambda row: (row.due_at, row.id))[:limit])
        counts = store.counts(session)
        stopped = [f"{pauses.name(session, each.target)} is {each.told()}" for each in pauses.listed(session)]
    if as_json:
        emit([plain_delivery(each) for each in found])
        return
    now = app.clock()
    if found:
        say(deliveries_table(found, now), zones_of(found))
    else:
        say("The queue is empty: fill it with `pullquote queue all ARTICLE`.")
    for each in found:
        if each.row.status in STOPPED and each.row.reason:
            hint(f"{each.row.id} is {each.row.status}: {each.row.reason}.")
        if each.row.status == Status.IN_DOUBT and each.row.next_at is None:
            hint(f"Look whether {each.row.id} is live, then `pullquote queue resolve {each.row.id}`.")
    for line in stopped:
        hint(f"{line[0].upper()}{line[1:]}: nothing of it is sent before `pullquote resume`.")
    hint(", ".join(f"{number:,} {name}" for name, number in counts.items()))


@group.command("show")
def show(ctx: typer.Context, delivery_id: DeliveryId, as_json: AsJson = False) -> None:
    """Show one delivery: its receipts, and every attempt with the calls that were made."""
    app = open_app(ctx)
    with app.reading() as session:
        each = sendings(session, [store.get(session, delivery_id)])[0]
        receipts, attempts = store.receipts(session, delivery_id), store.attempts(session, delivery_id)
    if as_json:
        emit(plain_delivery(each) | plain_timeline(receipts, attempts, each.channel.zone))
        return
    say(Text.assemble((f"Delivery {delivery_id}  ", "bold"), summary(each.piece)))
    say(*timeline(each, receipts, attempts, app.clock()))


@group.command("add")
def add(
    ctx: typer.Context,
    piece_id: Annotated[int, typer.Argument(help="The piece's number.", autocompletion=_complete.pieces)],
    channel: ChannelName,
    at: Annotated[
        str | None, typer.Option(help="A time in the channel's zone.", show_default="the next free slot")
    ] = None,
    next_slot: Annotated[bool, typer.Option("--next", help="The next free slot.")] = False,
    list_name: ListName = None,
) -> None:
    """Put a piece into a channel's queue: into its next free slot, or at a time."""
    if at and next_slot:
        raise typer.BadParameter("choose one: a time, or the next free slot", param_hint="--at and --next")
    app = open_app(ctx)
    now = app.clock()
    with app.writing() as session:
        row = _channel(session, channel)
        when = parse_time(at, row.zone, now) if at else None
        piece = pieces.get(session, piece_id)
        rows = schedule.queue_piece(session, piece, row, now=now, at=when, list_name=list_name)
        found = sendings(session, rows)
    say(deliveries_table(found, now), zones_of(found))


@group.command("all")
def add_all(
    ctx: typer.Context,
    article_id: Annotated[
        int, typer.Argument(help="The article's number.", autocompletion=_complete.articles)
    ],
    channel: Channels = None,
    list_name: ListName = None,
    as_json: AsJson = False,
) -> None:
    """Queue every piece of an article on every channel that carries it, each in its next free slot."""
    app = open_app(ctx)
    now = app.clock()
    with busy("Finding free slots"), app.writing() as session:
        made = pieces.of_article(session, articles.get(session, article_id).id)
        rows, unplaced = schedule.queue_all(
            session, made, _chosen(session, channel), now=now, list_name=list_name
        )
        found = sendings(session, sorted(rows, key=lambda row: row.due_at))
    if as_json:
        emit(
            {
                "queued": [plain_delivery(each) for each in found],
                "unplaced": [{"piece": each.piece.id, "reason": each.reason} for each in unplaced],
            }
        )
        return
    _say_queued(found, unplaced, article_id, now)


def _say_queued(found: list[Sending], unplaced: list[Unplaced], article_id: int, now: datetime) -> None:
    if found:
        say(deliveries_table(found, now), zones_of(found))
    elif not unplaced:
        say(f"Article {article_id} has no pieces yet: make them with `pullquote split {article_id}`.")
    for each in unplaced:
        hint(f"Piece {each.piece.id} goes nowhere: {each.reason}.")
    if found:
        hint("Next: `pullquote run` sends each at its time.")


@group.command("move")
def move(ctx: typer.Context, delivery_id: DeliveryId, at: When) -> None:
    """Send a waiting delivery at another time. Its slot is free again."""
    app = open_app(ctx)
    now = app.clock()
    with app.writing() as session:
        row, channel = _find(session, delivery_id)
        schedule.move(session, row, parse_time(at, channel.zone, now), now)
    say(f"Delivery {delivery_id} goes out at {local(row.due_at, channel.zone, now)}.")


@group.command("next")
def next_slot(ctx: typer.Context, delivery_id: DeliveryId) -> None:
    """Move a waiting delivery into the next free slot after its own."""
    app = open_app(ctx)
    now = app.clock()
    with app.writing() as session:
        row, channel = _find(session, delivery_id)
        schedule.move_to_next_slot(session, row, channel, now)
    say(f"Delivery {delivery_id} goes out at {local(row.due_at, channel.zone, now)}.")


@group.command("hold")
def hold(
    ctx: typer.Context,
    delivery_id: DeliveryId,
    why: Annotated[str, typer.Option(help="The reason, for the others.")] = "Stopped by a person",
) -> None:
    """Keep a waiting delivery from being sent until it is released."""
    app = open_app(ctx)
    with app.writing() as session:
        schedule.hold(session, _find(session, delivery_id)[0], why)
    say(f"Delivery {delivery_id} is held.")


@group.command("release")
def release(ctx: typer.Context, delivery_id: DeliveryId) -> None:
    """Let a held delivery go: at its time, or now where that has passed."""
    app = open_app(ctx)
    now = app.clock()
    with app.writing() as session:
        row, channel = _find(session, delivery_id)
        schedule.release(session, row, now)
    say(f"Delivery {delivery_id} goes out at {local(row.due_at, channel.zone, now)}.")


@group.command("cancel")
def cancel(ctx: typer.Context, delivery_id: DeliveryId) -> None:
    """Take a delivery out of the queue."""
    app = open_app(ctx)
    with app.writing() as session:
        schedule.cancel(session, _find(session, delivery_id)[0], app.clock())
    say(f"Delivery {delivery_id} is cancelled.")


@group.command("retry")
def retry(ctx: typer.Context, delivery_id: DeliveryId) -> None:
    """Try a failed delivery again, composed anew."""
    app = open_app(ctx)
    with app.writing() as session:
        schedule.retry(session, _find(session, delivery_id)[0], app.clock())
    say(f"Delivery {delivery_id} is tried again at once.")


@group.command("resolve")
def resolve_doubt(
    ctx: typer.Context,
    delivery_id: DeliveryId,
    live: Annotated[str | None, typer.Option(metavar="URL", help="It is live, at this address.")] = None,
    again: Annotated[bool, typer.Option("--again", help="It is not live: send it again.")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="Leave it, whatever became of it.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the answer back.")] = False,
) -> None:
    """Say what became of a delivery in doubt: `pullquote doubts` tells what to look for, and where."""
    if (live is not None) + again + drop + undo != 1:
        raise typer.BadParameter(
            "choose one: --live URL, --again, --drop or --undo", param_hint="--live, --again, --drop, --undo"
        )
    app = open_app(ctx)
    now = app.clock()
    with app.writing() as session:
        row = _find(session, delivery_id)[0]
        if live is not None:
            resolve.live(session, row, live, now)
        elif again:
            resolve.again(session, row, now)
        elif undo:
            resolve.undo(session, row, now)
        else:
            resolve.drop(session, row, now)
    say(f"Delivery {delivery_id} is {row.status}.")


def _find(session: Session, delivery_id: int) -> tuple[DeliveryRow, ChannelRow]:
    row = store.get(session, delivery_id)
    return row, channels.get(session, row.channel_id)


def _channel(session: Session, name: str) -> ChannelRow:
    return channels.by_name(session, the_workspace(session).id, name)


def _chosen(session: Session, names: list[str] | None) -> list[ChannelRow]:
    """The channels of those names, or all of them."""
    if names:
        return [_channel(session, name) for name in names]
    return channels.of_workspace(session, the_workspace(session).id)
