"""The brand: its colours, logo and fonts, and every card template with the workspace's own quotes on it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.brand import COLOURS, FONT_ROLES
from scheduler.domain.errors import PullquoteError
from scheduler.services import brand as service
from scheduler.services import setup
from scheduler.services.accounts import Visitor
from scheduler.store import articles, brands, workspaces
from scheduler.store.tables import WorkspaceRow
from scheduler.web._page import Pages, done, sentence
from scheduler.web.visitors import Editor, Reader, Typed

SIZES = ("square", "portrait", "wide", "landscape", "story", "link")


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/brand")
    app = pages.app

    @router.get("")
    def look(request: Request, who: Reader) -> Response:
        return brand_page(pages, request, who)

    @router.post("")
    def change(request: Request, who: Editor, typed: Typed) -> Response:
        values = {name: typed[name].strip() for name in ("name", "address", *COLOURS) if name in typed}
        try:
            with app.writing() as session:
                row = workspaces.get(session, who.workspace_id)
                service.set_values(session, row, values)
                setup.change(
                    session, row, zone_name=typed.get("zone"), language=typed.get("language"), brand={}
                )
        except PullquoteError as error:
            return brand_page(pages, request, who, sentence(error))
        return done("/brand", "The brand is changed. Cards that wait are drawn with it.")

    return router


def brand_page(pages: Pages, request: Request, who: Visitor, error: str = "") -> Response:
    app = pages.app
    asked = request.query_params.get("size", "square")
    with app.reading() as session:
        row = workspaces.get(session, who.workspace_id)
        files = list(brands.of_workspace(session, who.workspace_id))
        newest = articles.listed(session, who.workspace_id, 1)
    names = app.cards.templates()
    return pages.show(
        request,
        who,
        "brand",
        status=422 if error else 200,
        brand=_values(row),
        colours=COLOURS,
        roles=FONT_ROLES,
        files=files,
        templates=[(name, app.cards.about(name)) for name in names],
        sizes=SIZES,
        size=asked if asked in SIZES else "square",
        article=newest[0] if newest else None,
        error=error,
    )


def _values(row: WorkspaceRow) -> dict[str, str]:
    return {"name": "", "address": "", **dict.fromkeys(COLOURS, ""), **row.brand}
