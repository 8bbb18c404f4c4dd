"""pullquote move-to: take this installation over to another database."""

from __future__ import annotations

from collections.abc import Sequence
from time import sleep
from typing import Annotated

import typer

from scheduler.cli._options import AsJson
from scheduler.cli._show import add, emit, hint, number, progress, say, table, word
from scheduler.cli._start import as_url, open_app
from scheduler.domain.errors import PullquoteError
from scheduler.services import move
from scheduler.store.engine import shown

KEY = """The key is not in the database. Take {key} along, or set PULLQUOTE_KEY, on every machine:
without it no channel opens, and the unsubscribe links of old mails end."""
NEXT = """Everything is in {place}, compared row by row. Next:
  1. set PULLQUOTE_DATABASE to it, here and on every other machine
  2. start the daemon again; the old database stays as it was, and takes no changes"""


def move_to(
    ctx: typer.Context,
    database: Annotated[
        str, typer.Argument(help="The new database: postgresql://USER@HOST/NAME, or a new file.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look whether it can be done.")] = False,
    cancel: Annotated[bool, typer.Option("--cancel", help="Give up a move that did not end.")] = False,
    as_json: AsJson = False,
) -> None:
    """Move this installation to another database, while its daemons wait.

    Workers take no more, what is in hand is settled, and nothing changes until everything is there. Interrupted, say
    it again: it goes on where it was. To come back from PostgreSQL, name it with --database and move to a new file.
    """
    app = open_app(ctx)
    if cancel:
        gone = move.cancel(app.engine)
        say("The move is given up, and sending goes on here." if gone else "Nothing is moving.")
        return
    if not database:
        raise PullquoteError("Name the new database: pullquote move-to postgresql://USER@HOST/NAME")
    url = as_url(database)
    if dry_run:
        _show(move.plan(app.engine, url), as_json)
        hint(f"Nothing was changed. {KEY.format(key=app.settings.key_file)}")
        return
    with progress() as bar:
        task = bar.add_task("", total=None)
        done = move.move(
            app.engine,
            url,
            clock=app.clock,
            sleep=sleep,
            tell=lambda what, rows, total: bar.update(task, description=what, completed=rows, total=total),
        )
    if not done:
        say("It was moved there before: nothing was changed.")
        return
    _show(done, as_json)
    hint(f"{NEXT.format(place=shown(url))}\n{KEY.format(key=app.settings.key_file)}")


def _show(tables: Sequence[move.Table], as_json: bool) -> None:
    if as_json:
        emit([vars(each) for each in tables])
        return
    rows = table(word("Table"), number("Rows"), word("Content"))
    for each in tables:
        if each.rows:
            add(rows, each.name, f"{each.rows:,}", each.digest)
    say(rows)
