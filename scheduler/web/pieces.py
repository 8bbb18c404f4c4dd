"""A piece as each network will show it: composed and fitted by the code that sends."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain import wording
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.piece import PieceKind
from scheduler.services import rewording, schedule
from scheduler.services.accounts import Visitor
from scheduler.services.preview import Item, preview
from scheduler.store import articles, channels, pieces
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
    error: str = "",
    typed: str | None = None,
) -> Response:
    """`error` is what is wrong with the words that somebody `typed`: they stay in the field."""
    with pages.app.reading() as session:
        piece = own_piece(session, piece_id, who)
        article = articles.get(session, piece.article_id)
        own = channels.of_workspace(session, who.workspace_id)
    takers = {each.id: schedule.carries(each, piece) for each in own}
    wanted = next((each for each in own if each.id == channel_id), None)
    chosen = wanted or next((each for each in own if not takers[each.id]), None)
    return pages.show(
        request,
        who,
        "piece",
        status=422 if error else 200,
        piece=piece,
        article=article,
        channels=own,
        takers=takers,
        chosen=chosen,
        wrong=error,
        **_shown(pages, piece, chosen),
        **_typed(piece, chosen, typed),
    )


def own_piece(session: Session, piece_id: int, who: Visitor) -> PieceRow:
    piece = pieces.get(session, piece_id)
    try:
        own_article(session, piece.article_id, who)
    except NotFound:
        raise NotFound(f"There is no piece {piece_id} here.") from None
    return piece


def _items(pages: Pages, who: Visitor, piece_id: int, channel_id: int) -> list[Item]:
    with pages.app.reading() as session:
        own_piece(session, piece_id, who)
        channel = own_channel(session, channel_id, who)
        return _preview(pages, session, piece_id, channel)


def _preview(pages: Pages, session: Session, piece_id: int, channel: ChannelRow) -> list[Item]:
    app = pages.app
    return preview(session, piece_id, channel, app.studio, vault=app.vault, now=app.clock())


def _typed(piece: PieceRow, channel: ChannelRow | None, typed: str | None) -> dict[str, Any]:
    """What the editor holds; nothing for an issue, or where no channel takes the piece."""
    if channel is None or piece.kind == PieceKind.ISSUE:
        return {"editable": False}
    said = pieces.content(piece).texts.get(channel.kind, [])
    text = wording.typed(said) if typed is None else typed
    return {"editable": True, "text": text, "measured": rewording.measure(channel.kind, text)}


def _shown(pages: Pages, piece: PieceRow, channel: ChannelRow | None) -> dict[str, Any]:
    """What the piece is on a channel, or why it is nothing there."""
    if channel is None:
        return {"items": [], "error": "" if piece.status == "ready" else piece.reason}
    try:
        with pages.app.reading() as session:
            return {"items": _preview(pages, session, piece.id, channel), "error": ""}
    except PullquoteError as error:
        return {"items": [], "error": sentence(error)}
