"""The look of a workspace: what people upload for it, and what a card is given of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from sqlmodel import Session

from scheduler.domain.article import MAX_SOURCE
from scheduler.domain.brand import CENTRE, FONT_ROLES, Look, same_person
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render import own_font, palette, photo
from scheduler.render.own_font import OwnFont
from scheduler.render.photo import Picture
from scheduler.services import setup
from scheduler.sources.lead_image import lead_image
from scheduler.sources.url import Page
from scheduler.store import assets, brands
from scheduler.store.tables import ArticleRow, BrandFileRow, WorkspaceRow

Fetch = Callable[[str], Page]

_FONT_TYPE = "font/sfnt"
_WHAT = {
    Look.LOGO: "logo",
    Look.LOGO_DARK: "logo for dark grounds",
    Look.FONT: "font for",
    Look.BACKGROUND: "background called",
    Look.PORTRAIT: "portrait of",
    Look.PHOTO: "photo for article",
}


@dataclass(frozen=True)
class Dress:
    """What a card is given of its brand."""

    colours: Mapping[str, str]  # role -> "#rrggbb"
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    fonts: Mapping[str, OwnFont] = field(default_factory=dict)  # role -> font


def set_values(session: Session, workspace: WorkspaceRow, values: Mapping[str, str]) -> None:
    """Colours, name and address; "" takes one away. Refused where the texts could not be read."""
    setup.change(session, workspace, brand=values)
    palette.by_day(colours(workspace))


def colours(workspace: WorkspaceRow) -> dict[str, str]:
    """By their role."""
    return {role: value for role, value in workspace.brand.items() if str(value).startswith("#")}


def add_picture(
    session: Session,
    workspace: WorkspaceRow,
    look: Look,
    data: bytes,
    file: str,
    *,
    name: str = "",
    focus: tuple[float, float] = CENTRE,
    now: datetime,
) -> BrandFileRow:
    """A logo, a background called `name`, or the portrait of the person `name`, in place of an older one."""
    picture = photo.receive(data, file)
    size = {"width": picture.width, "height": picture.height}
    digest = assets.put(session, picture.data, picture.type, now, **size)
    key = same_person(name) if look is Look.PORTRAIT else name
    title = f"article {name}" if look is Look.PHOTO else name or file
    return brands.put(session, workspace.id, look, key, asset=digest, title=title, focus=focus, now=now)


def add_font(
    session: Session,
    workspace: WorkspaceRow,
    role: str,
    data: bytes,
    file: str,
    *,
    licence: str = "",
    now: datetime,
) -> BrandFileRow:
    """A font for the slots of that role. Its licence is what it says itself, or `licence`."""
    if role not in FONT_ROLES:
        raise PullquoteError(f"{role!r} is no role of fonts: take one of {', '.join(FONT_ROLES)}.")
    told = own_font.describe(data, file)
    note = licence or told.licence
    if not note:
        raise PullquoteError(f"{file} does not say under which licence it is: say it with --licence.")
    digest = assets.put(session, data, _FONT_TYPE, now)
    look = Look.FONT
    return brands.put(session, workspace.id, look, role, asset=digest, title=told.family, note=note, now=now)


def remove(session: Session, workspace: WorkspaceRow, look: Look, name: str = "") -> None:
    row = brands.find(session, workspace.id, look, same_person(name) if look is Look.PORTRAIT else name)
    if row is None:
        raise NotFound(f"There is no {_WHAT[look]} {name}".rstrip() + ": see `pullquote brand show`.")
    brands.remove(session, row)


def dress(session: Session, workspace: WorkspaceRow, article: ArticleRow, speaker: str) -> Dress:
    """For a card of that article with words of that speaker. An article always has the same background."""
    pictures = {
        "logo": brands.find(session, workspace.id, Look.LOGO, ""),
        "logo_dark": brands.find(session, workspace.id, Look.LOGO_DARK, ""),
        "portrait": brands.find(session, workspace.id, Look.PORTRAIT, same_person(speaker)),
        "photo": _photo(session, workspace, article),
    }
    fonts = brands.of_workspace(session, workspace.id, Look.FONT)
    return Dress(
        colours(workspace),
        {name: _picture(session, row) for name, row in pictures.items() if row is not None},
        {row.name: own_font.own(brands.with_data(session, row).asset.data) for row in fonts},
    )


def faces(session: Session, workspace: WorkspaceRow) -> frozenset[str]:
    """Whose portrait there is, as `same_person` says."""
    return frozenset(row.name for row in brands.of_workspace(session, workspace.id, Look.PORTRAIT))


def has_photo(session: Session, workspace: WorkspaceRow, article: ArticleRow) -> bool:
    """Whether its cards can have one: its own, or a background of the brand."""
    return _photo(session, workspace, article) is not None


def photo_of_page(article: ArticleRow, fetch: Fetch) -> tuple[bytes, str]:
    """The photo that the article's page names for itself, and its address. `fetch` keeps to public addresses."""
    if not article.url:
        raise PullquoteError(f"Article {article.id} has no address: name a file with its photo.")
    page = fetch(article.url)
    address = lead_image(page.body, page.url) if page.status == HTTPStatus.OK else ""
    if not address:
        raise PullquoteError(f"{article.url} names no photo: name a file with one.")
    found = fetch(address)
    if found.status != HTTPStatus.OK or len(found.body) > MAX_SOURCE:
        raise PullquoteError(f"{address} could not be read, or is too large: save it and name the file.")
    return found.body, address


def _photo(session: Session, workspace: WorkspaceRow, article: ArticleRow) -> BrandFileRow | None:
    if own := brands.find(session, workspace.id, Look.PHOTO, str(article.id)):
        return own
    backgrounds = brands.of_workspace(session, workspace.id, Look.BACKGROUND)
    return backgrounds[article.id % len(backgrounds)] if backgrounds else None


def _picture(session: Session, row: BrandFileRow) -> Picture:
    asset = brands.with_data(session, row).asset
    return Picture(asset.data, asset.type, asset.width, asset.height, (row.focus_x, row.focus_y))
