"""Signing in and out, and the link that makes an account."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from scheduler.domain.accounts import TooManyTries
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.services import accounts
from scheduler.store import people, workspaces
from scheduler.store.tables_people import PersonRow
from scheduler.web._page import Pages, done, sentence
from scheduler.web.fields import Text
from scheduler.web.visitors import Sender, inside

Next = Annotated[str, Form(alias="next")]


def routes(pages: Pages) -> APIRouter:
    router = APIRouter()
    app = pages.app

    @router.get("/sign-in")
    def ask(request: Request) -> Response:
        there = inside(request.query_params.get("next", "/"))
        with app.reading() as session:
            nobody = people.is_empty(session)
        return pages.plain("sign_in", next=there, email="", error="", nobody=nobody)

    @router.post("/sign-in")
    def sign_in(request: Request, email: Text = "", password: Text = "", there: Next = "/") -> Response:
        try:
            person = _identified(pages, email, password, _place(request))
        except PullquoteError as error:
            status = 429 if isinstance(error, TooManyTries) else 401
            said = {"next": inside(there), "email": email, "error": sentence(error), "nobody": False}
            return pages.plain("sign_in", status=status, **said)
        return _let_in(pages, request, person, inside(there))

    @router.post("/sign-out")
    def sign_out(who: Sender) -> Response:
        with app.writing() as session:
            people.sign_out(session, who.token_digest)
        return pages.visitors.let_out(done("/sign-in"))

    @router.get("/welcome/{token}")
    def welcome(token: str) -> Response:
        try:
            with app.reading() as session:
                accounts.invited(session, token, app.clock())
        except NotFound as error:
            return _no_longer(pages, error)
        return _welcome(pages)

    @router.post("/welcome/{token}")
    def accept(
        request: Request, token: str, email: Text = "", name: Text = "", password: Text = ""
    ) -> Response:
        new = {"email": email, "name": name, "password": password}
        try:
            with app.writing() as session:
                person = accounts.accept(session, token, **new, now=app.clock())
        except NotFound as error:
            return _no_longer(pages, error)
        except PullquoteError as error:
            return _welcome(pages, email=email, name=name, error=sentence(error))
        return _let_in(pages, request, person, "/")

    return router


def _identified(pages: Pages, email: str, password: str, place: str) -> PersonRow:
    with pages.app.writing() as session:
        accounts.count_try(session, email, place, pages.app.clock())
    with pages.app.reading() as session:
        person = accounts.identify(session, email, password)
    if person is None:
        raise PullquoteError(accounts.WRONG)
    return person


def _let_in(pages: Pages, request: Request, person: PersonRow, path: str) -> Response:
    browser = request.headers.get("user-agent", "")
    with pages.app.writing() as session:
        token = accounts.begin(session, person, browser=browser, place=_place(request), now=pages.app.clock())
    return pages.visitors.let_in(done(path), token)


def _welcome(pages: Pages, *, email: str = "", name: str = "", error: str = "") -> Response:
    with pages.app.reading() as session:
        row = workspaces.find(session)
    workspace = row.name if row else "Pullquote"
    values = {"workspace_name": workspace, "email": email, "name": name, "error": error}
    return pages.plain("welcome", status=422 if error else 200, **values)


def _no_longer(pages: Pages, error: NotFound) -> Response:
    return pages.plain("message", status=404, title="This link is no longer good", text=sentence(error))


def _place(request: Request) -> str:
    return request.client.host if request.client else ""
