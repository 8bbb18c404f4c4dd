"""The frames of a carousel as the pages of a PDF: what LinkedIn shows page by page.

typst writes it, from the extra `pdf` (Apache-2.0, 33 MB): tagged, each page with its alternative text.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from scheduler.domain.errors import PullquoteError
from scheduler.render.output import Card

PDF = "application/pdf"

#: What varies comes as data: no word of a quote is ever typst's own.
_PROGRAM = """\
#let book = json(bytes(sys.inputs.book))
#set document(title: book.title, author: book.author, date: none)
#set text(lang: book.language)
#set page(margin: 0pt)
#for frame in book.frames {
  page(width: frame.width * 0.75pt, height: frame.height * 0.75pt, image(frame.file, alt: frame.alt, width: 100%))
}
"""


class Page(NamedTuple):
    card: Card
    alt: str


def bind(pages: Sequence[Page], *, title: str, author: str, language: str) -> bytes:
    """The same pages make the same bytes. PullquoteError where the extra is not installed."""
    if find_spec("typst") is None:
        raise PullquoteError("A PDF of a carousel needs an extra: install pullquote[pdf].")
    with TemporaryDirectory(prefix="pullquote-") as folder:
        frames = [_frame(Path(folder), number, page) for number, page in enumerate(pages, start=1)]
        book = {
            "title": title,
            "author": author,
            "language": language.partition("-")[0] or "en",
            "frames": frames,
        }
        program = Path(folder) / "carousel.typ"
        program.write_text(_PROGRAM, encoding="utf-8")
        made: bytes = import_module("typst").compile(
            str(program), sys_inputs={"book": json.dumps(book)}, ignore_system_fonts=True, format="pdf"
        )
        return made


def _frame(folder: Path, number: int, page: Page) -> dict[str, object]:
    card = page.card
    file = f"{number}.{card.type.rpartition('/')[2]}"
    (folder / file).write_bytes(card.data)
    return {"file": file, "alt": page.alt, "width": card.width, "height": card.height}
