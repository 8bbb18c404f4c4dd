"""What of a piece is changed with one button: which channels follow its text, its link, and the way back."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.errors import PullquoteError
from scheduler.services import autosave, editing, rewording, tracking
from scheduler.store.drafts import Place
from scheduler.web._page import Pages, done
from scheduler.web.channels import own_channel
from scheduler.web.composing import back, channel_or_none, hand
from scheduler.web.fields import Id, Number, NumberOrNone, Text
from scheduler.web.pieces import own_piece, piece_page
from scheduler.web.visitors import Editor


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/pieces/{piece_id}")
    app = pages.app

    @router.post("/detach")
    def detach(who: Editor, piece_id: Id, channel: Number) -> Response:
        with app.writing() as session:
            piece, to = own_piece(session, piece_id, who), own_channel(session, channel, who)
            rewording.detach(session, piece, to, hand(pages, who))
        return done(back(piece_id, channel, "#words"), f"{to.name} has words of its own now.")

    @router.post("/reattach")
    def reattach(who: Editor, piece_id: Id, channel: Number) -> Response:
        with app.writing() as session:
            piece, to = own_piece(session, piece_id, who), own_channel(session, channel, who)
            rewording.reattach(session, piece, to, hand(pages, who))
            autosave.discard(session, Place(piece_id, who.person_id, channel))
        return done(back(piece_id, channel, "#words"), f"{to.name} says what the others say.")

    @router.post("/undo")
    def undo(request: Request, who: Editor, piece_id: Id, channel: NumberOrNone = 0) -> Response:
        try:
            with app.writing() as session:
                what = editing.undo(session, own_piece(session, piece_id, who), hand(pages, who))
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error)
        return done(back(piece_id, channel), f"Undone: {what}.")

    @router.post("/link")
    def link(
        request: Request,
        who: Editor,
        piece_id: Id,
        channel: NumberOrNone = 0,
        utm_source: Text = "",
        utm_medium: Text = "",
        utm_campaign: Text = "",
        utm_content: Text = "",
        utm_term: Text = "",
        default: Text = "",
    ) -> Response:
        values = dict(
            zip(tracking.NAMES, (utm_source, utm_medium, utm_campaign, utm_content, utm_term), strict=True)
        )
        try:
            with app.writing() as session:
                piece, to = own_piece(session, piece_id, who), channel_or_none(session, channel, who)
                if default and to is not None:
                    tracking.set_default(session, to, values)
                    said = f"Every link on {to.name} has these parameters from now on."
                else:
                    tracking.relink(session, piece, to, values, hand(pages, who))
                    said = "The link has these parameters now."
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error)
        return done(back(piece_id, channel, "#link"), said)

    return router
