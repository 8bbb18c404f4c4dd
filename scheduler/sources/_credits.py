"""Credit lines: who wrote an article and when, as one line beside it says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from scheduler.sources import _dates
from scheduler.sources._chrome import is_prose
from scheduler.sources._names import announced, authors, is_name

_CHARACTERS = 120
#: What stands beside a date or a name and says nothing more.
_NOISE = re.compile(
    r"\b(?:first |last )?(?:date|edited|modified|posted|published|updated|written)\b(?: (?:at|on))?:?"
    r"|\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?(?:\s*\(?\b[A-Z]{2,4}\b\)?)?"
    r"|\b\d+ ?-?min(?:ute)?s?\b(?: read)?|\b\d+ (?:hour|day|week|month|year)s? ago\b|\bfollow(?:ing)?\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:am|at|on|pm)\b"
    r"|[·•|,:()–—]|(?<!\w)-|-(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Credit:
    """A line about the article: who, when, or only that it is such a line."""

    author: str = ""
    published: date | None = None


def read_credit(paragraph: str, *, beside: str = "", strict: bool = False) -> Credit | None:
    """The credit that `paragraph` is, as a whole, or None.

    A bare name is one where a date or a reading time stands in its line or in the next (`beside`). `strict`:
    the article has begun, and only a line that announces its writer, or is a date and no more, counts.
    """
    if not paragraph or len(paragraph) > _CHARACTERS or is_prose(paragraph):
        return None
    when, rest, dated = _without_date(paragraph)
    if not rest:
        return Credit(published=when)
    name = announced(rest if dated else paragraph)
    if name:
        return Credit(name, when)
    if strict or not is_name(rest) or not (dated or _is_dateline(beside)):
        return None
    return Credit(authors(rest), when)


def _without_date(paragraph: str) -> tuple[date | None, str, bool]:
    """The date in it, what else it says, and whether it has one, with or without a year."""
    hit = _dates.find(paragraph)
    start, end = hit[1] if hit else (m.span() if (m := _dates.YEARLESS.search(paragraph)) else (0, 0))
    rest = _NOISE.sub(" ", f"{paragraph[:start]} {paragraph[end:]}")
    return hit[0] if hit else None, " ".join(rest.split()), end > 0


def _is_dateline(paragraph: str) -> bool:
    """A line of nothing but a date, a reading time and what goes with them."""
    return 0 < len(paragraph) <= _CHARACTERS and not _without_date(paragraph)[1]
