"""The panic button: stop everything of this workspace at once, and say what becomes of what was missed meanwhile."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.errors import PullquoteError
from scheduler.domain.pause import AfterPause, Reach, Target
from scheduler.services import panic
from scheduler.services.accounts import Visitor
from scheduler.store import pauses
from scheduler.web._page import Pages, done
from scheduler.web.fields import Text
from scheduler.web.visitors import Editor, Reader


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/stop")
    app = pages.app

    @router.get("")
    def look(request: Request, who: Reader) -> Response:
        with app.reading() as session:
            paused = next((each for each in pauses.listed(session) if each.target == _ours(who)), None)
            missed = panic.missed(session, _ours(who), app.clock()) if paused else []
        return pages.show(request, who, "stop", paused=paused, missed=missed)

    @router.post("")
    def stop(who: Editor, why: Text = "") -> Response:
        with app.writing() as session:
            panic.press(session, _ours(who), by=who.name, why=why.strip(), now=app.clock())
        return done("/stop", "Everything is stopped. What was out of our hands already may still arrive.")

    @router.post("/go-on")
    def go_on(who: Editor, then: Text = "") -> Response:
        if then not in set(AfterPause):
            raise PullquoteError("Choose what becomes of what was missed: go back and choose.")
        with app.writing() as session:
            late = panic.release(session, _ours(who), AfterPause(then), by=who.name, now=app.clock())
        missed = f" {late} had missed {'its' if late == 1 else 'their'} time." if late else ""
        return done("/", f"It goes on.{missed}")

    return router


def _ours(who: Visitor) -> Target:
    return Target(Reach.WORKSPACE, who.workspace_id)
