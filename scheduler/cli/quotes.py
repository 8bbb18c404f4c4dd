"""pullquote quotes: the passages of an article that are worth lifting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, emit, number, prose, say, table, word
from scheduler.cli._start import open_app
from scheduler.cli._stream import stream
from scheduler.domain.quote import spoken
from scheduler.extract.statements import Statement, statements
from scheduler.store import articles
from scheduler.store import quotes as store
from scheduler.store.tables import ArticleRow, QuoteRow


def quotes(
    ctx: typer.Context,
    article_id: Annotated[
        int | None, typer.Argument(help="The article's number.", autocompletion=_complete.articles)
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say what raised and lowered each score.")] = False,
    own: Annotated[
        bool,
        typer.Option(
            "--own", help="Show what the article says in its own words: standfirst, figures, headings."
        ),
    ] = False,
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
    if own:
        _show_own(article, rows, why=why, as_json=as_json)
        return
    if as_json:
        emit([_plain(row, article) for row in rows])
        return
    shown = table(number("#"), prose("Quote"), word("Speaker"), number("Score"))
    for row in rows:
        add(shown, row.number, _text(row, article, why), _speaker(row), f"{row.score:.2f}", style=_style(row))
    say(shown if rows else "The article has no quotes.")


def _show_own(article: ArticleRow, rows: Sequence[QuoteRow], *, why: bool, as_json: bool) -> None:
    """The author's words, the best first: nobody's name stands under them."""
    quoted = ((start, end) for row in rows for start, end in row.segments)
    found = statements(article.body, quoted, title=article.title, language=article.language)
    if as_json:
        emit([statement._asdict() | {"text": _own(article, statement)} for statement in found])
        return
    shown = table(prose("In the article's own words"), word("Kind"), number("Score"))
    for statement in found:
        text = Text(_own(article, statement))
        text.append(f"\n{', '.join(statement.reasons)}" if why else "", "dim italic")
        add(shown, text, statement.kind, f"{statement.score:.2f}")
    say(shown if found else "The article says nothing that can stand alone.")


def _own(article: ArticleRow, statement: Statement) -> str:
    return article.body[statement.start : statement.end]


def _text(row: QuoteRow, article: ArticleRow, why: bool) -> Text:
    text = Text(f"“{spoken(article.body, store.quote(row).shown)}”")
    notes = ["left out"] if row.unused else []
    notes += [f"says the same as {row.duplicate_of}"] if row.duplicate_of else []
    notes += [reason for reason in row.reasons if why and not reason.startswith("says the same")]
    if notes:
        text.append(f"\n{', '.join(notes)}", "dim italic")
    return text


def _speaker(row: QuoteRow) -> Text:
    name = row.named or row.speaker
    return Text(name) if name else Text(row.mention or "unknown", "dim italic")


def _style(row: QuoteRow) -> str:
    return "dim" if row.duplicate_of or row.unused else ""


def _plain(row: QuoteRow, article: ArticleRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": spoken(article.body, store.quote(row).shown),
        "speaker": row.named or row.speaker,
        "mention": row.mention,
        "kind": row.kind,
        "segments": row.segments,
        "rule": row.rule,
        "confidence": row.confidence,
        "score": row.score,
        "reasons": row.reasons,
        "duplicate_of": row.duplicate_of,
        "used": not row.unused,
    }
