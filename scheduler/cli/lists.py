"""pullquote lists: who gets the newsletter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson
from scheduler.cli._show import add as add_row
from scheduler.cli._show import busy, emit, hint, instants, line, number, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.errors import PullquoteError
from scheduler.domain.subscriber import Subscription
from scheduler.services import newsletter, subscribe
from scheduler.store import members
from scheduler.store import subscribers as store
from scheduler.store.tables import SubscriberRow, SubscriptionRow

group = typer.Typer(cls=Listing, help="Lists: who gets the newsletter.")
Name = Annotated[str, typer.Argument(help="The list's name.", autocompletion=_complete.lists)]
COLOURS = {Subscription.CONFIRMED: "green", Subscription.UNSUBSCRIBED: "dim"}
SHOWN = 10  # rows of a file that were not imported, in full


@group.command("list")
def list_lists(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the lists, with how many people want their mail."""
    app = open_app(ctx)
    with app.reading() as session:
        found = store.lists(session, the_workspace(session).id)
    if as_json:
        emit([{"id": row.id, "name": row.name, "subscribers": count} for row, count in found])
        return
    shown = table(number("ID"), line("Name"), number("Subscribers"))
    for row, count in found:
        add_row(shown, row.id, row.name, f"{count:,}")
    say(shown if found else "No lists yet: make one with `pullquote lists create NAME`.")


@group.command("create")
def create(ctx: typer.Context, name: Annotated[str, typer.Argument(help="What it is called.")]) -> None:
    """Make a list that people can join."""
    app = open_app(ctx)
    with app.writing() as session:
        row = subscribe.create_list(session, the_workspace(session).id, name, now=app.clock())
    say(f"The list “{row.name}” is made.")
    hint(f"Next: `pullquote lists import FILE.csv --list '{row.name}'`.")


@group.command("import")
def import_file(
    ctx: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="A CSV file; its first line names the columns email and name.")
    ],
    list_name: Annotated[
        str | None, typer.Option("--list", help="The list.", autocompletion=_complete.lists)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put the people of a CSV file on a list. Only people who asked for it; a second time changes nothing."""
    app = open_app(ctx)
    data = _read(file)
    with busy(f"Importing {file.name}"), app.writing() as session:
        workspace_id = the_workspace(session).id
        name = newsletter.list_of(session, workspace_id, list_name).name
        report = subscribe.import_csv(
            session, workspace_id, name, data, source=f"import {file.name}", now=app.clock()
        )
    if as_json:
        invalid = [{"line": each.line, "reason": each.reason} for each in report.invalid]
        counts = {"added": report.added, "known": report.known, "suppressed": report.suppressed}
        emit({"list": name, "rows": report.rows, **counts, "invalid": invalid})
        return
    say(
        f"“{name}”: {report.added:,} added, {report.known:,} on it already, "
        f"{report.suppressed:,} suppressed, {len(report.invalid):,} not usable."
    )
    for each in report.invalid[:SHOWN]:
        hint(f"Line {each.line}: {each.reason.rstrip('.')}.")
    if len(report.invalid) > SHOWN:
        hint(f"… and {len(report.invalid) - SHOWN:,} more.")


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise PullquoteError(f"{file} cannot be read ({error.strerror}): check the name.") from None


@group.command("show")
def show(
    ctx: typer.Context,
    name: Name,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Show who is on a list, who left it and who must not be mailed."""
    app = open_app(ctx)
    with app.reading() as session:
        row = subscribe.find_list(session, the_workspace(session).id, name)
        found = members.of_list(session, row.id, limit)
    if as_json:
        emit([_plain(*each) for each in found])
        return
    shown = table(word("Address"), line("Name"), word("State"), line("How"))
    for person, joined, suppressed in found:
        state = Text(f"suppressed: {suppressed}", "red") if suppressed else _state(joined)
        add_row(shown, person.email, person.name, state, joined.source)
    say(shown if found else f"Nobody is on “{name}” yet: import a file with `pullquote lists import`.")
    if len(found) == limit:
        hint(f"The first {limit:,}; see more with --limit.")


def _state(joined: SubscriptionRow) -> Text:
    return Text(joined.status, COLOURS.get(Subscription(joined.status), "yellow"))


def _plain(person: SubscriberRow, joined: SubscriptionRow, suppressed: str | None) -> dict[str, Any]:
    return {
        "email": person.email,
        "name": person.name,
        "status": joined.status,
        "suppressed": suppressed,
        "source": joined.source,
        **instants("changed", joined.changed_at, "UTC"),
    }
