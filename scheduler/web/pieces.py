"""A piece on the composer: its words on each channel, and as each network will show it, by the code that sends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.domain.shown import runs
from scheduler.domain.wording import typed as as_typed
from scheduler.services import composer, looks, schedule
from scheduler.services.accounts import Visitor
from scheduler.services.composer import Desk
from scheduler.services.preview import Item, preview
from scheduler.services.rewording import Trouble, Unfit
from scheduler.store import channels, pieces
from scheduler.store.tables import ChannelRow, PieceRow
from scheduler.web._page import Pages, sentence
from scheduler.web.articles import own_article
from scheduler.web.channels import own_channel
from scheduler.web.fields import Id, OrNone
from scheduler.web.visitors import Reader

FRAMED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/pieces/{piece_id}")

    @router.get("")
    def look(request: Request, who: Reader, piece_id: Id, channel: OrNone = 0) -> Response:
        return piece_page(pages, request, who, piece_id, channel)

    @router.get("/image/{channel_id}/{number}")
    def image(who: Reader, piece_id: Id, channel_id: Id, number: Id) -> Response:
        images = [image for item in _items(pages, who, piece_id, channel_id) for image in item.images]
        if not 1 <= number <= len(images):
            return pages.missing()
        found = images[number - 1]
        headers = {"Cache-Control": "private, max-age=60"}
        return Response(found.data, media_type=found.type, headers=headers)

    @router.get("/mail/{channel_id}")
    def mail(who: Reader, piece_id: Id, channel_id: Id) -> Response:
        """The mail itself, for a frame: nothing in it runs."""
        items = _items(pages, who, piece_id, channel_id)
        found = next((item.copy for item in items if item.copy), None)
        if found is None:
            return pages.missing()
        headers = {"Content-Security-Policy": FRAMED, "X-Frame-Options": "SAMEORIGIN"}
        return Response(found.html, media_type="text/html", headers=headers)

    return router


def piece_page(
    pages: Pages,
    request: Request,
    who: Visitor,
    piece_id: int,
    channel_id: int,
    *,
    error: PullquoteError | None = None,
    typed: Sequence[str] | None = None,
) -> Response:
    """`error` is what is wrong with what somebody `typed`: it stays in the editor."""
    desk = desk_of(pages, who, piece_id, channel_id, typed)
    return pages.show(
        request,
        who,
        "piece",
        status=422 if error else 200,
        desk=desk,
        piece=desk.piece,
        article=desk.article,
        troubles=troubles(error),
        slots=_slots(pages, desk),
        focus=request.query_params.get("part", ""),
        joined=as_typed,
        **stage(pages, desk),
        **_card(pages, desk),
    )


def desk_of(
    pages: Pages, who: Visitor, piece_id: int, channel_id: int, typed: Sequence[str] | None = None
) -> Desk:
    app = pages.app
    with app.reading() as session:
        piece = own_piece(session, piece_id, who)
        found = (who.workspace_id, channel_id, who.person_id)
        return composer.desk(session, piece, *found, vault=app.vault, now=app.clock(), typed=typed)


def stage(pages: Pages, desk: Desk) -> dict[str, Any]:
    """The preview: what the piece would be with the words that are in the editor, or why it would be nothing."""
    tab = desk.on_stage
    if tab is None or tab.reason:
        held = desk.piece.reason if desk.piece.status != "ready" else ""
        return {"tab": tab, "items": [], "unseen": tab.reason if tab else held, "runs": runs}
    app = pages.app
    try:
        with app.reading() as session:
            content = composer.if_used(desk, tab)
            now = app.clock()
            items = preview(
                session, desk.piece.id, tab.row, app.studio, vault=app.vault, now=now, content=content
            )
    except PullquoteError as error:
        return {"tab": tab, "items": [], "unseen": sentence(error), "runs": runs}
    return {"tab": tab, "items": items, "unseen": "", "runs": runs}


def troubles(error: PullquoteError | None) -> list[Trouble]:
    if isinstance(error, Unfit):
        return list(error.troubles)
    return [Trouble(None, 0, sentence(error))] if error else []


def own_piece(session: Session, piece_id: int, who: Visitor) -> PieceRow:
    piece = pieces.get(session, piece_id)
    try:
        own_article(session, piece.article_id, who)
    except NotFound:
        raise NotFound(f"There is no piece {piece_id} here.") from None
    return piece


def _items(pages: Pages, who: Visitor, piece_id: int, channel_id: int) -> list[Item]:
    app = pages.app
    with app.reading() as session:
        own_piece(session, piece_id, who)
        channel = own_channel(session, channel_id, who)
        return preview(session, piece_id, channel, app.studio, vault=app.vault, now=app.clock())


def _slots(pages: Pages, desk: Desk) -> dict[int, Any]:
    """When each channel that takes the piece has its next free slot; one without slots has none."""
    found: dict[int, Any] = {}
    with pages.app.reading() as session:
        for tab in desk.tabs:
            if not tab.reason:
                found[tab.row.id] = _next_slot(session, tab.row, desk.piece, pages)
    return found


def _next_slot(session: Session, channel: ChannelRow, piece: PieceRow, pages: Pages) -> Any:
    try:
        place = schedule.next_place(
            session, channels.get(session, channel.id), piece.article_id, pages.app.clock()
        )
    except PullquoteError:
        return None
    return place.at


def _card(pages: Pages, desk: Desk) -> dict[str, Any]:
    """Its alternative texts, and the counters of the network that is looked at."""
    if desk.piece.kind != PieceKind.CARD:
        return {"alts": []}
    content, tab = desk.content, desk.on_stage
    images = tab.taker.can.images if tab else None
    usual = looks.usual_alts(content)
    said = []
    for n in range(content.frames):
        own = content.alts[n] if n < len(content.alts) else ""
        its = usual[n] if n < len(usual) else ""
        said.append((own, its, *looks.measure_alt(own or its, images.alt if images else None)))
    template = pages.app.studio.cards.label(content.template)
    return {"alts": said, "template": template}
