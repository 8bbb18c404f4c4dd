"""How every command begins: the settings, the product put together, and the workspace it works in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typer
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlmodel import Session

from scheduler.bootstrap import Pullquote, bootstrap, utc_now
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.settings import Settings, read_settings
from scheduler.store import workspaces
from scheduler.store.engine import shown
from scheduler.store.tables import WorkspaceRow


@dataclass
class Start:
    """What the options before the command say. Tests hand in a clock."""

    database: str | None = None
    clock: Callable[[], datetime] = utc_now


def read_start(ctx: typer.Context) -> Settings:
    """The settings of this call, with what its options say on top."""
    database = ctx.ensure_object(Start).database
    given: dict[str, Any] = {"database": as_url(database)} if database else {}
    return read_settings(**given)


def as_url(database: str) -> str:
    """`--database` takes a file as well as an address."""
    return database if "://" in database else f"sqlite:///{database}"


def open_app(ctx: typer.Context) -> Pullquote:
    """The product on an existing database; closed when the command ends."""
    settings = read_start(ctx)
    file = database_file(settings.database)
    if file is not None and not file.exists():
        raise PullquoteError(
            f"There is no {file} here: run `pullquote init` first, or name one with --database."
        )
    if settings.key is None and not settings.key_file.exists():  # a new one would open nothing here
        raise PullquoteError(
            f"{settings.key_file} is gone: put it back. If it is lost, `pullquote init` makes a new one; then "
            "connect every channel again, for the old key opened them, and the unsubscribe links of old mails too."
        )
    return put_together(ctx, settings)


def put_together(ctx: typer.Context, settings: Settings) -> Pullquote:
    try:
        app = bootstrap(settings, ctx.ensure_object(Start).clock)
    except DatabaseError as error:
        said = str(error.orig).partition("\n")[0]
        raise PullquoteError(
            f"{shown(settings.database)} cannot be opened ({said}): check --database or the settings."
        ) from error
    ctx.call_on_close(app.close)
    return app


def database_file(url: str) -> Path | None:
    """The file of an embedded database; None where it is in memory or elsewhere."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise PullquoteError("That is not a database: write sqlite:///queue.db, say.") from None
    embedded = parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}
    return Path(str(parsed.database)) if embedded else None


def the_workspace(session: Session) -> WorkspaceRow:
    row = workspaces.find(session)
    if row is None:
        raise NotFound("There is no workspace yet: run `pullquote init` first.")
    return row
