"""The pages: what people, subscribers and probes reach over HTTP. Faces hold no rule; services do."""

from __future__ import annotations

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from scheduler.bootstrap import Pullquote
from scheduler.domain.accounts import NotSignedIn
from scheduler.domain.errors import NotFound, PullquoteError
from scheduler.web import (
    account,
    articles,
    brand,
    brand_files,
    calendar,
    channels,
    composing,
    connecting,
    deliveries,
    filling,
    fonts,
    health,
    images,
    live,
    pieces,
    queue,
    quoting,
    retouching,
    sending,
    sign_in,
    static_files,
    stopping,
    styling,
    today,
    unsubscribe,
)
from scheduler.web._page import Pages, sentence
from scheduler.web.fields import readable
from scheduler.web.guard import Guard
from scheduler.web.visitors import ForeignForm, NotAllowed, Visitors, to_sign_in

ROOMS = (
    sign_in,
    today,
    calendar,
    filling,
    queue,
    deliveries,
    connecting,
    channels,
    articles,
    quoting,
    pieces,
    composing,
    retouching,
    sending,
    styling,
    brand,
    brand_files,
    stopping,
    account,
    live,
)


def create_app(app: Pullquote) -> FastAPI:
    web = FastAPI(
        title="Pullquote", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(readable)]
    )
    web.add_middleware(Guard)
    pages = Pages(app, Visitors(app))
    web.state.visitors = pages.visitors
    web.include_router(unsubscribe.routes(app))
    web.include_router(images.routes(app))
    web.include_router(health.routes(app))
    for module in ROOMS:
        web.include_router(module.routes(pages))
    web.mount("/static/fonts", fonts.serve(), name="fonts")
    web.mount("/static", static_files.serve(), name="static")
    _answer_errors(web, pages)
    return web


def _answer_errors(web: FastAPI, pages: Pages) -> None:
    """Each as a page, in a sentence that says what to do."""
    web.exception_handler(NotSignedIn)(to_sign_in)

    @web.exception_handler(PullquoteError)
    def wrong(_request: Request, error: PullquoteError) -> Response:
        return pages.plain("message", status=_status(error), title="That did not work", text=sentence(error))

    @web.exception_handler(RequestValidationError)
    def unreadable(request: Request, _error: RequestValidationError) -> Response:
        if request.method != "POST":
            return pages.missing()
        text = "Something in the form is missing or cannot be: go back, look at it and send it again."
        return pages.plain("message", status=422, title="That did not work", text=text)

    @web.exception_handler(HTTPException)
    def http(_request: Request, error: HTTPException) -> Response:
        if error.status_code == 404:
            return pages.missing()
        return pages.plain("message", status=error.status_code, title="That did not work", text=error.detail)


def _status(error: PullquoteError) -> int:
    match error:
        case NotFound():
            return 404
        case ForeignForm() | NotAllowed():
            return 403
        case _:
            return 422
