"""Two marks in a row share their white."""

from __future__ import annotations

import pytest

from scheduler.render import fonts
from scheduler.render.font_families import SCRIPTS
from scheduler.render.layout.paragraph import Paragraph

pytestmark = pytest.mark.skipif(not all(map(fonts.installed, SCRIPTS)), reason="needs pullquote[cjk]")


def advances(text: str, language: str) -> list[float]:
    """In squares."""
    faces = fonts.faces("serif", 400, text, language)
    return [round(c.advance / 0.94, 2) for c in Paragraph(text, faces, language=language).clusters]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "運んだ", [1, 1, 1]),
        ("ja", "だ。」", [1, 0.5, 1]),
        ("ja", "だ、「は", [1, 0.5, 1, 1]),
        ("ja", "は」「も", [1, 0.5, 1, 1]),
        ("ja", "は「『も", [1, 1, 0.5, 1]),
        ("zh-Hans", "走。”", [1, 0.5, 1]),
        ("zh-Hant", "橋。」", [1, 1, 1]),  # its stop is in the middle of its square
    ],
)
def test_marks_in_a_row(language: str, text: str, expected: list[float]) -> None:
    assert advances(text, language) == pytest.approx(expected, abs=0.03)
