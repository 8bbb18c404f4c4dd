"""pullquote add and pullquote articles: what pieces are made from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.bootstrap import Pullquote
from scheduler.cli import _complete
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson, Yes, confirm
from scheduler.cli._show import add as add_row
from scheduler.cli._show import busy, emit, facts, hint, line, number, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.article import MAX_SOURCE, Article
from scheduler.domain.errors import PullquoteError
from scheduler.domain.text import words
from scheduler.services import ingest
from scheduler.services import reread as rereading
from scheduler.services.ingest import Ingested
from scheduler.services.removal import remove_article
from scheduler.store import articles as store
from scheduler.store.tables import ArticleRow

group = typer.Typer(cls=Listing, help="Articles: what pieces are made from.")
ArticleId = Annotated[int, typer.Argument(help="The article's number.", autocompletion=_complete.articles)]
Kind = Annotated[
    str | None,
    typer.Option("--as", help="What it is: text, markdown or html.", show_default="by its name and look"),
]


def add(
    ctx: typer.Context,
    sources: Annotated[list[str], typer.Argument(help="Files or web addresses; - reads standard input.")],
    kind: Kind = None,
) -> None:
    """Add articles: plain text, Markdown, HTML or a web page. Adding the same one again changes nothing."""
    app = open_app(ctx)
    for source in sources:
        with busy(f"Reading {source}"):
            found = _ingest(app, source, kind)
        say(_told(found))
        if found.new:
            hint(f"Next: `pullquote quotes {found.article.id}`, then `pullquote split {found.article.id}`.")


def _ingest(app: Pullquote, source: str, kind: str | None) -> Ingested:
    with app.reading() as session:
        workspace_id = the_workspace(session).id
    now = app.clock()
    if _is_address(source):
        page = app.pages.fetch(source)
        with app.writing() as session:
            return ingest.add_page(session, workspace_id, page, now=now)
    data, origin = _read(source)
    with app.writing() as session:
        return ingest.add_text(session, workspace_id, data, origin=origin, kind=kind, now=now)


def _is_address(source: str) -> bool:
    return source.startswith(("http://", "https://"))


def _read(source: str) -> tuple[bytes, str]:
    """At most a byte more than is read of any source: enough to see that it is too long."""
    if source == "-":
        return sys.stdin.buffer.read(MAX_SOURCE + 1), "standard input"
    try:
        with Path(source).open("rb") as file:
            return file.read(MAX_SOURCE + 1), Path(source).name
    except OSError as error:
        raise PullquoteError(f"{source} cannot be read ({error.strerror}): check the name.") from None


def _told(found: Ingested) -> Text:
    article = found.article
    if not found.new:
        return Text.assemble("Here already, nothing was changed. ", *_titled(article))
    by = f"by {article.author}" if article.author else "no author found"
    on = f"{article.published:%-d %B %Y}" if article.published else "no date found"
    return Text.assemble(
        *_titled(article), f"\n{by}, {on}, {words(article.body):,} words, {found.quotes} quotes"
    )


def _titled(article: ArticleRow) -> tuple[str, tuple[str, str]]:
    return f"Article {article.id}: ", (article.title, "bold")


@group.command("list")
def list_articles(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the articles, the newest first."""
    app = open_app(ctx)
    with app.reading() as session:
        rows = store.of_workspace(session, the_workspace(session).id)
    if as_json:
        emit([_plain(row) for row in rows])
        return
    shown = table(number("ID"), line("Title"), word("Author"), word("Date"), number("Words"))
    for row in rows:
        add_row(shown, row.id, row.title, row.author, row.published, f"{words(row.body):,}")
    say(shown if rows else "No articles yet: add one with `pullquote add`.")


@group.command("show")
def show(
    ctx: typer.Context,
    article_id: ArticleId,
    paragraphs: Annotated[
        int | None, typer.Option(min=0, help="How many of its paragraphs.", show_default="all")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show an article as it was cleaned: every offset of a quote points into this body."""
    app = open_app(ctx)
    with app.reading() as session:
        row = store.get(session, article_id)
    if as_json:
        emit(_plain(row) | {"body": row.body})
        return
    say(
        Text(row.title, "bold"),
        facts(
            ("Author", row.author or "unknown"),
            ("Date", f"{row.published:%-d %B %Y}" if row.published else "unknown"),
            ("Address", row.url),
            ("Read from", row.origin),
            ("Language", row.language),
        ),
        "",
        _body(row, paragraphs),
    )


def _body(row: ArticleRow, most: int | None) -> str:
    parts = row.body.split("\n\n")
    left = len(parts[most:]) if most is not None else 0
    return "\n\n".join([*parts[:most], *([f"… and {left} more paragraphs."] if left else [])])


@group.command("reread")
def reread(
    ctx: typer.Context,
    article_id: ArticleId,
    file: Annotated[
        str | None,
        typer.Argument(help="A file with the article as it is now.", show_default="the address it came from"),
    ] = None,
    kind: Kind = None,
) -> None:
    """Read an article again. Pieces that still wait and whose words it no longer says are held, with the change."""
    app = open_app(ctx)
    with app.reading() as session:
        row = store.get(session, article_id)
    with busy(f"Reading {file or row.origin}"):
        new = _again(app, row, file, kind)
    with app.writing() as session:
        found = rereading.reread(session, store.get(session, article_id), new, now=app.clock())
    if not found.changed:
        say("Nothing changed: the article says what it said.")
        return
    say(Text.assemble("Stored as it is now. ", f"Article {row.id}: ", (new.title, "bold")))
    for held in found.held:
        say(f"Held: {held.piece.kind} {held.piece.id}{_waiting(len(held.deliveries))}. {held.reason}")
    if found.held:
        hint(f"New pieces with the new words: `pullquote split {article_id} --again`.")
    else:
        say("Every piece that waits still stands in it, word for word.")


def _again(app: Pullquote, row: ArticleRow, file: str | None, kind: str | None) -> Article:
    """From the file, or else from where it came from."""
    source = file or next((each for each in (row.origin, row.url) if _is_address(each)), None)
    if source is None:
        raise PullquoteError(f"Article {row.id} was read from {row.origin}: name the file that has it now.")
    if _is_address(source):
        return ingest.read_page(app.pages.fetch(source))
    data, origin = _read(source)
    return ingest.read_text(data, origin=origin, kind=kind)


def _waiting(count: int) -> str:
    return ("", " and its waiting delivery", f" and its {count} waiting deliveries")[min(count, 2)]


@group.command("remove")
def remove(ctx: typer.Context, article_id: ArticleId, yes: Yes = False) -> None:
    """Remove an article with its quotes, its pieces and their deliveries."""
    app = open_app(ctx)
    with app.reading() as session:
        title = store.get(session, article_id).title
    confirm(
        f"Remove article {article_id} ({title}), all that was made from it and the record of what was sent?",
        yes,
    )
    with app.writing() as session:
        remove_article(session, store.get(session, article_id))
    say(f"Article {article_id} is removed.")


def _plain(row: ArticleRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "title": row.title,
        "author": row.author,
        "published": row.published.isoformat() if row.published else None,
        "language": row.language,
        "url": row.url,
        "site": row.site,
        "origin": row.origin,
        "words": words(row.body),
    }
