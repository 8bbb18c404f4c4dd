"""What may go into a free slot of the calendar; and, for what was sent, whether it should go out once more."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.calendar import instant, zone
from scheduler.domain.errors import PullquoteError
from scheduler.domain.times import spell_time
from scheduler.domain.weeks import parse_day
from scheduler.services import agenda, schedule, timeline
from scheduler.services.accounts import Visitor
from scheduler.store import pieces, workspaces
from scheduler.web._page import Pages, done, sentence
from scheduler.web.articles import own_article
from scheduler.web.channels import own_channel
from scheduler.web.fields import Id, Number, Text
from scheduler.web.visitors import Editor, Reader


def routes(pages: Pages) -> APIRouter:
    router = APIRouter()
    app = pages.app

    @router.get("/calendar/fill")
    def ask(request: Request, who: Reader, channel: Id, slot: str) -> Response:
        return _fill(pages, request, who, channel, slot)

    @router.post("/calendar/fill")
    def fill(request: Request, who: Editor, channel: Number, slot: Text, piece: Number) -> Response:
        now = app.clock()
        try:
            with app.writing() as session:
                to, made = own_channel(session, channel, who), pieces.get(session, piece)
                own_article(session, made.article_id, who)
                row = agenda.fill(session, made, to, slot, now)
        except PullquoteError as error:
            return _fill(pages, request, who, channel, slot, sentence(error))
        day = row.due_at.astimezone(zone(to.zone)).date()
        return done(f"/calendar?day={day}", f"It goes out at {spell_time(row.due_at, to.zone, now)}.")

    @router.get("/deliveries/{delivery_id}/once-more")
    def ask_again(request: Request, who: Reader, delivery_id: Id, day: str = "") -> Response:
        with app.reading() as session:
            each = timeline.look(session, delivery_id, who.workspace_id).sending
            at = _same_hour(each.row.due_at, day, workspaces.get(session, who.workspace_id).zone, app.clock())
        return pages.show(request, who, "again", each=each, at=at, day=day)

    @router.post("/deliveries/{delivery_id}/once-more")
    def again(who: Editor, delivery_id: Id, day: Text = "") -> Response:
        now = app.clock()
        with app.writing() as session:
            each = timeline.look(session, delivery_id, who.workspace_id).sending
            at = _same_hour(each.row.due_at, day, workspaces.get(session, who.workspace_id).zone, now)
            row = schedule.repeat(session, each.row, each.channel, at, now)
        said = f"It goes out once more at {spell_time(at, each.channel.zone, now)}."
        return done(f"/deliveries/{row.id}", said)

    return router


def _same_hour(was: datetime, day: str, zone_name: str, now: datetime) -> datetime:
    local = was.astimezone(zone(zone_name))
    chosen = parse_day(day, now.astimezone(zone(zone_name)).date())
    return instant(datetime.combine(chosen, local.time()), zone_name)


def _fill(
    pages: Pages, request: Request, who: Visitor, channel_id: int, slot: str, error: str = ""
) -> Response:
    with pages.app.reading() as session:
        channel = own_channel(session, channel_id, who)
        at = agenda.slot_time(channel, slot)
        made = agenda.choices(session, channel)
    return pages.show(
        request,
        who,
        "fill",
        status=422 if error else 200,
        channel=channel,
        slot=slot,
        at=at,
        made=made,
        error=error,
    )
