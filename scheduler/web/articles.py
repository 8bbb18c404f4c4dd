"""From an address or a text to scheduled pieces: the article, its quotes in their places, its pieces, their dates."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import Response
from sqlmodel import Session

from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.domain.marked import Run, paragraphs
from scheduler.domain.piece import Recipe
from scheduler.services import correct, ingest, planning, schedule
from scheduler.services.accounts import Visitor
from scheduler.services.ingest import Ingested
from scheduler.services.produce import produce
from scheduler.store import articles, channels, pieces, quotes, subscribers
from scheduler.store.tables import ArticleRow, ChannelRow, PieceRow, QuoteRow
from scheduler.web._page import Pages, done, sentence
from scheduler.web.fields import Id, Numbers, Text, page_number
from scheduler.web.visitors import Editor, Reader

Upload = Annotated[UploadFile | None, File()]
_NUMBER = re.compile(r"[0-9]{1,10}")
PASTED = "pasted text"
SHOWN = 50  # on a page


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/articles")
    app = pages.app

    @router.get("")
    def listed(request: Request, who: Reader) -> Response:
        return _list(pages, request, who)

    @router.post("")
    def add(
        request: Request, who: Editor, address: Text = "", text: Text = "", file: Upload = None
    ) -> Response:
        try:
            found = _added(pages, who, address.strip(), text, file)
        except PullquoteError as error:
            return _list(pages, request, who, sentence(error), address, text)
        return done(f"/articles/{found.article.id}", _begun(pages, found))

    @router.get("/{article_id}")
    def look(request: Request, who: Reader, article_id: Id) -> Response:
        return article_page(pages, request, who, article_id)

    @router.post("/{article_id}/pieces")
    def make(request: Request, who: Editor, article_id: Id, again: Text = "") -> Response:
        try:
            with app.writing() as session:
                row = own_article(session, article_id, who)
                found = produce(session, row, Recipe(), app.studio, now=app.clock(), again=bool(again))
        except PullquoteError as error:
            return article_page(pages, request, who, article_id, sentence(error))
        return done(
            f"/articles/{article_id}#pieces", " ".join([f"{len(found.pieces)} pieces.", *found.notes])
        )

    @router.get("/{article_id}/schedule")
    def plan(request: Request, who: Reader, article_id: Id) -> Response:
        return _plan(pages, request, who, article_id, request.query_params.getlist("channel"))

    @router.post("/{article_id}/schedule")
    def carry_out(who: Editor, article_id: Id, channel: Numbers, audience: Text = "") -> Response:
        if not channel:
            raise PullquoteError("No channel is chosen: go back and choose one.")
        with app.writing() as session:
            row = own_article(session, article_id, who)
            to = [each for each in channels.of_workspace(session, who.workspace_id) if each.id in channel]
            found = planning.carry_out(session, row, to, app.clock(), audience or None)
        numbers = "-".join(str(each.row.id) for each in found.deliveries)
        said = f"{len(found.deliveries)} deliveries are scheduled."
        return done(f"/articles/{article_id}?done={numbers}#pieces", said)

    @router.post("/{article_id}/take-back")
    def take_back(who: Editor, article_id: Id, deliveries: Text = "") -> Response:
        numbers = [int(number) for number in deliveries.split("-") if _NUMBER.fullmatch(number)]
        with app.writing() as session:
            row = own_article(session, article_id, who)
            count = planning.take_back(session, row, numbers, app.clock())
        return done(f"/articles/{article_id}", f"{count} deliveries are taken back.")

    return router


def own_article(session: Session, article_id: int, who: Visitor) -> ArticleRow:
    row = articles.get(session, article_id)
    if row.workspace_id != who.workspace_id:
        raise NotFound(f"There is no article {article_id} here.")
    return row


def _added(pages: Pages, who: Visitor, address: str, text: str, file: UploadFile | None) -> Ingested:
    app, now = pages.app, pages.app.clock()
    if address:
        page = app.pages.fetch(address)
        with app.writing() as session:
            return ingest.add_page(session, who.workspace_id, page, now=now)
    data, origin = (file.file.read(), file.filename) if file and file.filename else (text.encode(), PASTED)
    if not data.strip():
        raise PullquoteError("Give an address, a text or a file.")
    with app.writing() as session:
        return ingest.add_text(session, who.workspace_id, data, origin=origin or PASTED, now=now)


def _begun(pages: Pages, found: Ingested) -> str:
    """Its pieces are made at once; what is in the way of that is said, and the article is here all the same."""
    if not found.new:
        return "You had this article already: nothing was changed."
    try:
        with pages.app.writing() as session:
            row = articles.get(session, found.article.id)
            made = produce(session, row, Recipe(), pages.app.studio, now=pages.app.clock())
    except PullquoteError as error:
        return sentence(error)
    return " ".join([f"{found.quotes} quotes, {len(made.pieces)} pieces.", *made.notes])


def _list(
    pages: Pages, request: Request, who: Visitor, error: str = "", address: str = "", text: str = ""
) -> Response:
    page = page_number(request.query_params.get("page", ""))
    with pages.app.reading() as session:
        found = articles.listed(session, who.workspace_id, SHOWN + 1, (page - 1) * SHOWN)
    return pages.show(
        request,
        who,
        "articles",
        status=422 if error else 200,
        found=found[:SHOWN],
        page=page,
        more=len(found) > SHOWN,
        error=error,
        typed={"address": address, "text": text},
    )


def article_page(pages: Pages, request: Request, who: Visitor, article_id: int, error: str = "") -> Response:
    with pages.app.reading() as session:
        row = own_article(session, article_id, who)
        found = quotes.of_article(session, article_id)
        made = pieces.of_article(session, article_id)
        own = channels.of_workspace(session, who.workspace_id)
    return pages.show(
        request,
        who,
        "article",
        status=422 if error else 200,
        row=row,
        paragraphs=_marked(row, found),
        quotes=[correct.review(row, each) for each in found],
        names=correct.names(found),
        pieces=[(each, _shown_on(each, own)) for each in made],
        error=error,
        undo=request.query_params.get("done", ""),
        before=_before(request),
    )


def _before(request: Request) -> dict[str, str] | None:
    """What a quote was before it was corrected: what the button that undoes it sends."""
    asked = {
        name: request.query_params.get(name, "") for name in ("quote", "speaker", "used", "first", "last")
    }
    return asked if _NUMBER.fullmatch(asked["quote"]) else None


def _marked(row: ArticleRow, found: list[QuoteRow]) -> list[list[Run]]:
    return paragraphs(row.body, [(start, end, each.number) for each in found for start, end in each.segments])


def _shown_on(piece: PieceRow, own: list[ChannelRow]) -> ChannelRow | None:
    """The first channel that would show the piece, for its picture."""
    return next((channel for channel in own if not schedule.carries(channel, piece)), None)


def _plan(pages: Pages, request: Request, who: Visitor, article_id: int, chosen: list[str]) -> Response:
    """The dates, before anything is done."""
    app = pages.app
    with app.writing() as session:  # what is tried is taken back
        row = own_article(session, article_id, who)
        own = channels.of_workspace(session, who.workspace_id)
        to = [each for each in own if not chosen or str(each.id) in chosen]
        audience = request.query_params.get("audience") or None
        found = planning.plan(session, row, to, app.clock(), audience)
        lists = [row.name for row, _ in subscribers.lists(session, who.workspace_id)]
    return pages.show(
        request,
        who,
        "plan",
        row=row,
        found=found,
        channels=own,
        to={each.id for each in to},
        lists=lists,
        audience=audience or "",
    )
