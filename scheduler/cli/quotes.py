"""pullquote quotes: the passages of an article that are worth lifting."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, emit, number, prose, say, table, word
from scheduler.cli._start import open_app
from scheduler.cli._stream import stream
from scheduler.domain.quote import spoken
from scheduler.store import articles
from scheduler.store import quotes as store
from scheduler.store.tables import ArticleRow, QuoteRow


def quotes(
    ctx: typer.Context,
    article_id: Annotated[
        int | None, typer.Argument(help="The article's number.", autocompletion=_complete.articles)
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say what raised and lowered each score.")] = False,
    as_json: AsJson = False,
    jsonl: Annotated[
        bool,
        typer.Option(
            "--jsonl", help='Read {"id", "text"} a line from standard input, and write {"id", "quotes"}.'
        ),
    ] = False,
) -> None:
    """Show the quotes of an article with their speakers and scores, in reading order."""
    if jsonl:
        stream()
        return
    if article_id is None:
        raise typer.BadParameter("say which article, or use --jsonl", param_hint="ARTICLE_ID")
    app = open_app(ctx)
    with app.reading() as session:
        article, rows = articles.get(session, article_id), store.of_article(session, article_id)
    if as_json:
        emit([_plain(row, article) for row in rows])
        return
    shown = table(number("#"), prose("Quote"), word("Speaker"), number("Score"))
    for row in rows:
        add(shown, row.number, _text(row, article, why), _speaker(row), f"{row.score:.2f}", style=_style(row))
    say(shown if rows else "The article has no quotes.")


def _text(row: QuoteRow, article: ArticleRow, why: bool) -> Text:
    text = Text(f"“{spoken(article.body, store.quote(row).segments)}”")
    notes = [f"says the same as {row.duplicate_of}"] if row.duplicate_of else []
    notes += [reason for reason in row.reasons if why and not reason.startswith("says the same")]
    if notes:
        text.append(f"\n{', '.join(notes)}", "dim italic")
    return text


def _speaker(row: QuoteRow) -> Text:
    return Text(row.speaker) if row.speaker else Text(row.mention or "unknown", "dim italic")


def _style(row: QuoteRow) -> str:
    return "dim" if row.duplicate_of else ""


def _plain(row: QuoteRow, article: ArticleRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": spoken(article.body, store.quote(row).segments),
        "speaker": row.speaker,
        "mention": row.mention,
        "kind": row.kind,
        "segments": row.segments,
        "rule": row.rule,
        "confidence": row.confidence,
        "score": row.score,
        "reasons": row.reasons,
        "duplicate_of": row.duplicate_of,
    }
