"""pullquote preview: exactly the calls that would be made, from the code that makes them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from scheduler.cli import _complete
from scheduler.cli._options import AsJson
from scheduler.cli._show import busy, emit, facts, hint, say
from scheduler.cli._start import open_app, the_workspace
from scheduler.domain.message import Image
from scheduler.services.preview import Item, Shown, kilobytes
from scheduler.services.preview import preview as previewed
from scheduler.store import channels


def preview(
    ctx: typer.Context,
    piece_id: Annotated[int, typer.Argument(help="The piece's number.", autocompletion=_complete.pieces)],
    channel: Annotated[str, typer.Option(help="The channel.", autocompletion=_complete.channels)],
    folder: Annotated[
        Path | None, typer.Option("--open", help="Write the card, or the issue's HTML and text, there.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what a piece will be on a channel: the text as it is fitted, the card, and each call. Sends nothing."""
    app = open_app(ctx)
    with busy("Composing"), app.reading() as session:
        row = channels.by_name(session, the_workspace(session).id, channel)
        items = previewed(session, piece_id, row, app.studio, vault=app.vault, now=app.clock())
    written = list(_write(items, folder, f"piece-{piece_id}")) if folder else []
    if as_json:
        emit([_plain(item) for item in items])
        return
    for at, item in enumerate(items, start=1):
        of = f" {at} of {len(items)}" if len(items) > 1 else ""
        say(Text(f"Piece {piece_id}{of} on {row.name} ({row.kind})", "bold"), *_item(item), "")
    for path in written:
        hint(f"Written: {path}")


def _item(item: Item) -> Iterator[RenderableType]:
    if item.copy:
        yield facts(("Subject", item.copy.subject), *item.copy.headers.items())
    yield Padding(Text(item.text), (1, 0, 1, 2), expand=False)
    yield facts(("Length", item.measure), *_images(item.images))
    for call in item.calls:
        yield _call(call)


def _images(images: Sequence[Image]) -> Iterator[tuple[str, str]]:
    for number, image in enumerate(images, start=1):
        name = f"Card {number}" if len(images) > 1 else "Card"
        yield name, _size(image)
        yield "Alt text", image.alt


def _call(call: Shown) -> Text:
    carries = (f"  {', '.join(call.carries)}", "dim") if call.carries else ""
    commits = ("  publishes", "magenta") if call.commits else ""
    return Text.assemble((f"{call.method:<5} ", "bold"), call.url, carries, commits)


def _size(image: Image) -> str:
    return f"{image.width} × {image.height} pixels, {kilobytes(image.data)}, {image.type}"


def _write(items: list[Item], folder: Path, name: str) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for item in items:
        for number, image in enumerate(item.images, start=1):
            frame = f"-{number}" if len(item.images) > 1 else ""
            yield _written(folder / f"{name}{frame}.{image.type.rpartition('/')[2]}", image.data)
        if item.copy:
            yield _written(folder / f"{name}.html", item.copy.html.encode())
            yield _written(folder / f"{name}.txt", item.copy.text.encode())


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _plain(item: Item) -> dict[str, Any]:
    return {
        "text": item.text,
        "measure": item.measure,
        "images": [
            {"width": image.width, "height": image.height, "bytes": len(image.data), "alt": image.alt}
            for image in item.images
        ],
        "subject": item.copy.subject if item.copy else None,
        "headers": dict(item.copy.headers) if item.copy else None,
        "html": item.copy.html if item.copy else None,
        "calls": [
            {"method": call.method, "url": call.url, "commits": call.commits, "carries": list(call.carries)}
            for call in item.calls
        ],
    }
