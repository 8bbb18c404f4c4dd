"""pullquote correct: who said a quote, whether it is used, and how many of its sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

import typer

from scheduler.cli import _complete
from scheduler.cli._show import hint, say
from scheduler.cli._start import open_app
from scheduler.domain.errors import PullquoteError
from scheduler.domain.quote import spoken
from scheduler.services import correct as service
from scheduler.services.correct import Correction
from scheduler.store import articles, quotes


def correct(
    ctx: typer.Context,
    article_id: Annotated[
        int, typer.Argument(help="The article's number.", autocompletion=_complete.articles)
    ],
    number: Annotated[int, typer.Argument(help="The quote's number in `pullquote quotes`.")],
    speaker: Annotated[
        str | None, typer.Option("--speaker", help='Who said it; "" is who the article says.')
    ] = None,
    use: Annotated[
        bool | None, typer.Option("--use/--leave-out", help="Whether pieces may be made of it.")
    ] = None,
    sentences: Annotated[
        str | None, typer.Option("--sentences", help="Which to keep, as 1-2; `all` for all of them.")
    ] = None,
) -> None:
    """Correct a quote: its speaker, its use, its length. Its words stay as they stand in the article."""
    app = open_app(ctx)
    with app.writing() as session:
        article, row = articles.get(session, article_id), quotes.numbered(session, article_id, number)
        new = service.present(article, row)
        new = new if speaker is None else replace(new, speaker=speaker)
        new = new if use is None else replace(new, used=use)
        new = new if sentences is None else _keeping(new, sentences)
        service.correct(session, article, row, new)
        found = quotes.quote(row)
        say(f"“{spoken(article.body, found.shown)}” {found.speaker or found.mention or 'Nobody named'}")
    hint("It is left out: no piece is made of it." if found.unused else "Pieces made from now on follow it.")


def _keeping(correction: Correction, text: str) -> Correction:
    if text == "all":
        return replace(correction, first=1, last=0)
    found = re.fullmatch(r"([1-9]\d{0,3})(?:-([1-9]\d{0,3}))?", text)
    if found is None:
        raise PullquoteError("Say which sentences to keep: 2, or 1-2, or all.")
    return replace(correction, first=int(found[1]), last=int(found[2] or found[1]))
