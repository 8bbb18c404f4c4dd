"""What a brand is made of: its pictures and fonts, taken in, shown and taken away; and its cards."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain.brand import CENTRE, Look, focus
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render import own_font, photo
from scheduler.render.cards import Output
from scheduler.services import brand as service
from scheduler.services.accounts import Visitor
from scheduler.services.card_previews import previews
from scheduler.store import articles, assets, brands, workspaces
from scheduler.web._page import Pages, done, sentence
from scheduler.web.brand import brand_page
from scheduler.web.fields import Id, Text, Upload
from scheduler.web.visitors import Editor, Reader

PICTURES = (Look.LOGO, Look.LOGO_DARK, Look.BACKGROUND, Look.PORTRAIT)
PREVIEW = Output()


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/brand")
    app = pages.app

    @router.post("/pictures")
    def picture(
        request: Request, who: Editor, file: Upload, look: Text, name: Text = "", at: Text = ""
    ) -> Response:
        try:
            kind = _kind(look, name)
            data = file.file.read(photo.MOST_BYTES + 1)
            with app.writing() as session:
                service.add_picture(
                    session,
                    workspaces.get(session, who.workspace_id),
                    kind,
                    data,
                    file.filename or "the file",
                    name=name.strip(),
                    focus=focus(at) if at.strip() else CENTRE,
                    now=app.clock(),
                )
        except PullquoteError as error:
            return brand_page(pages, request, who, sentence(error))
        return done("/brand", "The picture is kept. Cards that wait are drawn with it.")

    @router.post("/fonts")
    def font(request: Request, who: Editor, file: Upload, role: Text, licence: Text = "") -> Response:
        try:
            data = file.file.read(own_font.MOST_BYTES + 1)
            with app.writing() as session:
                row = workspaces.get(session, who.workspace_id)
                name, said = file.filename or "the file", licence.strip()
                kept = service.add_font(session, row, role, data, name, licence=said, now=app.clock())
        except PullquoteError as error:
            return brand_page(pages, request, who, sentence(error))
        return done("/brand", f"{kept.title} is the font for {role} now. Licence: {kept.note}")

    @router.post("/remove")
    def remove(who: Editor, look: Text, name: Text = "") -> Response:
        if look not in set(Look):
            raise NotFound("There is nothing of that kind: load the page again.")
        with app.writing() as session:
            service.remove(session, workspaces.get(session, who.workspace_id), Look(look), name)
        return done("/brand", "It is taken away.")

    @router.get("/files/{number}")
    def file(who: Reader, number: Id) -> Response:
        with app.reading() as session:
            rows = brands.of_workspace(session, who.workspace_id)
            row = next((each for each in rows if each.id == number and each.look != Look.FONT), None)
            if row is None:
                return pages.missing()
            asset = assets.get(session, row.asset)
        return Response(asset.data, media_type=asset.type, headers={"Cache-Control": "private, max-age=60"})

    @router.get("/cards/{template}/{size}")
    def card(who: Reader, template: str, size: str, article: Id) -> Response:
        """A template with a quote of the workspace's own: the first that makes a good card."""
        with app.reading() as session:
            _own(session, article, who)
            cell = next(iter(previews(session, article, app.studio, [template], [size], PREVIEW)), None)
        if cell is None or not cell.cards:
            return pages.missing()
        found = cell.cards[0]
        return Response(found.data, media_type=found.type, headers={"Cache-Control": "private, max-age=60"})

    return router


def _kind(look: str, name: str) -> Look:
    if look not in PICTURES:
        raise PullquoteError("Choose what the picture is: a logo, a background or a portrait.")
    if look in {Look.BACKGROUND, Look.PORTRAIT} and not name.strip():
        raise PullquoteError("Say whose portrait it is, or what to call the background.")
    return Look(look)


def _own(session: Session, article_id: int, who: Visitor) -> None:
    if articles.get(session, article_id).workspace_id != who.workspace_id:
        raise NotFound(f"There is no article {article_id} here.")
