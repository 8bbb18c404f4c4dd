"""One delivery: what became of it, call by call, and what may be done with it now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.domain.times import parse_time, spell_time
from scheduler.services import resolve, schedule, timeline
from scheduler.services.accounts import Visitor
from scheduler.services.listing import Sending
from scheduler.services.timeline import Timeline
from scheduler.web._page import Pages, done, sentence
from scheduler.web.fields import Id, Text
from scheduler.web.visitors import Editor, Reader

Act = Callable[[Session, Sending, datetime], str]


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/deliveries/{delivery_id}")
    app = pages.app

    @router.get("")
    def look(request: Request, who: Reader, delivery_id: Id) -> Response:
        with app.reading() as session:
            found = timeline.look(session, delivery_id, who.workspace_id)
        return _page(pages, request, who, found)

    @router.post("/move")
    def move(request: Request, who: Editor, delivery_id: Id, at: Text = "") -> Response:
        def act(session: Session, each: Sending, now: datetime) -> str:
            moved = parse_time(at.replace("T", " "), each.channel.zone, now)
            schedule.move(session, each.row, moved, now)
            return f"It goes out at {spell_time(moved, each.channel.zone, now)}."

        return _do(pages, request, who, delivery_id, act)

    @router.post("/{verb}")
    def change(request: Request, who: Editor, delivery_id: Id, verb: str, url: Text = "") -> Response:
        act = _resolved(verb, url.strip()) if verb in _ANSWERS else _VERBS.get(verb)
        if act is None:
            return pages.missing()
        return _do(pages, request, who, delivery_id, act)

    return router


def _page(
    pages: Pages, request: Request, who: Visitor, found: Timeline, error: str = "", status: int = 200
) -> Response:
    return pages.show(request, who, "delivery", status=status, found=found, each=found.sending, error=error)


def _do(pages: Pages, request: Request, who: Visitor, delivery_id: int, act: Act) -> Response:
    """Do it, and show the delivery as it is then; or as it is still, with the reason."""
    now = pages.app.clock()
    try:
        with pages.app.writing() as session:
            said = act(session, timeline.look(session, delivery_id, who.workspace_id).sending, now)
    except PullquoteError as error:
        with pages.app.reading() as session:
            found = timeline.look(session, delivery_id, who.workspace_id)
        return _page(pages, request, who, found, sentence(error), 422)
    return done(f"/deliveries/{delivery_id}", said)


def _next(session: Session, each: Sending, now: datetime) -> str:
    schedule.move_to_next_slot(session, each.row, each.channel, now)
    return f"It goes out at {spell_time(each.row.due_at, each.channel.zone, now)}."


def _hold(session: Session, each: Sending, _now: datetime) -> str:
    schedule.hold(session, each.row, "Stopped by a person")
    return "It is held: nothing of it goes out until it is released."


def _release(session: Session, each: Sending, now: datetime) -> str:
    schedule.release(session, each.row, now)
    return "It is released."


def _cancel(session: Session, each: Sending, now: datetime) -> str:
    schedule.cancel(session, each.row, now)
    return "It is cancelled."


def _restore(session: Session, each: Sending, now: datetime) -> str:
    schedule.restore(session, each.row, now)
    return "It is back in the queue." if each.row.next_at else "It is back, and held: its time has passed."


def _retry(session: Session, each: Sending, now: datetime) -> str:
    schedule.retry(session, each.row, now)
    return "It is tried again at once."


_VERBS: dict[str, Act] = {
    "next": _next,
    "hold": _hold,
    "release": _release,
    "cancel": _cancel,
    "restore": _restore,
    "retry": _retry,
}
_ANSWERS = frozenset({"live", "again", "drop"})


def _resolved(answer: str, url: str) -> Act:
    """A person's answer to a delivery in doubt."""

    def act(session: Session, each: Sending, now: datetime) -> str:
        match answer:
            case "live":
                resolve.live(session, each.row, url, now)
                return "It is noted as live."
            case "again":
                resolve.again(session, each.row, now)
                return "It is sent again, as it was composed."
            case _:
                resolve.drop(session, each.row, now)
                return "It is dropped: nothing more is sent."

    return act
