"""The file of a drawing, filled in for one size, one brand and what the card has to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from math import gcd
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_manifest import Size
from scheduler.render.contrast import Colour
from scheduler.render.environment import fill

FILE = "card.svg"
LINE = "pullquote-line"  # an attribute that each element is given: where it stands in the file

#: Jinja's own brackets, in which "<" may be a comparison; or the start of an element.
_START = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})|<([A-Za-z][\w.:-]*)", re.DOTALL)
_MARK = re.compile(rf'{LINE}="(\d+)"')
_CONDITION = re.compile(r"(?:if|unless)(?:[:]|_x3A_)\s*([a-z]+)")
_COUNTS = re.compile(r"\bframes?\b")


class Filled(NamedTuple):
    file: Path
    svg: str

    def line_of(self, row: int, column: int) -> int:
        """The line of the file that a place in the filled text comes from."""
        lines = self.svg.split("\n")
        before = "\n".join([*lines[: row - 1], lines[row - 1][:column]])
        marks = _MARK.findall(before)
        return int(marks[-1]) if marks else 1


def file_for(folder: Path, name: str, size: Size) -> Path:
    """The drawing of that size: its own, that of its shape (card@9x16.svg), or the one of all."""
    least = gcd(size.width, size.height)
    shape = f"{size.width // least}x{size.height // least}"
    own = (folder / f"card@{each}.svg" for each in (name, shape))
    return next((file for file in own if file.is_file()), folder / FILE)


def asks_for(file: Path) -> frozenset[str]:
    """What a drawing shows or hides parts by: "portrait", "role", "first"; "frame" where it counts."""
    return _asks_for(file, file.stat().st_mtime_ns) if file.is_file() else frozenset()


@lru_cache(64)
def _asks_for(file: Path, _version: int) -> frozenset[str]:
    text = file.read_text("utf-8")
    counting = {"frame"} if _COUNTS.search(text) else set()
    return frozenset({*_CONDITION.findall(text), *counting})


def filled(file: Path, size: Size, colours: Mapping[str, Colour], frame: tuple[int, int] = (1, 1)) -> Filled:
    if not file.is_file():
        raise PullquoteError(f"the template {file}: there is no drawing of that name")
    brand = {role: "#{:02x}{:02x}{:02x}".format(*colour) for role, colour in colours.items()}
    number, total = frame
    values = {**size.numbers, "brand": brand, "frame": number, "frames": total}
    return Filled(file, fill(_environment(file.parent), file.name, values))


def _environment(folder: Path) -> Environment:
    return ImmutableSandboxedEnvironment(loader=_Marking(folder), undefined=StrictUndefined, autoescape=True)


class _Marking(BaseLoader):
    """Files of a folder, with the number of its line on every element: loops and conditions move them."""

    def __init__(self, folder: Path):
        self._files = FileSystemLoader(folder)

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Any]:
        source, name, fresh = self._files.get_source(environment, template)
        return _marked(source), name, fresh


def _marked(source: str) -> str:
    lines = 1
    at = 0

    def mark(found: re.Match[str]) -> str:
        nonlocal lines, at
        lines += source.count("\n", at, found.start())
        at = found.start()
        return found[0] if found[1] else f'<{found[2]} {LINE}="{lines}"'

    return _START.sub(mark, source)
