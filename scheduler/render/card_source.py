"""The file of a drawing, filled in for one size, one brand and what the card has to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from math import gcd
from pathlib import Path
from typing import NamedTuple

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_hands import OWN, Hands, files_of
from scheduler.render.card_lines import LINE
from scheduler.render.card_manifest import Size
from scheduler.render.contrast import Colour

FILE = "card.svg"

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
    own = (folder / f"card@{each}.svg" for each in (name, size.like or name, shape))
    return next((file for file in own if file.is_file()), folder / FILE)


def asks_for(file: Path) -> frozenset[str]:
    """What a drawing shows or hides parts by: "portrait", "role", "first"; "frame" where it counts."""
    return _asks_for(file, file.stat().st_mtime_ns) if file.is_file() else frozenset()


@lru_cache(64)
def _asks_for(file: Path, _version: int) -> frozenset[str]:
    text = file.read_text("utf-8", errors="replace")
    counting = {"frame"} if _COUNTS.search(text) else set()
    return frozenset({*_CONDITION.findall(text), *counting})


def has_photo(file: Path) -> bool:
    """Whether there is a place for a photo on it."""
    return file.is_file() and "slot:photo" in file.read_text("utf-8", errors="replace")


def filled(
    file: Path,
    size: Size,
    colours: Mapping[str, Colour],
    frame: tuple[int, int] = (1, 1),
    hands: Hands = OWN,
) -> Filled:
    if not file.is_file():
        raise PullquoteError(f"the template {file}: there is no drawing of that name")
    brand = {role: "#{:02x}{:02x}{:02x}".format(*colour) for role, colour in colours.items()}
    number, total = frame
    values = {**size.numbers, "brand": brand, "frame": number, "frames": total}
    return Filled(file, hands.fill(files_of(file.parent), str(file), values))
