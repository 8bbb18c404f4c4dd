from __future__ import annotations

from collections.abc import Callable

import pytest

from scheduler.domain.quote import Quote
from scheduler.extract import extract

Said = list[tuple[str, str]]


def said(body: str, quotes: list[Quote]) -> Said:
    """(words, speaker) of each segment."""
    return [(body[s.start : s.end], q.speaker) for q in quotes for s in q.segments]


@pytest.fixture
def hear() -> Callable[..., Said]:
    """What a body says and who says it. The words must stand there as they are given back."""

    def listen(body: str, language: str = "") -> Said:
        return said(body, extract(body, language=language))

    return listen
