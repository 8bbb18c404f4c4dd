from __future__ import annotations

import pytest

from scheduler.extract.blocks import blocks, is_heading
from scheduler.extract.lexicon import load


def read(body: str) -> list[str]:
    return [body[b.start : b.end] for b in blocks(body)]


def test_a_line_is_a_paragraph_without_the_space_around_it() -> None:
    assert read("  One.\n\n\n Two. \nThree.\n") == ["One.", "Two.", "Three."]
    assert read(" \n ") == []


def test_a_text_that_was_wrapped_by_hand_is_unwrapped() -> None:
    wrapped = (
        "It was late in the year and the harbour had gone quiet, so the\n"
        "two of them sat on the wall and counted the boats that were still\n"
        "out, as they had done when they were children, until the lamp on\n"
        "the pier was lit.\n\nThen they went home."
    )
    assert [p.count("\n") for p in read(wrapped)] == [3, 0]


def test_short_lines_are_not_wrapped_lines() -> None:
    assert len(read("bread\nbutter\nmilk\neggs\nsalt\n")) == 5


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Harbour Master Ann Bell Takes the Helm at Last", True),
        ("Mary Brown met Peter Black in June.", False),
        ("The harbour opens on Monday", False),
        ("Ann Bell", False),
    ],
)
def test_headings_are_set_in_capitals(line: str, expected: bool) -> None:
    assert is_heading(line, load("en").function) is expected
