"""All commands, put together."""

from __future__ import annotations

import logging
import sys
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer
from typer.main import get_command

from scheduler.cli import (
    articles,
    brand,
    cards,
    channels,
    correct,
    demo,
    doctor,
    doubts,
    init,
    limits,
    lists,
    move,
    pause,
    people,
    pieces,
    preview,
    queue,
    quotes,
    run,
    send,
    simulate,
    workspace,
)
from scheduler.cli._commands import Commands, refuse
from scheduler.cli._start import Start
from scheduler.transport.redact import RedactingFormatter

LOG = Path("pullquote.log")
ARTICLES, CHANNELS, HOUSE = "From an article to pieces", "From pieces to channels", "The installation"

app = typer.Typer(
    cls=Commands,
    name="pullquote",
    no_args_is_help=True,
    rich_markup_mode="rich",
    epilog="Start with `pullquote init`, or watch it all happen with `pullquote demo`.",
)
app.command(rich_help_panel=HOUSE)(init.init)
app.command(rich_help_panel=HOUSE)(workspace.workspace)
app.add_typer(brand.group, name="brand", rich_help_panel=HOUSE)
app.command(rich_help_panel=HOUSE)(run.run)
app.command(rich_help_panel=HOUSE)(run.worker)
app.command("move-to", rich_help_panel=HOUSE)(move.move_to)
app.add_typer(people.group, name="people", rich_help_panel=HOUSE)
app.command(rich_help_panel=HOUSE)(doctor.doctor)
app.command(rich_help_panel=HOUSE)(demo.demo)
app.command(rich_help_panel=ARTICLES)(articles.add)
app.add_typer(articles.group, name="articles", rich_help_panel=ARTICLES)
app.command(rich_help_panel=ARTICLES)(quotes.quotes)
app.command(rich_help_panel=ARTICLES)(correct.correct)
app.command(rich_help_panel=ARTICLES)(pieces.split)
app.add_typer(pieces.group, name="pieces", rich_help_panel=ARTICLES)
app.command(rich_help_panel=ARTICLES)(preview.preview)
app.add_typer(cards.group, name="cards", rich_help_panel=ARTICLES)
channels.group.command("limits")(limits.limits)
app.add_typer(channels.group, name="channels", rich_help_panel=CHANNELS)
app.add_typer(lists.group, name="lists", rich_help_panel=CHANNELS)
app.add_typer(queue.group, name="queue", rich_help_panel=CHANNELS)
app.add_typer(doubts.group, name="doubts", rich_help_panel=CHANNELS)
app.command(rich_help_panel=CHANNELS)(send.send)
app.command(rich_help_panel=CHANNELS)(simulate.simulate)
app.command(rich_help_panel=CHANNELS)(pause.pause)
app.command(rich_help_panel=CHANNELS)(pause.resume)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"Pullquote {version('pullquote')}")
        raise typer.Exit


@app.callback()
def start(
    ctx: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(help="A file, or an address such as sqlite:///queue.db.", show_default="the settings'"),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")
    ] = False,
    version_asked: Annotated[  # noqa: ARG001 (its callback has printed it)
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """An article goes in; quote cards, social posts and a newsletter come out, on a schedule."""
    if database:
        ctx.ensure_object(Start).database = database
    if debug:
        sys.excepthook = sys.__excepthook__


def main() -> None:
    get_command(app)(prog_name="pullquote")


def unexpected(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A mistake of ours: one sentence on the screen, the details in a file."""
    what = f"Something went wrong inside Pullquote ({kind.__name__})"
    try:
        _write_log((kind, error, trace))
    except OSError:
        refuse(f"{what}: run it again with --debug before the command to see where.")
    else:
        refuse(f"{what}: {LOG} has the details; please report them.")


def _write_log(details: tuple[type[BaseException], BaseException, TracebackType | None]) -> None:
    """Every secret that was opened is hidden in it."""
    record = logging.LogRecord("pullquote", logging.ERROR, "", 0, "Unexpected error", None, details)
    line = RedactingFormatter("%(asctime)s %(message)s").format(record)
    with LOG.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
