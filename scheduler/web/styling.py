"""How a piece's card looks, picked by picture: template, size, photo; and the words for who cannot see it."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.brand import CENTRE
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.render import photo
from scheduler.render.thumbnail import TYPE
from scheduler.services import looks
from scheduler.services.accounts import Visitor
from scheduler.services.card_choice import choose, order_of
from scheduler.services.thumbnails import Thumbnails
from scheduler.store import articles, assets, pieces
from scheduler.web._page import Pages, done
from scheduler.web.composing import back, hand
from scheduler.web.fields import Id, NumberOrNone, OrNone, Text, Texts, UploadOrNone
from scheduler.web.pieces import own_piece, piece_page
from scheduler.web.visitors import Editor, Reader

KEEP = {"Cache-Control": "private, max-age=86400"}  # a thumbnail's address names what it shows


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/pieces/{piece_id}")
    app, shelf = pages.app, Thumbnails()

    @router.get("/look")
    def pick(request: Request, who: Reader, piece_id: Id, channel: OrNone = 0) -> Response:
        return _look(pages, request, who, piece_id, channel)

    @router.post("/look")
    def restyle(
        request: Request,
        who: Editor,
        piece_id: Id,
        template: Text,
        size: Text,
        channel: NumberOrNone = 0,
    ) -> Response:
        try:
            with app.writing() as session:
                piece = own_piece(session, piece_id, who)
                choose(session, piece, app.studio, template, size, hand=hand(pages, who))
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error)
        return done(back(piece_id, channel, "#card"), "The card looks like that now.")

    @router.post("/photo")
    def photograph(
        request: Request,
        who: Editor,
        piece_id: Id,
        digest: Text = "",
        left: NumberOrNone = 50,
        top: NumberOrNone = 50,
        channel: NumberOrNone = 0,
        file: UploadOrNone = None,
    ) -> Response:
        try:
            with app.writing() as session:
                piece = own_piece(session, piece_id, who)
                studio, mine = app.studio, hand(pages, who)
                if file and file.filename:
                    data = file.file.read(photo.MOST_BYTES + 1)
                    looks.upload(session, piece, data, file.filename, studio, mine)
                else:
                    looks.picture(session, piece, digest, (left / 100, top / 100), studio, mine)
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error)
        return done(back(piece_id, channel, "#card"), "The card has that photo now.")

    @router.post("/alt")
    def describe(
        request: Request, who: Editor, piece_id: Id, alt: Texts, channel: NumberOrNone = 0
    ) -> Response:
        try:
            with app.writing() as session:
                looks.describe(session, own_piece(session, piece_id, who), alt, hand(pages, who))
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error)
        return done(back(piece_id, channel, "#alt"), "The alternative text is kept.")

    @router.get("/thumb/{template}/{size}")
    def thumb(who: Reader, piece_id: Id, template: str, size: str) -> Response:
        with app.reading() as session:
            piece = own_piece(session, piece_id, who)
            content = replace(pieces.content(piece), template=template, size=size)
            order = order_of(session, piece, content)
        return Response(shelf.card(order, app.studio.cards), media_type=TYPE, headers=KEEP)

    @router.get("/shot/{digest}")
    def shot(who: Reader, piece_id: Id, digest: str) -> Response:
        with app.reading() as session:
            piece = own_piece(session, piece_id, who)
            if digest not in {each.digest for each in looks.shots(session, piece)}:
                raise NotFound("That photo is not there any more.")
            small = shelf.photo(digest, lambda: assets.get(session, digest).data)
        return Response(small, media_type=TYPE, headers=KEEP)

    return router


def _look(pages: Pages, request: Request, who: Visitor, piece_id: int, channel: int) -> Response:
    with pages.app.reading() as session:
        piece = own_piece(session, piece_id, who)
        found = looks.looks(session, piece, pages.app.studio)
        article = articles.get(session, piece.article_id)
    content = found.content
    focus = content.focus if content.picture else CENTRE
    return pages.show(
        request,
        who,
        "look",
        piece=piece,
        article=article,
        channel=channel,
        found=found,
        content=content,
        focus=[round(100 * each) for each in focus],
        mark=f"{piece.revision}",
    )
