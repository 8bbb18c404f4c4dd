"""pullquote simulate: what would be sent when, and what would not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from scheduler.bootstrap import rehearsal
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, emit, hint, instants, local, prose, say, state, table, word
from scheduler.cli._show import busy as spinner
from scheduler.cli._start import Start, database_file, read_start, the_workspace
from scheduler.domain.errors import PullquoteError
from scheduler.domain.rehearsal import ClockChange, Outcome
from scheduler.domain.times import parse_time
from scheduler.services.rehearse import Part, Rehearsal, rehearse
from scheduler.settings import Settings
from scheduler.store.engine import reading

SHOWN = 40  # deliveries of one channel; the rest is counted
UNKNOWN = (
    "Assumed: every service takes everything at once, and nobody queues, edits or approves anything until then. "
    "Cards are checked, not drawn. Other programs' use of the same limits is not known here."
)


def simulate(
    ctx: typer.Context,
    until: Annotated[str, typer.Option(help="How far: '2026-12-31', 'in 14 days', 'fri 17:30'.")],
    every: Annotated[bool, typer.Option("--every", help="Print every delivery of a long list.")] = False,
    as_json: AsJson = False,
) -> None:
    """Rehearse the schedule: the real code on a copy of the database, sending nothing."""
    settings = read_start(ctx)
    _check_there(settings)
    now = ctx.ensure_object(Start).clock()
    with spinner("Rehearsing") as shown, rehearsal(settings, now) as (office, clock):
        with reading(office.engine) as session:
            end = _end(until, the_workspace(session).zone, now)
        played = rehearse(office, clock, end, lambda count: _count(shown, count))
    if as_json:
        emit(_plain(played))
        return
    for part in played.parts:
        say(*_printed(part, played, every))
    for change in played.clock_changes:
        say(_spell_change(change))
    if not played.parts:
        say("No channels yet: connect one with `pullquote channels add KIND`.")
    hint(UNKNOWN)


def _end(text: str, zone_name: str, now: datetime) -> datetime:
    """A day is meant with all of its hours."""
    is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()) is not None
    return parse_time(f"{text} 23:59" if is_day else text, zone_name, now)


def _check_there(settings: Settings) -> None:
    file = database_file(settings.database)
    if file is not None and not file.exists():
        raise PullquoteError(
            f"There is no {file} here: run `pullquote init` first, or name one with --database."
        )
    if settings.key is None and not settings.key_file.exists():
        raise PullquoteError(f"{settings.key_file} is gone: put it back, or no channel can be opened.")


def _count(shown: Any, count: int) -> None:
    if count % 100 == 0:
        shown.update(Text(f"Rehearsing … {count:,}"))


def _printed(part: Part, played: Rehearsal, every: bool) -> Iterator[RenderableType]:
    channel, found = part.channel, part.outcomes
    yield Text.assemble(
        (channel.name, "bold"), f"  {channel.kind}, {channel.zone}: {len(found):,} deliveries"
    )
    if found:
        rows = table(word("When"), word("Due"), word("Piece"), word("State"), prose("Note"))
        for each in found if every else found[:SHOWN]:
            _add(rows, each, channel.zone, played)
        yield rows
    if len(found) > SHOWN and not every:
        yield Text(f"… and {len(found) - SHOWN:,} more: see them with --every or --json.", "dim")
    yield from _notes(part, played)
    yield ""


def _add(rows: Any, each: Outcome, zone_name: str, played: Rehearsal) -> None:
    at, due = (local(time, zone_name, played.now, width=2) for time in (each.at, each.due_at))
    note = f"{_span(each.held_up)} late" if each.held_up else each.reason
    what = "issue" if each.mail else "piece"
    add(rows, at, "" if due == at else due, f"{what} {each.piece_id}", state(each.status), note)


def _notes(part: Part, played: Rehearsal) -> Iterator[Text]:
    name = part.channel.zone
    for clash in part.clashes:
        yield Text(
            f"Clash: deliveries {clash.first.delivery_id} and {clash.second.delivery_id}, "
            f"{_span(clash.second.at - clash.first.at)} apart ({clash.why}).",
            "yellow",
        )
    for silence in part.silences:
        start, end = (local(at, name, played.now) for at in (silence.start, silence.end))
        yield Text(f"Gap: nothing from {start} to {end}; {silence.slots} slots stay empty.", "yellow")
    late = [each.held_up for each in part.outcomes if each.held_up]
    if late:
        yield Text(f"Held up: {len(late):,}, by up to {_span(max(late))} (limits, gaps, waits).", "yellow")
    for why, count in part.stays.items():
        yield Text(f"Not sent: {count:,} ({why}).", "bold yellow")


def _spell_change(change: ClockChange) -> Text:
    way = "forward" if change.by > timedelta() else "back"
    moved = f" Slots on it that move: {', '.join(change.moved)}; each goes out once." if change.moved else ""
    return Text(
        f"{change.day:%a} {change.day.day} {change.day:%b %Y}: clocks go {way} in {change.zone} "
        f"({change.before} → {change.after}).{moved}",
        "cyan",
    )


def _span(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    if seconds < 120:
        return f"{seconds} s"
    return f"{seconds // 60:,} min" if seconds < 7200 else f"{seconds // 3600:,} h"


def _plain(played: Rehearsal) -> dict[str, Any]:
    return {
        **instants("now", played.now, "UTC"),
        **instants("until", played.until, "UTC"),
        "channels": [_plain_part(part) for part in played.parts],
        "clock_changes": [
            {
                "zone": change.zone,
                "day": change.day.isoformat(),
                "from": change.before,
                "to": change.after,
                "slots": list(change.moved),
            }
            for change in played.clock_changes
        ],
        "assumed": UNKNOWN,
    }


def _plain_part(part: Part) -> dict[str, Any]:
    name = part.channel.zone
    return {
        "channel": part.channel.name,
        "kind": part.channel.kind,
        "zone": name,
        "deliveries": [
            {
                "id": each.delivery_id,
                "piece": each.piece_id,
                "article": each.article_id,
                "status": each.status,
                "reason": each.reason,
                **instants("due", each.due_at, name),
                **instants("sent", each.at, name),
                "late_seconds": each.held_up.total_seconds(),
            }
            for each in part.outcomes
        ],
        "clashes": [
            {"deliveries": [clash.first.delivery_id, clash.second.delivery_id], "why": clash.why}
            for clash in part.clashes
        ],
        "gaps": [
            {**instants("from", gap.start, name), **instants("to", gap.end, name), "slots": gap.slots}
            for gap in part.silences
        ],
        "not_sent": part.stays,
    }
