"""One thing that was looked at, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    FINE = "fine"
    #: Works, but somebody should know.
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    name: str
    says: str
    level: Level = Level.FINE
    advice: str = ""
