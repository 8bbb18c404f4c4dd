"""Writing in the composer: words are kept while somebody types them, and used when they say so."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlmodel import Session

from scheduler.domain import parts as threads
from scheduler.domain.errors import PullquoteError
from scheduler.render.environment import fill
from scheduler.services import autosave, composer
from scheduler.services.accounts import Visitor
from scheduler.services.editing import Hand
from scheduler.store.drafts import Place
from scheduler.store.tables import ChannelRow
from scheduler.web._page import Pages, done
from scheduler.web.channels import own_channel
from scheduler.web.fields import Id, Number, NumberOrNone, Text, Texts
from scheduler.web.pieces import desk_of, own_piece, piece_page, stage
from scheduler.web.visitors import Editor


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/pieces/{piece_id}")
    app = pages.app

    @router.post("/draft")
    def draft(
        who: Editor, piece_id: Id, part: Texts, revision: Number, channel: NumberOrNone = 0
    ) -> Response:
        """While somebody types: what they typed is kept, counted and shown."""
        typed = lines(part)
        now = app.clock()
        said = desk_of(pages, who, piece_id, channel).said
        with app.writing() as session:
            place = place_of(session, piece_id, channel, who)
            kept = autosave.keep(session, place, typed, said, revision, now)
        desk = desk_of(pages, who, piece_id, channel, typed)
        words = pages.words(who) | {"desk": desk, "kept": kept, **stage(pages, desk)}
        return HTMLResponse(fill(app.environment, "web/_typed.html.j2", words))

    @router.post("/parts")
    def change_parts(
        request: Request,
        who: Editor,
        piece_id: Id,
        part: Texts,
        act: Text,
        revision: Number,
        channel: NumberOrNone = 0,
        at: NumberOrNone = 0,
    ) -> Response:
        """A button at a part of a thread. `at` is where the cursor is, in UTF-16 units as browsers count."""
        typed, (what, _, number) = lines(part), act.partition("-")
        try:
            which = int(number) if number.isdecimal() else 0
            changed, next_part = threads.change(typed, what, which, _border(typed, which, at))
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error, typed=typed)
        said = desk_of(pages, who, piece_id, channel).said
        with app.writing() as session:
            place = place_of(session, piece_id, channel, who)
            autosave.keep(session, place, changed, said, revision, app.clock())
        return done(back(piece_id, channel, f"&part={next_part}"))

    @router.post("/text")
    def use(
        request: Request, who: Editor, piece_id: Id, part: Texts, revision: Number, channel: NumberOrNone = 0
    ) -> Response:
        typed = lines(part)
        desk = desk_of(pages, who, piece_id, channel, typed)
        try:
            with app.writing() as session:
                piece = own_piece(session, piece_id, who)
                composer.use(session, piece, typed, desk, who.person_id, hand(pages, who, revision))
        except PullquoteError as error:
            return piece_page(pages, request, who, piece_id, channel, error=error, typed=typed)
        where = f"On {desk.chosen.row.name} it" if desk.chosen else "It"
        return done(back(piece_id, channel), f"{where} says that now.")

    @router.post("/discard")
    def discard(who: Editor, piece_id: Id, channel: NumberOrNone = 0) -> Response:
        with app.writing() as session:
            autosave.discard(session, place_of(session, piece_id, channel, who))
        return done(back(piece_id, channel), "What you had typed is thrown away.")

    return router


def hand(pages: Pages, who: Visitor, revision: int | None = None) -> Hand:
    return Hand(who.name, pages.app.clock(), revision)


def place_of(session: Session, piece_id: int, channel_id: int, who: Visitor) -> Place:
    own_piece(session, piece_id, who)
    channel = channel_or_none(session, channel_id, who)
    return Place(piece_id, who.person_id, channel.id if channel else None)


def channel_or_none(session: Session, channel_id: int, who: Visitor) -> ChannelRow | None:
    return own_channel(session, channel_id, who) if channel_id else None


def lines(parts: list[str]) -> list[str]:
    """Browsers end the lines of a form as mail does."""
    return [part.replace("\r\n", "\n") for part in parts]


def _border(parts: list[str], number: int, at: int) -> int:
    """Where the cursor is, in code points."""
    if not 1 <= number <= len(parts) or not at:
        return 0
    before = parts[number - 1].encode("utf-16-le", "surrogatepass")[: 2 * at]
    return len(before.decode("utf-16-le", "ignore"))


def back(piece_id: int, channel_id: int, more: str = "") -> str:
    return f"/pieces/{piece_id}?channel={channel_id}{more}"
