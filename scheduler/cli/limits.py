"""pullquote channels limits: what holds channels back, or would soon."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, emit, hint, instants, local, prose, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.breaker import Circuit
from scheduler.services.limits import Limit, Standing, look
from scheduler.store import channels, pauses

COLOURS = {Circuit.CLOSED: "green", Circuit.OPEN: "bold red", Circuit.TRYING: "yellow"}


def limits(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="Only this channel.", autocompletion=_complete.channels)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what is left of each channel's limits, whether its service is in trouble, and what is paused."""
    app = open_app(ctx)
    now = app.clock()
    with app.reading() as session:
        workspace = the_workspace(session)
        rows = channels.of_workspace(session, workspace.id)
        found = look(session, [channels.by_name(session, workspace.id, name)] if name else rows)
        stopped = [
            f"{pauses.name(session, pause.target)} is {pause.told()}" for pause in pauses.listed(session)
        ]
    if as_json:
        emit({"paused": stopped, "channels": [_plain(each, now) for each in found]})
        return
    shown = table(word("Channel"), prose("Limit"), word("Left"), word("Circuit"), prose("May send"))
    for each in found:
        state = each.breaker.state(now)
        lines = [_spell(limit) for limit in each.limits] or ["none known"]
        left = "\n".join(str(limit.bucket.left(now)) for limit in each.limits)
        add(shown, each.channel.name, "\n".join(lines), left, Text(state, COLOURS[state]), _when(each, now))
    say(shown if found else "No channels yet: connect one with `pullquote channels add KIND`.")
    for line in stopped:
        hint(f"{line[0].upper()}{line[1:]}. Nothing of it is sent before `pullquote resume`.")


def _spell(limit: Limit) -> str:
    bucket = limit.bucket
    told = f"; {limit.told[0]:,} left, the service said at {limit.told[1]:%H:%M} UTC" if limit.told else ""
    return f"{bucket.most:,} in {_span(bucket.per)} per {limit.scope}{told}"


def _span(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    for unit, name in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= unit and seconds % unit == 0:
            return f"{seconds // unit} {name}"
    return f"{seconds} s"


def _when(each: Standing, now: datetime) -> str:
    channel = each.channel
    if channel.paused_at is not None:
        by = f" by {channel.paused_by}" if channel.paused_by else ""
        return f"paused{by}: {channel.paused_why}"
    at = each.ready_at(now)
    return "now" if at <= now else f"from {local(at, channel.zone, now)} on: {'; '.join(_reasons(each, now))}"


def _reasons(each: Standing, now: datetime) -> Iterator[str]:
    if each.breaker.state(now) is Circuit.OPEN:
        yield "its service is in trouble"
    if each.channel.resume_at is not None and each.channel.resume_at > now:
        yield "it was asked to wait"
    if any(limit.bucket.left(now) == 0 for limit in each.limits):
        yield "its limit is used up"


def _plain(each: Standing, now: datetime) -> dict[str, Any]:
    channel = each.channel
    return {
        "channel": channel.name,
        "circuit": each.breaker.state(now),
        "failures": each.breaker.failures,
        **instants("trouble_since", each.breaker.opened_at, channel.zone),
        **instants("may_send", each.ready_at(now), channel.zone),
        "paused_why": channel.paused_why,
        "paused_by": channel.paused_by,
        "limits": [
            {
                "scope": limit.scope,
                "most": limit.bucket.most,
                "seconds": limit.bucket.per.total_seconds(),
                "left": limit.bucket.left(now),
                "told_left": limit.told[0] if limit.told else None,
            }
            for limit in each.limits
        ],
    }
