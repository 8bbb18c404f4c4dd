"""Every page is looked at: by axe, in the screenshots and by Lighthouse."""

from __future__ import annotations

from scheduler.bootstrap import Pullquote
from tests.browser import rooms
from tests.web.conftest import app  # noqa: F401 — the fixture
from tests.web.test_hostile import routes

#: What answers a GET with something that is no page of the app.
NO_PAGE = {
    "/brand/cards/{template}/{size}",
    "/brand/files/{number}",
    "/health",
    "/i/{name}",
    "/live",
    "/pieces/{piece_id}/image/{channel_id}/{number}",
    "/pieces/{piece_id}/mail/{channel_id}",
    "/pieces/{piece_id}/shot/{digest}",
    "/pieces/{piece_id}/thumb/{template}/{size}",
}
DOOR = {"/sign-in", "/u/{token}", "/welcome/{token}"}
#: A page that needs an address which only the moment knows.
WALKED_TO = {"/calendar/fill", "/deliveries/{delivery_id}/once-more"}


def test_no_page_is_left_out(app: Pullquote) -> None:  # noqa: F811
    there = {path for method, path in routes(app) if method == "GET"}
    looked_at = rooms.EMPTY.keys() | rooms.FULL.keys()
    assert there - NO_PAGE - DOOR - WALKED_TO - looked_at == set()
    assert looked_at - there == set()
