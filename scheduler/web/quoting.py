"""Correcting a quote where it is shown: who said it, whether it is used, which of its sentences. Never its words."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from scheduler.domain.errors import PullquoteError
from scheduler.services import correct
from scheduler.services.correct import Correction
from scheduler.store import quotes
from scheduler.web._page import Pages, done, sentence
from scheduler.web.articles import article_page, own_article
from scheduler.web.fields import Id, Text
from scheduler.web.visitors import Editor

Sentence = Annotated[int, Form(ge=0, le=10_000)]
DONE = "Pieces that are made from now on follow it; those that were made stay as they are."


def routes(pages: Pages) -> APIRouter:
    router = APIRouter(prefix="/articles/{article_id}/quotes/{number}")
    app = pages.app

    @router.post("")
    def change(
        request: Request,
        who: Editor,
        article_id: Id,
        number: Id,
        speaker: Text = "",
        used: Text = "",
        first: Sentence = 1,
        last: Sentence = 0,
    ) -> Response:
        new = Correction(speaker, bool(used), first, last)
        try:
            with app.writing() as session:
                article = own_article(session, article_id, who)
                was = correct.correct(session, article, quotes.numbered(session, article_id, number), new)
        except PullquoteError as error:
            return article_page(pages, request, who, article_id, sentence(error))
        before = urlencode(_fields(was) | {"quote": number})
        return done(f"/articles/{article_id}?{before}#quote-{number}", f"Quote {number} is corrected. {DONE}")

    return router


def _fields(correction: Correction) -> dict[str, Any]:
    """As the form sends them: what is not ticked is not sent."""
    return asdict(correction) | {"used": "1" if correction.used else ""}
