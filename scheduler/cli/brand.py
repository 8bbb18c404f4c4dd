"""pullquote brand: what cards and mails look like."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from scheduler.bootstrap import Pullquote
from scheduler.cli import _complete
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson, pairs
from scheduler.cli._show import add as add_row
from scheduler.cli._show import busy, emit, facts, hint, line, prose, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.brand import CENTRE, Look, focus
from scheduler.domain.errors import PullquoteError
from scheduler.render import own_font, photo
from scheduler.services import brand as service
from scheduler.store import articles, assets, brands
from scheduler.store.tables import AssetRow, BrandFileRow

group = typer.Typer(cls=Listing, help="The brand: colours, logo, fonts, photos and portraits.")
Picture = Annotated[
    Path | None, typer.Argument(help="A JPEG, PNG or WebP.", show_default=False, dir_okay=False)
]
Focus = Annotated[
    str, typer.Option("--focus", metavar="'30% 40%'", help="What stays in sight, from the left and the top.")
]
Remove = Annotated[bool, typer.Option("--remove", help="Take it away.")]
SAID = {
    Look.LOGO: "logo",
    Look.LOGO_DARK: "logo for dark grounds",
    Look.BACKGROUND: "background",
    Look.PORTRAIT: "portrait of",
    Look.PHOTO: "photo of article",
}
ORDER = (Look.LOGO, Look.LOGO_DARK, Look.FONT, Look.BACKGROUND, Look.PORTRAIT, Look.PHOTO)


@group.command("show")
def show(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show the brand: its colours and its files."""
    app = open_app(ctx)
    with app.reading() as session:
        workspace = the_workspace(session)
        rows = brands.of_workspace(session, workspace.id)
        found = [(row, assets.get(session, row.asset)) for row in rows]
        values = dict(workspace.brand)
    if as_json:
        emit({"values": values, "files": [_plain(row, asset) for row, asset in found]})
        return
    say(facts(*((role.capitalize(), value) for role, value in values.items())))
    if not found:
        hint("No files yet: add a logo with `pullquote brand logo FILE`.")
        return
    shown = table(word("File"), line("For"), word("Size"), prose("Licence"))
    for row, asset in sorted(found, key=lambda pair: (ORDER.index(Look(pair[0].look)), pair[0].title)):
        size = f"{asset.width} × {asset.height}" if asset.width else f"{len(asset.data) // 1000:,} KB"
        add_row(shown, row.look.replace("_", " "), _whose(row), size, row.note)
    say(shown)


@group.command("set")
def set_values(
    ctx: typer.Context,
    values: Annotated[
        list[str],
        typer.Argument(
            metavar="ROLE=VALUE…",
            help="paper=#rrggbb, ink=, accent=, name=, address=; nothing takes it away.",
        ),
    ],
) -> None:
    """Set colours, the name and the postal address."""
    app = open_app(ctx)
    given = pairs(values, "ROLE=VALUE")
    with app.writing() as session:
        service.set_values(session, the_workspace(session), given)
    say(f"Changed: {', '.join(given)}. Cards that wait are drawn with it, too.")


@group.command("logo")
def logo(
    ctx: typer.Context,
    file: Picture = None,
    dark: Annotated[bool, typer.Option("--dark", help="The one for dark grounds.")] = False,
    remove: Remove = False,
) -> None:
    """Set the logo that cards show instead of the outlet's name."""
    look = Look.LOGO_DARK if dark else Look.LOGO
    _picture(ctx, look, file, "", CENTRE, remove)


@group.command("background")
def background(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(help="What to call it.")],
    file: Picture = None,
    at: Focus = "",
    remove: Remove = False,
) -> None:
    """Add a photo for the cards of articles. With several, an article always gets the same one."""
    _picture(ctx, Look.BACKGROUND, file, name, focus(at) if at else CENTRE, remove)


@group.command("photo")
def article_photo(
    ctx: typer.Context,
    article_id: Annotated[
        int, typer.Argument(metavar="ARTICLE", help="Whose photo it is.", autocompletion=_complete.articles)
    ],
    file: Picture = None,
    from_page: Annotated[bool, typer.Option("--from-page", help="The one that its page names.")] = False,
    at: Focus = "",
    remove: Remove = False,
) -> None:
    """Set the photo of an article, for its cards: a file, or the one that its page names for links."""
    if not from_page or remove:
        _picture(ctx, Look.PHOTO, file, str(article_id), focus(at) if at else CENTRE, remove)
        return
    app = open_app(ctx)
    with app.reading() as session:
        article = articles.get(session, article_id)
    with busy("Fetching the photo"):
        data, address = service.photo_of_page(article, app.pages.fetch)
    _keep(app, Look.PHOTO, data, address, str(article_id), focus(at) if at else CENTRE)


@group.command("portrait")
def portrait(
    ctx: typer.Context,
    speaker: Annotated[str, typer.Argument(help="Whose face it is, as articles name them.")],
    file: Picture = None,
    at: Focus = "",
    remove: Remove = False,
) -> None:
    """Add the portrait of a speaker, for the cards with their words."""
    _picture(ctx, Look.PORTRAIT, file, speaker, focus(at) if at else CENTRE, remove)


@group.command("font")
def font(
    ctx: typer.Context,
    role: Annotated[
        str, typer.Argument(help="Which of the templates' fonts it stands for: serif, sans or display.")
    ],
    file: Annotated[Path | None, typer.Argument(help="A TTF or OTF.", show_default=False)] = None,
    licence: Annotated[
        str, typer.Option(help="The licence you have, where the font does not say it.", show_default=False)
    ] = "",
    remove: Remove = False,
) -> None:
    """Set a font of your own for all slots of a role."""
    app = open_app(ctx)
    data = b"" if remove else _read(file, own_font.MOST_BYTES)
    with app.writing() as session:
        workspace = the_workspace(session)
        if remove:
            service.remove(session, workspace, Look.FONT, role)
            say(f"The font for {role} is taken away: ours stands in.")
            return
        name = _named(file)
        row = service.add_font(session, workspace, role, data, name, licence=licence, now=app.clock())
    say(f"{row.title} is the font for {role} now. Licence: {row.note}")


def _picture(
    ctx: typer.Context, look: Look, file: Path | None, name: str, at: tuple[float, float], remove: bool
) -> None:
    app = open_app(ctx)
    data = b"" if remove else _read(file, photo.MOST_BYTES)
    if remove:
        with app.writing() as session:
            service.remove(session, the_workspace(session), look, name)
        say("It is taken away. Cards that wait in the queue are drawn without it.")
        return
    _keep(app, look, data, _named(file), name, at)


def _keep(app: Pullquote, look: Look, data: bytes, file: str, name: str, at: tuple[float, float]) -> None:
    with app.writing() as session:
        workspace = the_workspace(session)
        if look is Look.PHOTO:
            articles.get(session, int(name))
        row = service.add_picture(session, workspace, look, data, file, name=name, focus=at, now=app.clock())
        asset = assets.get(session, row.asset)
        size = f"{asset.width} × {asset.height} pixels, {len(asset.data) // 1000:,} KB"
    say(f"The {SAID[look]} {name}".rstrip() + f" is set: {size}.")


def _named(file: Path | None) -> str:
    return file.name if file else ""


def _read(file: Path | None, most: int) -> bytes:
    """One byte more than is allowed is enough to see that it is too large."""
    if file is None:
        raise PullquoteError("Say which file, or --remove to take it away.")
    try:
        with file.open("rb") as opened:
            return opened.read(most + 1)
    except OSError as error:
        raise PullquoteError(f"{file} cannot be read ({error.strerror}): check its name.") from error


def _whose(row: BrandFileRow) -> str:
    return f"{row.title} ({row.name})" if row.look == Look.FONT else row.title


def _plain(row: BrandFileRow, asset: AssetRow) -> dict[str, Any]:
    return {
        "look": row.look,
        "name": row.name,
        "title": row.title,
        "licence": row.note,
        "type": asset.type,
        "width": asset.width,
        "height": asset.height,
        "bytes": len(asset.data),
        "sha256": asset.sha256,
        "focus": [row.focus_x, row.focus_y],
    }
