"""The calendar: month, week, day and list; its filters are in the address. Pieces are moved by hand or keyboard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain.calendar import zone
from scheduler.domain.delivery import Status
from scheduler.domain.errors import PullquoteError
from scheduler.domain.times import spell_time
from scheduler.domain.weeks import Span, month_of, parse_day, week_of
from scheduler.services import agenda, bulk_edit, timeline
from scheduler.services.accounts import Visitor
from scheduler.services.listing import Sending
from scheduler.store import channels, workspaces
from scheduler.store.tables import ChannelRow
from scheduler.web._page import Pages, done, sentence
from scheduler.web.fields import Number, Numbers, Text
from scheduler.web.visitors import Editor, Reader, inside

VIEWS = ("month", "week", "day", "list")
LISTED = timedelta(days=30)  # of the list
LINES = 200  # where each delivery is one
SHOWN = {
    "": (),
    "waiting": (Status.SCHEDULED, Status.SENDING, Status.HELD),
    "problems": (Status.FAILED, Status.IN_DOUBT),
    "sent": (Status.SENT,),
}


@dataclass(frozen=True)
class Shown:
    """What the address asks for."""

    view: str
    day: date
    today: date
    channels: tuple[str, ...]
    status: str

    @property
    def span(self) -> Span:
        match self.view:
            case "month":
                return month_of(self.day)
            case "week":
                return week_of(self.day)
            case "day":
                return Span(self.day, self.day)
            case _:
                return Span(self.day, self.day + LISTED)

    def address(self, **other: str) -> str:
        asked = {"view": self.view, "day": self.day.isoformat(), "status": self.status} | other
        pairs = [(name, value) for name, value in asked.items() if value]
        return f"/calendar?{urlencode([*pairs, *(('channel', name) for name in self.channels)])}"

    def turned(self, pages: int) -> str:
        match self.view:
            case "month":
                month = self.day.year * 12 + self.day.month - 1 + pages
                return self.address(day=date(month // 12, month % 12 + 1, 1).isoformat())
            case "week":
                return self.address(day=(self.day + pages * timedelta(days=7)).isoformat())
            case "day":
                return self.address(day=(self.day + timedelta(days=pages)).isoformat())
            case _:
                return self.address(day=(self.day + pages * LISTED).isoformat())


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/calendar")
    app = pages.app

    @router.get("")
    def look(request: Request, who: Reader) -> Response:
        return _page(pages, request, who)

    @router.post("/move")
    def move(who: Editor, delivery: Number, day: Text = "", slot: Text = "") -> Response:
        """Asked by the page's script: the answer is what to say."""
        now = app.clock()
        with app.writing() as session:
            each = timeline.look(session, delivery, who.workspace_id).sending
            if each.row.status == Status.SENT:
                again = f"/deliveries/{delivery}/once-more?{urlencode({'day': day})}"
                return Response(status_code=204, headers={"Location": again})
            at = _moved(session, each, day, slot, workspaces.get(session, who.workspace_id).zone, now)
        return Response(f"Moved to {spell_time(at, each.channel.zone, now)}.", media_type="text/plain")

    @router.post("/bulk")
    def bulk(who: Editor, chosen: Numbers, do: Text = "", hours: Text = "", back: Text = "") -> Response:
        try:
            with app.writing() as session:
                said = bulk_edit.carry_out(session, who.workspace_id, chosen, do, hours, app.clock())
        except PullquoteError as error:
            said = sentence(error)
        return done(inside(back or "/calendar?view=list"), said)

    return router


def _moved(session: Session, each: Sending, day: str, slot: str, zone_name: str, now: datetime) -> datetime:
    if slot:
        return agenda.move_to_slot(session, each.row, each.channel, slot, now)
    return agenda.move_to_day(session, each.row, parse_day(day, now.date()), zone_name, now)


def _page(pages: Pages, request: Request, who: Visitor) -> Response:
    app, now = pages.app, pages.app.clock()
    with app.reading() as session:
        zone_name = workspaces.get(session, who.workspace_id).zone
        own = channels.of_workspace(session, who.workspace_id)
        shown = _asked(request, now.astimezone(zone(zone_name)).date())
        chosen = [row for row in own if row.name in shown.channels] or own
        most = agenda.MOST if shown.view in {"month", "week"} else LINES
        found = agenda.look(session, chosen, shown.span, zone_name, now, SHOWN[shown.status], most)
    return pages.show(
        request,
        who,
        "calendar",
        shown=shown,
        found=found,
        channels=own,
        colours=_colours(own),
        views=VIEWS,
        statuses=SHOWN,
        zone_name=zone_name,
    )


def _asked(request: Request, today: date) -> Shown:
    asked = request.query_params
    view, status = asked.get("view", "month"), asked.get("status", "")
    return Shown(
        view=view if view in VIEWS else "month",
        day=parse_day(asked.get("day", ""), today),
        today=today,
        channels=tuple(asked.getlist("channel")),
        status=status if status in SHOWN else "",
    )


def _colours(own: list[ChannelRow]) -> dict[int, int]:
    """A stripe for each channel, by the order in which they were connected."""
    return {row.id: n % 8 for n, row in enumerate(own)}
