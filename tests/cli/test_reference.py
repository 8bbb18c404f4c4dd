from pathlib import Path

import pytest

from scheduler.cli.reference import pages

FOLDER = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", pages())
def test_the_page_says_what_the_code_does(name: str) -> None:
    """Where this fails: `python -m scheduler.cli.reference docs/reference`."""
    assert (FOLDER / name).read_text("utf-8") == pages()[name]
