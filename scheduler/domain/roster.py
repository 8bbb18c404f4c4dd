"""A list of people as a CSV file: what spreadsheets and other newsletter services export.

The first line names the columns. Each row is read on its own, so that one bad row, or one quotation mark that
is never closed, costs no other row.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain.errors import PullquoteError
from scheduler.domain.subscriber import Invalid

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 500_000
MAX_LINES = 20  # of one row: a longer one is a quotation mark that was never closed
MAX_NAME = 200  # characters
DELIMITERS = ",;\t"
_FORMULA = tuple("=+-@\t\r＝＋－＠")


@dataclass(frozen=True)
class Person:
    line: int
    email: str  # as it stands in the file
    name: str = ""


@dataclass(frozen=True)
class Columns:
    """Where the columns are, from the file's first line."""

    delimiter: str
    width: int
    email: int
    name: int | None


def read_roster(data: bytes) -> Iterator[Person | Invalid]:
    """The rows of a CSV file, in order; empty ones are left out."""
    if len(data) > MAX_BYTES:
        raise PullquoteError(f"The file is larger than {MAX_BYTES >> 20} MB: split it and import the parts.")
    lines = io.StringIO(_decoded(data), newline="").readlines()
    if len(lines) > MAX_ROWS + 1:
        raise PullquoteError(f"The file has more than {MAX_ROWS:,} lines: split it and import the parts.")
    first = next((i for i, line in enumerate(lines) if line.strip()), None)
    if first is None:
        raise PullquoteError("The file is empty.")
    columns = _columns(lines[first])
    for line, cells in _rows(lines, first + 1, columns.delimiter):
        if isinstance(cells, str):
            yield Invalid(line, cells)
        elif any(cells):
            yield _person(line, cells, columns)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise PullquoteError(
            f"The file is not UTF-8 (line {line}): save it again as “CSV UTF-8” and import that."
        ) from None


def _columns(header: str) -> Columns:
    delimiter = max(DELIMITERS, key=header.count)
    names = [_unguarded(cell).casefold() for cell in next(csv.reader([header], delimiter=delimiter))]
    if "email" not in names:
        raise PullquoteError(
            f"The first line must name the columns, “email” and perhaps “name”; it says “{header.strip()[:80]}”."
        )
    return Columns(
        delimiter, len(names), names.index("email"), names.index("name") if "name" in names else None
    )


def _rows(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each row with the number of its first line: its cells, or what is wrong with it."""
    at = start
    while at < len(lines):
        reader = csv.reader(lines[at : at + MAX_LINES], delimiter=delimiter, strict=True)
        line = at + 1
        try:
            cells = [_unguarded(cell) for cell in next(reader)]
        except csv.Error:
            at += 1
            yield line, "a quotation mark in it is not closed, or stands in the middle of a cell"
        else:
            at += reader.line_num
            yield line, cells


def _unguarded(cell: str) -> str:
    """Without the ' that exports put before a formula, and the space around it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip().startswith(_FORMULA) else cell


def _person(line: int, cells: list[str], columns: Columns) -> Person | Invalid:
    if any(cells[columns.width :]):
        return Invalid(line, f"it has {len(cells)} cells where the first line names {columns.width}")
    email = cells[columns.email] if columns.email < len(cells) else ""
    name = cells[columns.name] if columns.name is not None and columns.name < len(cells) else ""
    name = " ".join(name.split())
    wrong = name_fault(name) if email else "it has no address"
    return Invalid(line, wrong) if wrong else Person(line, email, name)


def name_fault(name: str) -> str:
    """Why `name` cannot stand beside an address in a header; "" where it can."""
    if len(name) > MAX_NAME:
        return f"its name is longer than {MAX_NAME} characters"
    if any(unicodedata.category(sign) == "Cc" for sign in name):
        return "its name has a control character"
    return ""
