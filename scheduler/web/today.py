"""Today: what goes out next, what went wrong, and whether anybody is at work."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.services import overview
from scheduler.web._page import Pages
from scheduler.web.visitors import Reader


def routes(pages: Pages) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    def today(request: Request, who: Reader) -> Response:
        with pages.app.reading() as session:
            found = overview.look(session, who.workspace_id, pages.app.clock())
        return pages.show(request, who, "today", found=found)

    return router
