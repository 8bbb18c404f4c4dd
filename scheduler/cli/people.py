"""pullquote people: who may sign in to the pages."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli._commands import Listing
from scheduler.cli._show import hint, say
from scheduler.cli._start import open_app
from scheduler.domain.accounts import Role
from scheduler.services import accounts

group = typer.Typer(cls=Listing, help="People: who may sign in to the pages.")


@group.command("invite")
def invite(
    ctx: typer.Context,
    role: Annotated[Role, typer.Option(help="What they may do.")] = Role.EDITOR,
) -> None:
    """Print a link that makes an account, once, within two days. An earlier one for that role is no longer good."""
    app = open_app(ctx)
    with app.writing() as session:
        token = accounts.invite(session, role, app.clock())
    say(f"{app.settings.base_url.rstrip('/')}/welcome/{token}")
    hint("Whoever opens it first makes the account: send it to one person only.")
