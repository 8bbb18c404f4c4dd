"""Channels: how each is doing, its slots, a test that posts nothing, a pause with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.channels import adapter
from scheduler.channels import kinds as all_kinds
from scheduler.domain.calendar import WEEKDAYS, Slot, parse_slots
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.times import spell_slots
from scheduler.services import aftermath, connect, form, overview
from scheduler.services.accounts import Visitor
from scheduler.services.removal import remove_channel
from scheduler.store import channels
from scheduler.store.tables import ChannelRow
from scheduler.web._page import Pages, done, sentence
from scheduler.web.fields import Id, Text
from scheduler.web.visitors import Editor, Reader

Act = Callable[[Session, ChannelRow], str]


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/channels")
    app = pages.app

    @router.get("")
    def listed(request: Request, who: Reader) -> Response:
        with app.reading() as session:
            own = channels.of_workspace(session, who.workspace_id)
            found = overview.channel_health(session, own)
            slots = {row.id: spell_slots(channels.slots(session, row.id)) for row in own}
        return pages.show(request, who, "channels", found=found, slots=slots, kinds=all_kinds())

    @router.get("/{channel_id}")
    def look(request: Request, who: Reader, channel_id: Id) -> Response:
        return _page(pages, request, who, channel_id)

    @router.post("/{channel_id}/check")
    def check(request: Request, who: Editor, channel_id: Id) -> Response:
        with app.reading() as session:
            row = own_channel(session, channel_id, who)
        try:
            said = connect.check(row, engine=app.engine, transport=app.transport, vault=app.vault)
        except PullquoteError as error:
            return _page(pages, request, who, channel_id, sentence(error), 422)
        works = adapter(row.kind).has("check")
        return done(f"/channels/{channel_id}", f"It works. We are {said}." if works else said)

    @router.post("/{channel_id}/slots")
    def set_slots(request: Request, who: Editor, channel_id: Id, slots: Text = "") -> Response:
        def act(session: Session, row: ChannelRow) -> str:
            connect.set_slots(session, row, parse_slots(slots) if slots.strip() else [])
            return "The posting schedule is changed. What is queued already keeps its time."

        return _do(pages, request, who, channel_id, act)

    @router.post("/{channel_id}/pause")
    def pause(request: Request, who: Editor, channel_id: Id, why: Text = "") -> Response:
        def act(session: Session, row: ChannelRow) -> str:
            aftermath.pause(session, row, why.strip() or f"{who.name} stopped it", app.clock())
            return "The channel is paused. Its queue is kept."

        return _do(pages, request, who, channel_id, act)

    @router.post("/{channel_id}/resume")
    def resume(request: Request, who: Editor, channel_id: Id) -> Response:
        def act(session: Session, row: ChannelRow) -> str:
            late = connect.resume(session, row, app.clock())
            return "The channel runs again." + (f" {late} deliveries had missed their time." if late else "")

        return _do(pages, request, who, channel_id, act)

    @router.post("/{channel_id}/remove")
    def remove(who: Editor, channel_id: Id) -> Response:
        with app.writing() as session:
            row = own_channel(session, channel_id, who)
            remove_channel(session, row)
        return done("/channels", f"{row.name} is removed.")

    return router


def _page(
    pages: Pages, request: Request, who: Visitor, channel_id: int, error: str = "", status: int = 200
) -> Response:
    with pages.app.reading() as session:
        row = own_channel(session, channel_id, who)
        [found] = overview.channel_health(session, [row])
        times = channels.slots(session, channel_id)
    return pages.show(
        request,
        who,
        "channel",
        status=status,
        found=found,
        row=row,
        kind=adapter(row.kind),
        fields=form.fields(row.kind),
        slots=spell_slots(times),
        grid=_grid(times),
        weekdays=WEEKDAYS,
        error=error,
    )


def _grid(times: Sequence[Slot]) -> list[tuple[str, list[bool]]]:
    """A row for each time of day: on which weekdays it is a slot."""
    there = {(slot.at, slot.weekday) for slot in times}
    clock = sorted({slot.at for slot in times})
    return [(f"{at:%H:%M}", [(at, day) in there for day in range(7)]) for at in clock]


def _do(pages: Pages, request: Request, who: Visitor, channel_id: int, act: Act) -> Response:
    try:
        with pages.app.writing() as session:
            said = act(session, own_channel(session, channel_id, who))
    except PullquoteError as error:
        return _page(pages, request, who, channel_id, sentence(error), 422)
    return done(f"/channels/{channel_id}", said)


def own_channel(session: Session, channel_id: int, who: Visitor) -> ChannelRow:
    row = channels.get(session, channel_id)
    if row.workspace_id != who.workspace_id:
        raise NotFound(f"There is no channel {channel_id} here.")
    return row
