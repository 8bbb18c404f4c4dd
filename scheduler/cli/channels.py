"""pullquote channels: the destinations, their posting schedules and what they do with missed times."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import typer
from rich.text import Text
from sqlmodel import Session

from scheduler.bootstrap import Pullquote
from scheduler.channels import adapter
from scheduler.channels import kinds as all_kinds
from scheduler.cli import _complete
from scheduler.cli._ask import ask_fields, ask_slots, from_environment
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson, Yes, confirm, pairs
from scheduler.cli._show import add as add_row
from scheduler.cli._show import busy, emit, hint, instants, local, number, prose, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.calendar import parse_slots
from scheduler.domain.delivery import Status
from scheduler.domain.times import spell_slots
from scheduler.services import aftermath, connect, form
from scheduler.services.removal import remove_channel
from scheduler.store import channels as store
from scheduler.store import queue
from scheduler.store.tables import ChannelRow

group = typer.Typer(cls=Listing, help="Channels: where pieces go, and when.")
Name = Annotated[str, typer.Argument(help="The channel's name.", autocompletion=_complete.channels)]
Set = Annotated[
    list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="A field; may be repeated.")
]
FromEnv = Annotated[
    bool, typer.Option("--from-env", help="Read fields from PULLQUOTE_<KIND>_<FIELD>: the place for secrets.")
]
WAITING = (Status.SCHEDULED, Status.HELD, Status.IN_DOUBT)


@group.command("list")
def list_channels(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the channels with their slots and what waits for them."""
    app = open_app(ctx)
    now = app.clock()
    with app.reading() as session:
        found = [_plain(session, row, now) for row in store.of_workspace(session, the_workspace(session).id)]
    if as_json:
        emit(found)
        return
    shown = table(word("Name"), word("Kind"), word("Zone"), prose("Slots"), number("Waiting"), word("Next"))
    for each in found:
        upcoming = local(_instant(each["next_at"]), each["zone"], now, width=2)
        state = Text(each["status"], "yellow") if each["status"] != "ready" else Text(upcoming)
        add_row(
            shown, each["name"], each["kind"], each["zone"], each["slots"] or "none", each["waiting"], state
        )
    say(shown if found else "No channels yet: connect one with `pullquote channels add KIND`.")
    for each in found:
        if each["paused_why"]:
            hint(f"{each['name']} is paused{_by(each)}: {each['paused_why']}.")


@group.command("kinds")
def kinds(as_json: AsJson = False) -> None:
    """List the kinds of channel and what each can carry."""
    if as_json:
        emit([_plain_kind(kind) for kind in all_kinds()])
        return
    shown = table(word("Kind"), word("Text"), word("Images"), word("Threads"), word("Mail"), word("A repeat"))
    for kind, cls in all_kinds().items():
        can = cls.can
        text = f"{can.text.most:,} {can.text.name}" if can.text else "" if can.mail else "any length"
        images = str(can.images.count) if can.images else ""
        mail = f"{can.mail.batch:,} a call" if can.mail else ""
        add_row(shown, kind, text, images, "yes" if can.threads else "", mail, can.dedupe.value)
    say(shown)
    hint("Connect one with `pullquote channels add KIND`. What each asks for: docs/reference/channels.md.")


@group.command("add")
def add(
    ctx: typer.Context,
    kind: Annotated[str, typer.Argument(help="The kind of channel.", autocompletion=_complete.kinds)],
    name: Annotated[str | None, typer.Argument(help="What to call it.", show_default="the kind")] = None,
    zone_name: Annotated[
        str | None, typer.Option("--zone", help="The zone of its slots.", show_default="the workspace's")
    ] = None,
    slots: Annotated[
        str | None, typer.Option(help="When to post: 'mon-fri 09:00 12:30; sat 10:00' or 'daily 18:00'.")
    ] = None,
    given: Set = None,
    from_env: FromEnv = False,
    check: Annotated[bool, typer.Option(help="Ask the service who we are; posts nothing.")] = True,
) -> None:
    """Connect a channel. What is not given is asked for, secrets without showing them."""
    cls = adapter(kind)
    app = open_app(ctx)
    typed = (from_environment(kind) if from_env else {}) | pairs(given, "--set")
    if form.missing(kind, typed):
        hint(f"Where to find what {cls.label} asks for: {cls.docs}")
    values = form.values(kind, ask_fields(kind, typed))
    times = parse_slots(slots) if slots else ask_slots()
    with app.writing() as session:
        workspace = the_workspace(session)
        row = connect.add_channel(
            session,
            workspace.id,
            kind=kind,
            name=name or kind,
            zone_name=zone_name or workspace.zone,
            values=values,
            vault=app.vault,
            now=app.clock(),
        )
        connect.set_slots(session, row, times)
    say(f"{row.name} is connected: {cls.label}, {spell_slots(times) or 'no slots'} ({row.zone}).")
    if check:
        _check(app, row)


@group.command("set")
def set_fields(ctx: typer.Context, name: Name, given: Set = None, from_env: FromEnv = False) -> None:
    """Change fields of a channel: a new token, say."""
    app = open_app(ctx)
    with app.writing() as session:
        row = _find(session, name)
        typed = (from_environment(row.kind) if from_env else {}) | pairs(given, "--set")
        if not typed:
            raise typer.BadParameter("say what to change: --set field=value", param_hint="--set")
        connect.reconfigure(session, row, form.values(row.kind, typed), app.vault)
    say(f"{name}: {', '.join(typed)} changed. See whether it works with `pullquote channels check {name}`.")


@group.command("check")
def check(ctx: typer.Context, name: Name) -> None:
    """Ask the service who we are. Posts nothing."""
    app = open_app(ctx)
    with app.reading() as session:
        row = _find(session, name)
    _check(app, row)


def _check(app: Pullquote, row: ChannelRow) -> None:
    with busy(f"Asking {adapter(row.kind).label}"):
        said = connect.check(row, engine=app.engine, transport=app.transport, vault=app.vault)
    say(f"{row.name} works. We are {said}." if adapter(row.kind).has("check") else said)


@group.command("slots")
def slots(
    ctx: typer.Context,
    name: Name,
    times: Annotated[
        str | None, typer.Argument(help="The new slots: 'mon-fri 09:00 12:30; sat 10:00' or 'daily 18:00'.")
    ] = None,
) -> None:
    """Show a channel's slots, or replace them. What is queued already keeps its time."""
    app = open_app(ctx)
    with app.writing() as session:
        row = _find(session, name)
        if times is not None:
            connect.set_slots(session, row, parse_slots(times))
        told = spell_slots(store.slots(session, row.id))
    say(f"{name}: {told or 'no slots'} ({row.zone})")


@group.command("pause")
def pause(
    ctx: typer.Context,
    name: Name,
    why: Annotated[str, typer.Option(help="The reason, for the others.")] = "a person stopped it",
) -> None:
    """Stop a channel and keep its queue."""
    app = open_app(ctx)
    with app.writing() as session:
        aftermath.pause(session, _find(session, name), why, app.clock())
    say(f"{name} is paused. Let it run again with `pullquote channels resume {name}`.")


@group.command("resume")
def resume(ctx: typer.Context, name: Name) -> None:
    """Let a paused channel run again."""
    app = open_app(ctx)
    with app.writing() as session:
        late = connect.resume(session, _find(session, name), app.clock())
    say(
        f"{name} runs again."
        + (f" {late} deliveries had missed their time: see `pullquote queue`." if late else "")
    )


@group.command("policy")
def policy(
    ctx: typer.Context,
    name: Name,
    missed: Annotated[
        str | None,
        typer.Option(help="What to do with times that passed while nothing ran: send, hold or skip."),
    ] = None,
    late: Annotated[int | None, typer.Option(help="Minutes: how late is still good.")] = None,
    gap: Annotated[int | None, typer.Option(help="Seconds between two late deliveries.")] = None,
    spacing: Annotated[int | None, typer.Option(help="Minutes between two pieces of one article.")] = None,
) -> None:
    """Show or change what a channel does with missed times, and how far apart it keeps its posts."""
    app = open_app(ctx)
    with app.writing() as session:
        row = _find(session, name)
        connect.set_policy(
            session, row, missed=missed, late_minutes=late, gap_seconds=gap, spacing_minutes=spacing
        )
    say(
        f"{name}: a time that passed while nothing ran is sent up to {row.late_minutes} minutes late, "
        f"{row.gap_seconds} seconds apart; after that: {row.missed}. "
        f"Two pieces of one article are {row.spacing_minutes} minutes apart."
    )


@group.command("remove")
def remove(ctx: typer.Context, name: Name, yes: Yes = False) -> None:
    """Remove a channel with its queue and its secrets."""
    app = open_app(ctx)
    with app.reading() as session:
        waiting = len(queue.listed(session, statuses=WAITING, channel_id=_find(session, name).id))
    confirm(f"Remove {name}, its {waiting} waiting deliveries and the record of what it sent?", yes)
    with app.writing() as session:
        remove_channel(session, _find(session, name))
    say(f"{name} is removed.")


def _find(session: Session, name: str) -> ChannelRow:
    return store.by_name(session, the_workspace(session).id, name)


def _by(each: dict[str, Any]) -> str:
    return f" by {each['paused_by']}" if each["paused_by"] else ""


def _status(row: ChannelRow, now: datetime) -> str:
    if row.paused_at:
        return "paused"
    return "told to wait" if row.resume_at and row.resume_at > now else "ready"


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _plain(session: Session, row: ChannelRow, now: datetime) -> dict[str, Any]:
    waiting = queue.listed(session, statuses=WAITING, channel_id=row.id, limit=100_000)
    upcoming = next((each.due_at for each in waiting if each.status == Status.SCHEDULED), None)
    return {
        "name": row.name,
        "kind": row.kind,
        "zone": row.zone,
        "slots": spell_slots(store.slots(session, row.id)),
        "status": _status(row, now),
        "paused_why": row.paused_why,
        "paused_by": row.paused_by,
        **instants("resume", row.resume_at, row.zone),
        "waiting": len(waiting),
        **instants("next", upcoming, row.zone),
        "missed": row.missed,
        "late_minutes": row.late_minutes,
        "gap_seconds": row.gap_seconds,
        "spacing_minutes": row.spacing_minutes,
    }


def _plain_kind(kind: str) -> dict[str, Any]:
    cls = adapter(kind)
    can = cls.can
    return {
        "kind": kind,
        "label": cls.label,
        "docs": cls.docs,
        "text": {"most": can.text.most, "unit": can.text.name} if can.text else None,
        "images": can.images.count if can.images else 0,
        "threads": can.threads,
        "mail": can.mail.batch if can.mail else 0,
        "dedupe": can.dedupe.value,
        "fields": [
            {"name": field.name, "about": field.about, "secret": field.secret, "required": field.required}
            for field in form.fields(kind)
        ],
    }
