"""What differs between two texts, word by word, for people to see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\s+|[^\s]+")


class Fate(StrEnum):
    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True)
class Stretch:
    """Words that stay, go or come."""

    fate: Fate
    text: str


def changes(old: str, new: str) -> list[Stretch]:
    """The stretches that turn `old` into `new`, in reading order; what goes comes before what takes its place."""
    return list(_changes(_TOKEN.findall(old), _TOKEN.findall(new)))


def _changes(old: list[str], new: list[str]) -> Iterator[Stretch]:
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Stretch(Fate.KEPT, "".join(old[a:b]))
            continue
        if b > a:
            yield Stretch(Fate.GONE, "".join(old[a:b]))
        if d > c:
            yield Stretch(Fate.NEW, "".join(new[c:d]))
