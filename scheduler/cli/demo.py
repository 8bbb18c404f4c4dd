"""pullquote demo: a fresh folder, a receiver that plays the services, and the story told in it."""

from __future__ import annotations

import shutil
from contextlib import chdir
from pathlib import Path
from typing import Annotated

import typer

from scheduler.cli import _story
from scheduler.demo import stage
from scheduler.domain.errors import PullquoteError

PACKAGE = Path(__file__).resolve().parents[1]
MARK = ".pullquote-demo"  # in a folder that a demo made, and the next one may replace


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Option(help="Where it all happens; replaced each time.")] = Path(
        "demo-output"
    ),
    article: Annotated[
        Path | None, typer.Option(help="Another article.", show_default="an interview")
    ] = None,
) -> None:
    """Watch all of it: an article in, pieces out, sent by the real daemon to a receiver on this machine."""
    source = (article or example()).resolve()
    _replace(folder)
    stage.without_our_settings()
    received = folder.resolve() / "received"
    with chdir(folder), stage.receiver(received) as address:
        _story.tell(_story.Told(ctx, source, address, received))


def example() -> Path:
    """The interview that we ship: inside the package, or beside it in an editable install."""
    packaged = PACKAGE / "_examples"
    return (packaged if packaged.is_dir() else PACKAGE.parent / "examples") / "interview.md"


def _replace(folder: Path) -> None:
    if folder.exists():
        if not (folder / MARK).exists():
            raise PullquoteError(f"{folder} was not made by a demo: choose another with --folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
