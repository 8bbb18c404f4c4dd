"""pullquote split and pullquote pieces: cards, posts, threads and issues made from an article."""

from __future__ import annotations

from dataclasses import asdict
from textwrap import shorten
from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._commands import Listing
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, busy, emit, hint, number, prose, say, table, word
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.piece import PieceStatus, Recipe
from scheduler.services.card_choice import Option, choose, options
from scheduler.services.editing import Hand
from scheduler.services.listing import summary
from scheduler.services.produce import produce
from scheduler.store import articles, channels
from scheduler.store import pieces as store
from scheduler.store.tables import PieceRow

group = typer.Typer(cls=Listing, help="Pieces: what was made from an article.")
ArticleId = Annotated[int, typer.Argument(help="The article's number.", autocompletion=_complete.articles)]
PieceId = Annotated[int, typer.Argument(help="The piece's number.", autocompletion=_complete.pieces)]
DEFAULT = Recipe()
LONGEST = 160  # characters of a piece in a table


def split(
    ctx: typer.Context,
    article_id: ArticleId,
    cards: Annotated[int, typer.Option(min=0, help="How many cards at most.")] = DEFAULT.cards,
    posts: Annotated[int, typer.Option(min=0, help="How many posts at most.")] = DEFAULT.posts,
    threads: Annotated[int, typer.Option(min=0, help="How many threads at most.")] = DEFAULT.threads,
    issues: Annotated[int, typer.Option(min=0, help="How many issues at most.")] = DEFAULT.issues,
    template: Annotated[
        str | None,
        typer.Option(
            help="The template of all cards.",
            show_default="what suits each quote",
            autocompletion=_complete.card_templates,
        ),
    ] = None,
    size: Annotated[
        str, typer.Option(help="The size of the cards: square, portrait, wide, landscape, story or link.")
    ] = DEFAULT.card_size,
    hashtag: Annotated[
        list[str] | None, typer.Option(help="A hashtag for the posts; may be repeated.")
    ] = None,
    recipe: Annotated[str, typer.Option(help="What this way to split is called.")] = DEFAULT.name,
    again: Annotated[bool, typer.Option("--again", help="Make new pieces beside those there are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make the pieces of an article: cards, posts, a thread and an issue of the newsletter."""
    chosen = Recipe(
        name=recipe,
        cards=cards,
        posts=posts,
        threads=threads,
        issues=issues,
        card_size=size,
        hashtags=tuple(hashtag or ()),
    )
    if template is not None:
        chosen = chosen.all_cards_in(template)
    app = open_app(ctx)
    with busy("Making the pieces"), app.writing() as session:
        article = articles.get(session, article_id)
        found = produce(session, article, chosen, app.studio, now=app.clock(), again=again)
    if as_json:
        emit({"made": found.made, "notes": found.notes, "pieces": [_plain(row) for row in found.pieces]})
        return
    _print(found.pieces)
    for note in found.notes:
        hint(note)
    hint(
        f"Next: `pullquote preview {found.pieces[0].id} --channel NAME`, or `pullquote queue all {article_id}`."
    )


@group.command("list")
def list_pieces(
    ctx: typer.Context,
    article_id: Annotated[
        int | None,
        typer.Argument(
            help="The article's number; all articles without it.", autocompletion=_complete.articles
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List the pieces of an article, or of all."""
    app = open_app(ctx)
    with app.reading() as session:
        known = articles.of_workspace(session, the_workspace(session).id)
        chosen = [articles.get(session, article_id)] if article_id else reversed(known)
        rows = [row for article in chosen for row in store.of_article(session, article.id)]
    if as_json:
        emit([_plain(row) for row in rows])
    elif rows:
        _print(rows)
    else:
        say("No pieces yet: make them with `pullquote split`.")


@group.command("show")
def show(ctx: typer.Context, piece_id: PieceId, as_json: AsJson = False) -> None:
    """Show what a piece says on each kind of channel."""
    app = open_app(ctx)
    with app.reading() as session:
        row = store.get(session, piece_id)
    if as_json:
        emit(_plain(row) | {"content": row.content})
        return
    content = store.content(row)
    say(Text(f"{row.kind} {row.id}", "bold"), summary(row))
    if content.passage:
        say(
            Text.assemble(
                ("\nTemplate  ", "dim"),
                f"{content.template}, {content.size}",
                (f": {content.why}" if content.why else "", "dim"),
            )
        )
    if content.alt:
        say(Text.assemble(("\nAlternative text  ", "dim"), content.alt))
    for kind, items in content.texts.items():
        say(Text(f"\n{kind or 'any other kind'}", "bold"), "\n\n".join(items))
    for kind, reason in content.refused.items():
        say(Text.assemble((f"\n{kind}", "bold"), (f"  cannot carry it: {reason}", "yellow")))


@group.command("card")
def card(
    ctx: typer.Context,
    piece_id: PieceId,
    template: Annotated[
        str, typer.Option(help="Draw it in this template.", autocompletion=_complete.card_templates)
    ] = "",
    size: Annotated[str, typer.Option(help="Draw it in this size.")] = "",
    channel: Annotated[str, typer.Option(help="For this channel.", autocompletion=_complete.channels)] = "",
    as_json: AsJson = False,
) -> None:
    """Show which templates a card can have, and why it has its own; or choose another template or size.

    What was composed already goes out as it is.
    """
    app = open_app(ctx)
    if template or size:
        with app.writing() as session:
            hand = Hand("Somebody at the command line", app.clock())
            made = choose(session, store.get(session, piece_id), app.studio, template, size, hand=hand)
        say(f"Piece {piece_id} is drawn as {made.template}, {made.size}.")
    with app.reading() as session:
        kind = channels.by_name(session, the_workspace(session).id, channel).kind if channel else ""
        found = options(session, piece_id, app.studio, kind=kind, size=size)
    if as_json:
        emit([asdict(option) for option in found])
    elif not (template or size):
        _print_options(found)


def _print_options(found: list[Option]) -> None:
    shown = table(word("Template"), number("Images"), prose("What it is"))
    for option in found:
        name = Text(option.template, "bold" if option.chosen else "")
        what = Text(option.about)
        if option.chosen and option.why:
            what.append(f"\nchosen: {option.why}", "green")
        if option.refused:
            what.append(f"\n{option.refused}", "yellow")
        add(shown, name, "" if option.refused else option.frames, what)
    say(shown)


@group.command("hold")
def hold(
    ctx: typer.Context,
    piece_id: PieceId,
    why: Annotated[str, typer.Option(help="The reason, for the others.")] = "Stopped by a person",
) -> None:
    """Keep a piece from being sent, on every channel, until it is released."""
    app = open_app(ctx)
    with app.writing() as session:
        store.hold(session, store.get(session, piece_id), why)
    say(f"Piece {piece_id} is held. Let it go with `pullquote pieces release {piece_id}`.")


@group.command("release")
def release(ctx: typer.Context, piece_id: PieceId) -> None:
    """Let a held piece be sent again."""
    app = open_app(ctx)
    with app.writing() as session:
        store.release(session, store.get(session, piece_id))
    say(f"Piece {piece_id} is released. Deliveries that were held meanwhile: `pullquote queue release`.")


def _print(rows: list[PieceRow]) -> None:
    shown = table(number("ID"), word("Kind"), prose("What"), number("Items"))
    for row in rows:
        what = Text(shorten(summary(row), LONGEST, placeholder=" …"))
        if row.status == PieceStatus.HELD:
            what.append(f"\nheld: {row.reason}", "yellow")
        for reason in store.content(row).refused.values():
            what.append(f"\n{reason}", "dim italic")
        add(shown, row.id, row.kind, what, _items(row))
    say(shown)


def _items(row: PieceRow) -> str:
    """How many posts it is: "1", or "1–5" where that differs from kind to kind of channel."""
    counts = sorted({len(items) for kind, items in store.content(row).texts.items() if kind})
    return "–".join(str(count) for count in dict.fromkeys((counts[0], counts[-1]))) if counts else ""


def _plain(row: PieceRow) -> dict[str, Any]:
    content = store.content(row)
    return {
        "id": row.id,
        "article": row.article_id,
        "kind": row.kind,
        "status": row.status,
        "reason": row.reason,
        "recipe": row.recipe,
        "what": summary(row),
        "speaker": content.passage.speaker if content.passage else "",
        "alt": content.alt,
        "template": content.template,
        "why": content.why,
        "size": content.size,
        "frames": content.frames,
        "texts": content.texts,
        "refused": content.refused,
    }
