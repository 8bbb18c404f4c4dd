"""pullquote cards: the templates of quote cards, what is wrong with one, and an article's quotes on all of them."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from scheduler.bootstrap import Pullquote, card_renderer
from scheduler.cli import _complete, _gallery
from scheduler.cli._commands import Listing, refuse
from scheduler.cli._options import AsJson
from scheduler.cli._show import add, busy, emit, hint, prose, say, say_unbroken, table, word
from scheduler.cli._start import open_app, read_start
from scheduler.domain.errors import PullquoteError
from scheduler.render.card_safety import Problem
from scheduler.render.contact_sheet import Cell
from scheduler.render.output import JPEG, PNG, WEBP, Output
from scheduler.services.card_previews import previews

group = typer.Typer(
    cls=Listing, help="Card templates: which there are, what is wrong with one, how a quote looks on them."
)
TYPES = {"png": PNG, "jpeg": JPEG, "webp": WEBP}
LOOK = 0.5  # seconds between two looks at the templates' files


@group.command("list")
def list_templates(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the card templates and their sizes: yours first, then ours."""
    cards = card_renderer(read_start(ctx))
    found = [(name, cards.about(name), cards.dimensions(name)) for name in cards.templates()]
    if as_json:
        emit([{"name": name, "about": about, "sizes": sizes} for name, about, sizes in found])
        return
    shown = table(word("Template"), prose("What it is"), prose("Sizes"))
    for name, about, sizes in found:
        add(shown, name, about, ", ".join(f"{size} {w}×{h}" for size, (w, h) in sizes.items()))
    say(shown)
    hint("See an article on all of them with `pullquote cards preview ARTICLE`.")


@group.command("check")
def check(
    ctx: typer.Context,
    template: Annotated[
        list[str] | None,
        typer.Argument(
            help="Its name, or its folder; all of them without one.", autocompletion=_complete.card_templates
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say everything that is wrong with a template, by file and line. The exit code is 1 where anything is."""
    cards = card_renderer(read_start(ctx))
    found = [cards.problems(_place(name)) for name in template or cards.templates()]
    cards.close()
    if as_json:
        emit([_told(folder, each) for folder, problems in found for each in problems])
    for folder, problems in () if as_json else found:
        for each in problems:
            place = f"{folder / each.file}:{each.line}" if each.line else f"{folder / each.file}"
            say_unbroken(f"{place}: {each.what}: {each.todo}")
        if not problems:
            say(f"{folder.name}: nothing is wrong.")
    if any(problems for _, problems in found):
        raise typer.Exit(1)


def _place(name: str) -> str | Path:
    """What looks like a path is one."""
    folder = Path(name)
    if folder.name == name and not folder.is_dir():
        return name
    if not folder.is_dir():
        raise PullquoteError(f"There is no folder {name}: name a template, or the folder that it is in.")
    return folder


def _told(folder: Path, problem: Problem) -> dict[str, Any]:
    return {
        "file": str(folder / problem.file),
        "line": problem.line,
        "what": problem.what,
        "todo": problem.todo,
    }


@group.command("preview")
def preview(
    ctx: typer.Context,
    article_id: Annotated[
        int, typer.Argument(help="The article's number.", autocompletion=_complete.articles)
    ],
    template: Annotated[
        list[str] | None,
        typer.Option(help="Only this template; may be repeated.", autocompletion=_complete.card_templates),
    ] = None,
    size: Annotated[list[str] | None, typer.Option(help="Only this size; may be repeated.")] = None,
    folder: Annotated[Path, typer.Option("--open", help="Write the pictures and the pages there.")] = Path(
        "card-preview"
    ),
    image_type: Annotated[
        str, typer.Option("--type", help="png, jpeg or webp for all, instead of what suits each.")
    ] = "",
    watch: Annotated[bool, typer.Option("--watch", help="Draw again whenever a template is saved.")] = False,
    pdf: Annotated[
        bool, typer.Option("--pdf", help="Bind each carousel as a PDF, too; needs pullquote\\[pdf].")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Draw an article's quotes on every template at every size: a contact sheet, a page, and each card.

    Where a template cannot carry a quote, its place says why. Nothing is stored or queued.
    """
    app, output = open_app(ctx), _output(image_type)
    templates = template or app.cards.templates()
    seen = _versions(app, templates)
    drawn = _draw(app, article_id, templates, size or [], output, folder)
    for file in _gallery.bind_carousels(list(drawn.values()), folder) if pdf else ():
        hint(f"Written: {file}")
    if as_json:
        emit([_plain(cell, folder) for cell in drawn.values()])
    else:
        _tell(list(drawn.values()), folder)
    if watch:
        hint("Watching the templates: save one to draw it again, Ctrl-C to stop.")
        for changed in _changes(app, templates, seen):
            drawn |= _drawn_again(app, article_id, changed, size or [], output)
            _gallery.write(list(drawn.values()), folder, live=True)


def _draw(
    app: Pullquote,
    article_id: int,
    templates: Sequence[str],
    sizes: Sequence[str],
    output: Output,
    folder: Path,
) -> dict[tuple[str, str], Cell]:
    with busy("Drawing"), app.reading() as session:
        cells = list(previews(session, article_id, app.studio, templates, sizes, output))
    if not cells:
        known = ", ".join(app.cards.dimensions(templates[0])) if templates else "none"
        raise PullquoteError(f"No template has the size {', '.join(sizes)}: {templates[0]} has {known}.")
    _gallery.write(cells, folder)
    return {(cell.template, cell.size): cell for cell in cells}


def _drawn_again(
    app: Pullquote, article_id: int, changed: Sequence[str], sizes: Sequence[str], output: Output
) -> dict[tuple[str, str], Cell]:
    """A template that is wrong at the moment is told of, and watched on."""
    found: dict[tuple[str, str], Cell] = {}
    for template in changed:
        try:
            with app.reading() as session:
                cells = list(previews(session, article_id, app.studio, [template], sizes, output))
        except PullquoteError as wrong:
            refuse(str(wrong))
            continue
        found |= {(cell.template, cell.size): cell for cell in cells}
        good = sum(bool(cell.cards) for cell in cells)
        say(f"{template}: {good} of {len(cells)} sizes drawn")
        for reason in dict.fromkeys(cell.reason for cell in cells if cell.reason):
            refuse(reason)
    return found


def _changes(app: Pullquote, templates: Sequence[str], seen: dict[str, str]) -> Iterator[list[str]]:
    """The templates that were saved, each time some were, until Ctrl-C."""
    try:
        while True:
            wait(LOOK)
            now = _versions(app, templates)
            if changed := [name for name in templates if now[name] != seen[name]]:
                seen = now
                yield changed
    except KeyboardInterrupt:
        hint("No longer watching.")


def _versions(app: Pullquote, templates: Sequence[str]) -> dict[str, str]:
    return {name: app.cards.version(name) for name in templates}


wait = time.sleep


def _output(image_type: str) -> Output:
    if not image_type:
        return Output()
    if image_type not in TYPES:
        raise typer.BadParameter(f"{image_type!r} is none of {', '.join(TYPES)}", param_hint="--type")
    return Output(frozenset({TYPES[image_type]}), prefer=TYPES[image_type])


def _tell(cells: Sequence[Cell], folder: Path) -> None:
    shown = table(word("Template"), word("Size"), word("Pixels"), prose("Drawn"))
    for cell in cells:
        add(shown, cell.template, cell.size, f"{cell.width}×{cell.height}", _drawn(cell))
    say(shown)
    hint(f"Written: {folder / _gallery.SHEET} and {folder / _gallery.PAGE}")


def _drawn(cell: Cell) -> Text:
    if not cell.cards:
        return Text(cell.reason, "yellow")
    files = _gallery.files(cell)
    kilobytes = sum(len(card.data) for card in cell.cards) // 1000
    named = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more frames"
    return Text(f"{named}, {kilobytes:,} KB")


def _plain(cell: Cell, folder: Path) -> dict[str, Any]:
    return {
        "template": cell.template,
        "size": cell.size,
        "width": cell.width,
        "height": cell.height,
        "files": [str(folder / name) for name in _gallery.files(cell)],
        "bytes": [len(card.data) for card in cell.cards],
        "type": cell.cards[0].type if cell.cards else None,
        "reason": cell.reason,
    }
