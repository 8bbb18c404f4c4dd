from __future__ import annotations

from datetime import date

import pytest

from scheduler.sources._dates import YEARLESS, find, read

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02",
        "2026-03-02T23:30:00-05:00",  # as written: nobody's evening becomes another day
        "2026/3/2",
        "2 March 2026",
        "March 2, 2026",
        "Mar 2nd, 2026",
        "Mar. 02 2026",
        "Monday, 2 March 2026 at 9:15",
        "2. März 2026",
        "2 mars 2026",
        "2 de marzo de 2026",
        "2 maart 2026",
        "02.03.2026",
        "2026年3月2日",
    ],
)
def test_a_date_is_read_as_it_was_written(text: str) -> None:
    assert read(text) == DAY


@pytest.mark.parametrize(
    "text", ["", "3/4/2026", "2026-13-45", "31 February 2026", "March 2026", "1999", "12.5.300"]
)
def test_no_guess_is_made(text: str) -> None:
    assert read(text) is None


def test_the_first_date_counts_and_its_place_is_told() -> None:
    text = "Posted 2 March 2026, updated 9 March 2026"
    assert find(text) == (DAY, (7, 19))


@pytest.mark.parametrize("text", ["Mar 3", "3 March", "Dec. 24"])
def test_a_day_without_a_year_is_known_for_a_date_line(text: str) -> None:
    assert YEARLESS.search(text)
