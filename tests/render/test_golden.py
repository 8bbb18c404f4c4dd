"""The cards that have been looked at are drawn as they were, to the pixel, with the versions that are locked."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest
from packaging.version import Version
from PIL import Image, ImageChops

from scheduler.render import fonts
from tests.render.golden import FOLDER, GOLDEN, drawn

LOCK = (Path(__file__).parents[2] / "requirements-dev.lock").read_text("utf-8")
DRAW = re.compile(
    r"^((?:uharfbuzz|pillow|resvg-py|budoux|pyphen|fontpkg-[\w-]+|pylopdf-fonts-[\w-]+))==([\w.]+)",
    re.MULTILINE,
)


def elsewhere() -> str:
    """What is not as locked, of what the pixels depend on."""
    for name, locked in DRAW.findall(LOCK):
        try:
            here = version(name)
        except PackageNotFoundError:
            here = "missing"
        if here == "missing" or Version(here) != Version(locked):
            return f"{name} is {here}, not {locked}"
    return "" if fonts.EMOJI.exists() else "the emoji have not been fetched"


@pytest.mark.parametrize("name", GOLDEN)
def test_a_card_that_was_looked_at_is_drawn_again(name: str) -> None:
    if reason := elsewhere():
        pytest.skip(reason)
    with Image.open(FOLDER / f"{name}.png") as golden:
        changed = ImageChops.difference(golden.convert("RGB"), drawn(name)).getbbox()
    assert changed is None, f"{name} differs within {changed}: look at it, then `make golden`"


def test_the_lock_file_is_read() -> None:
    assert len(DRAW.findall(LOCK)) == 15
