"""The queue: every delivery by day, by channel and by what became of it. The filters are in the address."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.calendar import zone
from scheduler.domain.delivery import Status
from scheduler.services.listing import Sending, sendings
from scheduler.store import board, channels
from scheduler.store.board import Wanted
from scheduler.web._page import Pages
from scheduler.web.fields import page_number
from scheduler.web.visitors import Reader

SHOWN = 50  # on a page
GROUPS: dict[str, tuple[Status, ...]] = {
    "waiting": (Status.SCHEDULED, Status.SENDING, Status.HELD),
    "problems": (Status.FAILED, Status.IN_DOUBT),
    "sent": (Status.SENT,),
    "cancelled": (Status.CANCELLED,),
}


def routes(pages: Pages) -> APIRouter:
    router = APIRouter()
    app = pages.app

    @router.get("/queue")
    def listed(
        request: Request, who: Reader, show: str = "waiting", channel: str = "", page: str = ""
    ) -> Response:
        chosen = show if show in GROUPS else "waiting"
        number = page_number(page)
        with app.reading() as session:
            own = channels.of_workspace(session, who.workspace_id)
            ids = [row.id for row in own if row.name == channel or not channel]
            wanted = Wanted(ids, GROUPS[chosen], newest_first=chosen != "waiting")
            rows = board.listed(session, wanted, SHOWN + 1, (number - 1) * SHOWN)
            found = sendings(session, rows[:SHOWN])
        return pages.show(
            request,
            who,
            "queue",
            days=_by_day(found),
            shown=chosen,
            groups=list(GROUPS),
            channels=own,
            channel=channel,
            page=number,
            more=len(rows) > SHOWN,
        )

    return router


def _by_day(found: list[Sending]) -> list[tuple[date, list[Sending]]]:
    """By the day in each channel's own zone."""

    def day(each: Sending) -> date:
        return each.row.due_at.astimezone(zone(each.channel.zone)).date()

    return [(at, list(rows)) for at, rows in groupby(found, key=day)]
