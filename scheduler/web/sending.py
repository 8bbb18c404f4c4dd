"""Sending from the composer: now, in the next free slot, or at a time; with the words that are in the editor."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.domain.times import parse_time, spell_time
from scheduler.services import composer, schedule
from scheduler.services.accounts import Visitor
from scheduler.store.tables import ChannelRow, DeliveryRow, PieceRow
from scheduler.web._page import Pages, done
from scheduler.web.channels import own_channel
from scheduler.web.composing import hand, lines
from scheduler.web.fields import Id, NumberOrNone, Numbers, Text, Texts
from scheduler.web.pieces import own_piece, piece_page
from scheduler.web.visitors import Editor


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/pieces/{piece_id}")
    app = pages.app

    @router.post("/send")
    def send(
        request: Request,
        who: Editor,
        piece_id: Id,
        to: Numbers,
        part: Texts,
        revision: NumberOrNone = 0,
        channel: NumberOrNone = 0,
        when: Text = "now",
        at: Text = "",
    ) -> Response:
        typed, now = lines(part), app.clock()
        try:
            with app.writing() as session:
                piece = own_piece(session, piece_id, who)
                if typed:
                    _use(pages, session, who, piece, typed, channel, revision)
                chosen = _chosen(session, to, who)
                rows = [
                    row
                    for each in chosen
                    for row in schedule.queue_piece(
                        session, piece, each, now=now, at=_time(when, at, each, now)
                    )
                ]
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error, typed=typed or None)
        return _sent(rows, chosen, piece_id, when, now)

    return router


def _chosen(session: Session, to: list[int], who: Visitor) -> list[ChannelRow]:
    if not to:
        raise PullquoteError("No channel is chosen: choose where it goes.")
    return [own_channel(session, number, who) for number in to]


def _use(
    pages: Pages,
    session: Session,
    who: Visitor,
    piece: PieceRow,
    typed: list[str],
    channel: int,
    revision: int,
) -> None:
    app = pages.app
    desk = composer.desk(
        session,
        piece,
        who.workspace_id,
        channel,
        who.person_id,
        vault=app.vault,
        now=app.clock(),
        typed=typed,
    )
    if desk.editable and typed != desk.said:
        composer.use(session, piece, typed, desk, who.person_id, hand(pages, who, revision or None))


def _sent(
    rows: list[DeliveryRow], chosen: list[ChannelRow], piece_id: int, when: str, now: datetime
) -> Response:
    first = rows[0]
    if len(rows) == 1:
        goes = "now" if when == "now" else f"at {spell_time(first.due_at, chosen[0].zone, now)}"
        return done(f"/deliveries/{first.id}", f"It goes out {goes}.")
    goes = {"now": "now", "slot": "in the next free slot"}.get(when, "at that time")
    return done(f"/pieces/{piece_id}", f"It goes out {goes} on {len(chosen)} channels.")


def _time(when: str, at: str, channel: ChannelRow, now: datetime) -> datetime | None:
    match when:
        case "now":
            return now
        case "slot":
            return None
        case _:
            if not at.strip():
                raise PullquoteError("Say when: choose a day and a time.")
            return parse_time(at.replace("T", " "), channel.zone, now)
