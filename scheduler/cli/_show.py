"""What commands print: tables for people, JSON for programs, and asides that are in nobody's way."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.segment import Segment
from rich.status import Status as Spinner
from rich.table import Column, Table
from rich.text import Text

from scheduler.domain.calendar import zone
from scheduler.domain.delivery import Status
from scheduler.domain.times import spell_time

PIPED = 120  # columns where no terminal says how many there are
#: Orders to a terminal, and what turns the words after it around: from a service, a file's name, a list.
_ORDERS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

COLOURS = {
    Status.SCHEDULED: "cyan",
    Status.SENDING: "yellow",
    Status.SENT: "green",
    Status.IN_DOUBT: "bold magenta",
    Status.FAILED: "bold red",
    Status.HELD: "yellow",
    Status.CANCELLED: "dim",
}


class _Screen(Console):
    """Whatever others wrote is shown as words: nothing in it acts on the terminal."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=_ORDERS.sub("", segment.text))


def output() -> Console:
    """Standard output. In a pipe it has no colours, and room for a row on one line."""
    console = _Screen(highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPED
    return console


def aside() -> Console:
    """Standard error: progress, refusals and what to do next. Standard output stays good for a pipe."""
    return _Screen(stderr=True, highlight=False, emoji=False)


def say(*parts: RenderableType) -> None:
    """Print for people. Texts are printed as they are: square brackets in an article are no markup."""
    console = output()
    for part in parts:
        console.print(Text(part) if isinstance(part, str) else part)


def say_unbroken(text: str) -> None:
    """On one line, however long: editors and grep read it too."""
    output().print(Text(text), soft_wrap=True)


def hint(text: str | Text) -> None:
    """What to do next, or what is wrong. In a pipe each is one line."""
    console = aside()
    console.print(Text(text, "dim") if isinstance(text, str) else text, soft_wrap=not console.is_terminal)


def emit(value: Any) -> None:
    """Print as JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    sys.stdout.write(_ORDERS.sub(lambda order: f"\\u{ord(order[0]):04x}", text) + "\n")


def facts(*pairs: tuple[str, object]) -> Table:
    """A page about one thing: names and what they are. What is empty is left out."""
    page = Table.grid(padding=(0, 2))
    for name, value in pairs:
        if value:
            page.add_row(Text(name, "dim"), value if isinstance(value, Text) else Text(str(value)))
    return page


def table(*columns: Column) -> Table:
    return Table(
        *columns,
        expand=any(column.ratio for column in columns),
        box=box.SIMPLE_HEAD,
        show_edge=False,
        pad_edge=False,
        header_style="bold",
        border_style="dim",
    )


def number(header: str) -> Column:
    return Column(header, justify="right", no_wrap=True)


def word(header: str) -> Column:
    """A column whose cells are never broken or cut."""
    return Column(header, no_wrap=True)


def line(header: str) -> Column:
    """A column that gets the room that is left, and is cut where that is not enough."""
    return Column(header, no_wrap=True, overflow="ellipsis", ratio=1)


def prose(header: str) -> Column:
    """A column that gets the room that is left, and as many lines as it needs."""
    return Column(header, overflow="fold", ratio=1)


def add(rows: Table, *cells: object, style: str = "") -> None:
    """A row. Only what is a Text already has markup."""
    texts = [cell if isinstance(cell, Text) else Text("" if cell is None else str(cell)) for cell in cells]
    rows.add_row(*texts, style=style)


def state(status: str) -> Text:
    return Text(status, COLOURS.get(Status(status), ""))


def zones_named(times: Iterable[tuple[datetime, str]]) -> str:
    """What the short names of zones in a table mean: "CET is Europe/Amsterdam, JST is Asia/Tokyo"."""
    short = {(f"{at.astimezone(zone(name)):%Z}", name) for at, name in times}
    named = ", ".join(
        f"{abbreviated} is {name}" for abbreviated, name in sorted(short) if abbreviated != name
    )
    return f"Times are in each channel's own zone{': ' + named if named else ''}."


def local(at: datetime | None, zone_name: str, now: datetime, *, width: int = 0) -> str:
    return spell_time(at, zone_name, now, width=width) if at else ""


def instants(name: str, at: datetime | None, zone_name: str) -> dict[str, str | None]:
    """An instant as JSON: UTC as `name`_at, and in a zone as `name`_local."""
    if at is None:
        return {f"{name}_at": None, f"{name}_local": None}
    utc = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return {
        f"{name}_at": utc,
        f"{name}_local": at.astimezone(zone(zone_name)).isoformat(timespec="seconds"),
    }


def busy(what: str) -> AbstractContextManager[Spinner]:
    """A spinner for what may take longer than a second. Nothing is shown in a pipe."""
    return aside().status(Text(f"{what} …"))


def progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=aside(),
        transient=True,
    )
