"""Your account: the password, and the browsers that you are signed in from."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from scheduler.domain.errors import PullquoteError
from scheduler.services import accounts
from scheduler.services.accounts import Visitor
from scheduler.store import people
from scheduler.web._page import Pages, done, sentence
from scheduler.web.fields import Id, Text
from scheduler.web.visitors import Reader, Sender


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/account")
    app = pages.app

    @router.get("")
    def look(request: Request, who: Reader) -> Response:
        return _page(pages, request, who)

    @router.post("/password")
    def password(request: Request, who: Sender, old: Text = "", new: Text = "") -> Response:
        try:
            with app.writing() as session:
                accounts.count_try(session, who.email, accounts.ACCOUNT, app.clock())
            with app.reading() as session:
                stored = accounts.new_password(session, who, old=old, new=new)
            with app.writing() as session:
                accounts.change_password(session, who, stored)
        except PullquoteError as error:
            return _page(pages, request, who, sentence(error), 422)
        return done("/account", "Your password is changed, and every other browser is signed out.")

    @router.post("/sign-out-others")
    def others(who: Sender) -> Response:
        with app.writing() as session:
            people.sign_out_of(session, who.person_id, but=who.token_digest)
        return done("/account", "Every other browser is signed out.")

    @router.post("/sign-out/{sign_in_id}")
    def one(who: Sender, sign_in_id: Id) -> Response:
        with app.writing() as session:
            people.sign_out_of(session, who.person_id, sign_in_id=sign_in_id)
        return done("/account", "That browser is signed out.")

    return router


def _page(pages: Pages, request: Request, who: Visitor, error: str = "", status: int = 200) -> Response:
    with pages.app.reading() as session:
        browsers = people.sign_ins(session, who.person_id)
    return pages.show(request, who, "account", status=status, browsers=browsers, error=error)
