"""Leaving a list. A link scanner's GET changes nothing; a POST, from a mail program or a button, does.

Whether a link is one of ours cannot be read from the answer: it is the same for every token.
"""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, Response

from scheduler.bootstrap import Pullquote
from scheduler.render.environment import fill
from scheduler.services import subscribe
from scheduler.web import static_files

log = logging.getLogger(__name__)


def routes(app: Pullquote) -> APIRouter:
    router = APIRouter()

    @router.api_route("/u/{token}", methods=["GET", "HEAD"])
    def ask(token: str) -> Response:  # noqa: ARG001 — the page is the same for all
        return _page(app, "unsubscribe")

    @router.post("/u/{token}")
    def leave(token: str, button: Annotated[str, Form()] = "") -> Response:
        with app.writing() as session:
            row = subscribe.unsubscribe(session, token, app.vault, app.clock())
        if row is None:
            log.warning("An unsubscribe link that is not ours was used: %r…", token[:8])
        return _page(app, "unsubscribed") if button else Response()

    return router


def _page(app: Pullquote, name: str) -> HTMLResponse:
    return HTMLResponse(fill(app.environment, f"web/{name}.html.j2", {"static": static_files.address}))
