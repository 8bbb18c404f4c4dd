from __future__ import annotations

import pytest

from scheduler.domain.subscriber import ImportReport, Invalid, Progress


@pytest.mark.parametrize(
    ("counts", "finished"),
    [
        ({}, False),
        ({"sent": 3}, True),
        ({"sent": 3, "failed": 1, "suppressed": 2, "cancelled": 4}, True),
        ({"sent": 3, "waiting": 1}, False),
        ({"sent": 3, "in-doubt": 1}, False),
    ],
)
def test_an_issue_is_finished_when_every_copy_is_explained(counts: dict[str, int], finished: bool) -> None:
    assert Progress(counts).finished is finished
    assert Progress(counts).total == sum(counts.values())


def test_a_report_counts_every_row_once() -> None:
    assert ImportReport(added=2, known=1, suppressed=1, invalid=(Invalid(3, "it has no address"),)).rows == 5
