"""pullquote doctor: every setting and where it comes from, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from pydantic import SecretStr
from rich.text import Text

from scheduler.cli._options import AsJson
from scheduler.cli._show import add, busy, emit, prose, say, table, word
from scheduler.cli._start import Start, database_file, put_together, read_start
from scheduler.domain.errors import PullquoteError
from scheduler.services.doctor import of_installation, of_work
from scheduler.services.finding import Finding, Level
from scheduler.settings import Settings, origin
from scheduler.store.engine import shown

MARKS = {Level.FINE: ("✓", "green"), Level.NOTE: ("!", "yellow"), Level.WRONG: ("✗", "bold red")}


def doctor(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show each setting and where it comes from, and what is wrong. Exit code 1 where something is."""
    settings = read_start(ctx)
    given = {"database"} if ctx.ensure_object(Start).database else set()
    values = [
        (name, _shown(name, value), "option" if name in given else origin(name)) for name, value in settings
    ]
    with busy("Looking"):
        findings = list(_examine(ctx, settings))
    if as_json:
        emit(
            {
                "settings": [{"name": name, "value": value, "origin": of} for name, value, of in values],
                "findings": [vars(finding) for finding in findings],
            }
        )
    else:
        _print(values, findings)
    if any(finding.level is Level.WRONG for finding in findings):
        raise typer.Exit(1)


def _examine(ctx: typer.Context, settings: Settings) -> Iterator[Finding]:
    """Makes nothing: not even the database that is missing."""
    file = database_file(settings.database)
    if file is not None and not file.exists():
        yield Finding("database", f"there is no {file} here", Level.WRONG, "pullquote init")
        return
    if settings.key is None and not settings.key_file.exists():
        advice = "Put it back, or connect every channel again."
        yield Finding("key", f"{settings.key_file} is gone: no secret can be opened", Level.WRONG, advice)
        return
    try:
        app = put_together(ctx, settings)
    except PullquoteError as error:
        yield Finding("start", str(error), Level.WRONG)
        return
    key_file = None if settings.key else settings.key_file
    yield from of_installation(app.engine, app.environment, app.cards, key_file, app.clock)
    with app.reading() as session:
        yield from of_work(session, vault=app.vault, base_url=settings.base_url, now=app.clock())


def _shown(name: str, value: Any) -> str:
    match value:
        case str() if name == "database":
            return shown(value)
        case SecretStr():
            return "••• (set)"
        case None | ():
            return ""
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _print(values: list[tuple[str, str, str]], findings: list[Finding]) -> None:
    settings = table(word("Setting"), prose("Value"), word("From"))
    for name, value, of in values:
        add(settings, name, value, of, style="dim" if of == "default" else "")
    found = table(word(""), word("What"), prose("Found"))
    for finding in findings:
        says = Text(finding.says)
        if finding.advice:
            says.append(f"\n{finding.advice}", "dim italic")
        add(found, Text(*MARKS[finding.level]), finding.name, says)
    say(settings, "", found)
