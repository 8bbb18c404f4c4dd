"""pullquote workspace: the brand that everything is made for."""

from __future__ import annotations

from typing import Annotated

import typer

from scheduler.cli._options import AsJson, pairs
from scheduler.cli._show import emit, facts, say
from scheduler.cli._start import open_app, the_workspace
from scheduler.services import setup


def workspace(
    ctx: typer.Context,
    name: Annotated[
        str | None, typer.Option(help="What the brand calls itself, on cards and in mails.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="The postal address under every mail.")] = None,
    zone_name: Annotated[str | None, typer.Option("--zone", help="The zone of new channels.")] = None,
    language: Annotated[str | None, typer.Option(help="Where an article does not say: en, de-AT.")] = None,
    colour: Annotated[
        list[str] | None,
        typer.Option(metavar="ROLE=#RRGGBB", help="paper, ink or accent; nothing after = takes it away."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the workspace, or change what is given."""
    app = open_app(ctx)
    texts = {"name": name, "address": address}
    brand = {role: text for role, text in texts.items() if text is not None} | pairs(colour, "--colour")
    with app.writing() as session:
        row = the_workspace(session)
        setup.change(session, row, zone_name=zone_name, language=language, brand=brand)
    if as_json:
        emit({"name": row.name, "zone": row.zone, "language": row.language, "brand": row.brand})
        return
    brand_shown = ((role.capitalize(), value) for role, value in row.brand.items())
    say(facts(("Workspace", row.name), ("Zone", row.zone), ("Language", row.language), *brand_shown))
