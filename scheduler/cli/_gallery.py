"""A folder of cards to look at: the contact sheet, a page, and each card as it would be sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

from scheduler.render.card_pdf import Page, bind
from scheduler.render.contact_sheet import Cell, sheet

SHEET, PAGE = "contact-sheet.png", "index.html"
_STYLE = (
    "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;background:#ececea;color:#1c1c1a}"
    "section{display:flex;flex-wrap:wrap;gap:1.5rem;margin-bottom:3rem}figure{margin:0}"
    "img{display:block;height:22rem;width:auto;box-shadow:0 1px 4px #0003}"
    "figcaption{margin-top:.4rem;max-width:26rem}.why{color:#a32818}"
)


def write(cells: Sequence[Cell], folder: Path, *, live: bool = False) -> None:
    """`live` makes the page load itself again every two seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    for cell in cells:
        for name, card in zip(files(cell), cell.cards, strict=True):
            (folder / name).write_bytes(card.data)
    (folder / SHEET).write_bytes(sheet(cells))
    (folder / PAGE).write_text("\n".join(_page(cells, live)), encoding="utf-8")


def bind_carousels(cells: Sequence[Cell], folder: Path) -> list[Path]:
    """A PDF of each carousel, its frames as pages."""
    written = []
    for cell in (cell for cell in cells if len(cell.cards) > 1):
        name, total = f"{cell.template}-{cell.size}", len(cell.cards)
        pages = [Page(card, f"{number}/{total}") for number, card in enumerate(cell.cards, start=1)]
        written.append(folder / f"{name}.pdf")
        written[-1].write_bytes(bind(pages, title=name, author="", language="en"))
    return written


def files(cell: Cell) -> list[str]:
    """One for each frame."""
    many = len(cell.cards) > 1
    return [
        f"{cell.template}-{cell.size}{f'-{number}' if many else ''}.{card.type.rpartition('/')[2]}"
        for number, card in enumerate(cell.cards, start=1)
    ]


def _page(cells: Sequence[Cell], live: bool) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Cards</title>'
    yield '<meta http-equiv="refresh" content="2">' if live else ""
    yield f"<style>{_STYLE}</style></head><body>"
    for template, row in groupby(cells, key=lambda cell: cell.template):
        yield f"<h2>{escape(template)}</h2><section>"
        for cell in row:
            yield from _figures(cell)
        yield "</section>"
    yield "</body></html>"


def _figures(cell: Cell) -> Iterator[str]:
    name = escape(f"{cell.size}, {cell.width} × {cell.height}")
    if not cell.cards:
        yield f'<figure><figcaption>{name}<br><span class="why">{escape(cell.reason)}</span></figcaption></figure>'
    for file, card in zip(files(cell), cell.cards, strict=True):
        link = f'<a href="{escape(file)}"><img src="{escape(file)}" alt="{name}"></a>'
        yield f"<figure>{link}<figcaption>{name}, {len(card.data) // 1000:,} KB</figcaption></figure>"
