"""The composer: a piece's words for one kind of channel, counted as the network counts; and sending it now."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from scheduler.channels import adapter
from scheduler.domain.errors import PullquoteError
from scheduler.render.environment import fill
from scheduler.services import rewording, schedule
from scheduler.web._page import Pages, done, sentence
from scheduler.web.channels import own_channel
from scheduler.web.fields import Id, Number, Text
from scheduler.web.pieces import own_piece, piece_page
from scheduler.web.visitors import Editor, Sender


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/pieces/{piece_id}")
    app = pages.app

    @router.post("/measure")
    def measure(who: Sender, piece_id: Id, channel: Number, text: Text = "") -> Response:
        """The counters, while somebody types."""
        with app.reading() as session:
            own_piece(session, piece_id, who)
            kind = own_channel(session, channel, who).kind
        values = {"measured": rewording.measure(kind, text)}
        return HTMLResponse(fill(app.environment, "web/_counters.html.j2", values))

    @router.post("/text")
    def reword(request: Request, who: Editor, piece_id: Id, channel: Number, text: Text = "") -> Response:
        try:
            with app.writing() as session:
                piece, to = own_piece(session, piece_id, who), own_channel(session, channel, who)
                rewording.reword(session, piece, to.kind, text)
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=sentence(error), typed=text)
        return done(f"/pieces/{piece_id}?channel={channel}", f"On {adapter(to.kind).label} it says that now.")

    @router.post("/send")
    def send(who: Editor, piece_id: Id, channel: Number, when: Text = "now") -> Response:
        """Now, or in the next free slot."""
        now = app.clock()
        with app.writing() as session:
            piece, to = own_piece(session, piece_id, who), own_channel(session, channel, who)
            at = now if when == "now" else None
            rows = schedule.queue_piece(session, piece, to, now=now, at=at)
        said = "It goes out now." if when == "now" else "It takes the next free slot."
        return done(f"/deliveries/{rows[0].id}", said)

    return router
