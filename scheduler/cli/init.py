"""pullquote init: the database, the key and a workspace, each only where it is missing."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli._show import say
from scheduler.cli._start import database_file, put_together, read_start
from scheduler.domain.calendar import zone
from scheduler.domain.errors import PullquoteError
from scheduler.services.setup import set_up

NEXT = """
Next:
  1. pullquote add ARTICLE            then: pullquote quotes 1, pullquote split 1
  2. pullquote channels add mastodon  or another of: pullquote channels kinds
  3. pullquote run                    sends what is due, and serves the pages"""


def init(
    ctx: typer.Context,
    name: Annotated[str, typer.Option(help="What the workspace, a brand, is called.")] = "Default",
    zone_name: Annotated[
        str | None,
        typer.Option(
            "--zone", help="Its time zone, such as Europe/Amsterdam.", show_default="this machine's"
        ),
    ] = None,
    language: Annotated[
        str, typer.Option(help="The language that it writes in, such as en or de-AT.")
    ] = "en",
    address: Annotated[
        str, typer.Option(help="Its postal address: the law of most countries wants one under every mail.")
    ] = "",
) -> None:
    """Set up this folder: the database, the key that seals secrets, and a workspace."""
    settings = read_start(ctx)
    zone_name = zone_name or machine_zone()
    zone(zone_name)
    file = database_file(settings.database)
    files = [file, None if settings.key else settings.key_file]
    missing = [str(path) for path in files if path is not None and not path.exists()]
    app = put_together(ctx, settings)
    with app.writing() as session:
        made = set_up(session, name, zone_name=zone_name, language=language, address=address, now=app.clock())
    if made:
        missing.append(f"the workspace “{name}” ({zone_name}, {language})")
    if not missing:
        say("Everything is here already: nothing was changed.")
        return
    say(f"Made {', '.join(missing)}.", NEXT)


def machine_zone() -> str:
    """The zone that this machine is set to, or UTC where it does not say."""
    link = Path("/etc/localtime")
    linked = str(link.resolve()).partition("zoneinfo/")[2] if link.is_symlink() else ""
    for name in (os.environ.get("TZ", "").removeprefix(":"), linked):
        if name and _is_zone(name):
            return name
    return "UTC"


def _is_zone(name: str) -> bool:
    try:
        return bool(zone(name))
    except PullquoteError:
        return False
