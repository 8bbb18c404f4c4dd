"""Dates as people and machines write them beside an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar janvier enero januari gennaio janeiro jänner jan ene gen",
            "february februar février febrero februari febbraio fevereiro feb févr fev",
            "march märz mars marzo maart março mar mär mrt",
            "april avril abril aprile apr avr abr",
            "may mai mayo mei maj maggio maio mag",
            "june juni juin junio giugno junho jun giu",
            "july juli juillet julio luglio julho jul juil lug",
            "august août agosto augustus augusti aug ago aoû",
            "september septembre septiembre settembre setembro sept sep set",
            "october oktober octobre octubre ottobre outubro oct okt ott out",
            "november novembre noviembre novembro nov",
            "december dezember décembre diciembre dicembre dezembro dec dez déc dic",
        ),
        start=1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})\b\.?"
_DAY = r"(?P<day>\d{1,2})(?!\d)(?:st|nd|rd|th|er|º|\.)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_FORMS = tuple(
    re.compile(rf"(?<![\w/.-]){form}", re.IGNORECASE)
    for form in (
        r"(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)",  # 2026-03-02
        r"(?P<year>(?:19|20)\d\d)[年년]\s?(?P<month>\d{1,2})[月월]\s?(?P<day>\d{1,2})[日일]",
        rf"{_DAY}\s+(?:of\s+|de\s+)?{_MONTH},?\s+(?:de\s+|del\s+)?{_YEAR}",  # 2 March 2026, 2. März 2026
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # March 2nd, 2026
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",  # 2.3.2026: with dots the day is first
    )
)
#: "Mar 2": enough to know a line for a date, not enough to know the date.
YEARLESS = re.compile(
    rf"(?<!\w)(?:(?:{_NAMES})\b\.?\s+\d{{1,2}}|\d{{1,2}}\.?\s+(?:{_NAMES})\b)(?!\w)", re.IGNORECASE
)


def find(text: str) -> tuple[date, tuple[int, int]] | None:
    """The first date in `text`, and where it stands. A year is needed, and no guess between day and month."""
    return min(_found(text), key=lambda hit: hit[1], default=None)


def read(text: str) -> date | None:
    """The date that a machine-readable value or a line gives, as it was written: its zone is kept."""
    hit = find(text[:200])
    return hit[0] if hit else None


def _found(text: str) -> Iterator[tuple[date, tuple[int, int]]]:
    for form in _FORMS:
        for m in form.finditer(text):
            day = _date(m["year"], m["month"], m["day"])
            if day:
                yield day, m.span()


def _date(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
