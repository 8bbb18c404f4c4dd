"""Line breaking and bidirectional text against Unicode's own tests: all of them but those named here.

In a hurry, of the 770,241 cases of BidiTest.txt only every twentieth line runs, and of the 91,707 of
BidiCharacterTest.txt every fourth; `make conformance` runs each.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scheduler.render.layout import bidi
from scheduler.render.layout.bidi import class_of, line_levels, resolve, resolve_classes, visual
from scheduler.render.layout.uax14 import opportunities

FOLDER = Path(__file__).parents[3] / ".unicode"
EVERY, CHARACTERS = (1, 1) if os.environ.get("CONFORMANCE") == "all" else (20, 4)
MISSING = "Unicode's test files are not here: `make .unicode` fetches them with npm"

#: The tests are of Unicode 17 and `regex` is of 18, which moved the middle dot from AI to IS.
MOVED = {"\u00b7"}


def cases(name: str) -> list[str]:
    file = FOLDER / name
    if not file.exists():
        pytest.skip(MISSING)
    return file.read_text("utf-8").splitlines()


def test_line_breaks() -> None:
    wrong, ran = [], 0
    for case in cases("LineBreakTest.txt"):
        words = case.split()
        text = "".join(chr(int(point, 16)) for point in words[1::2])
        if MOVED & set(text):
            continue
        ran += 1
        if opportunities(text) != [at for at, mark in enumerate(words[2:-1:2], 1) if mark == "÷"]:
            wrong.append(case)
    assert not wrong[:5]
    assert ran >= 16_600


def shown(classes: list[str], found: bidi.Resolved) -> tuple[list[str], list[str]]:
    """As the files write them: x for what the algorithm removes."""
    levels = line_levels(found.levels, classes, found.base)
    there = [kind not in bidi._REMOVED for kind in classes]
    named = [str(level) if here else "x" for level, here in zip(levels, there, strict=True)]
    return named, [str(at) for at in visual(levels) if there[at]]


def test_bidirectional_classes() -> None:
    wrong, ran = [], 0
    for case in cases("BidiTest.txt")[::EVERY]:
        names, bits, levels, order = case.split(";")
        classes = names.split()
        for bit, base in ((1, None), (2, bidi.LEFT_TO_RIGHT), (4, bidi.RIGHT_TO_LEFT)):
            if int(bits, 16) & bit:
                ran += 1
                if shown(classes, resolve_classes(classes, "", base)) != (levels.split(), order.split()):
                    wrong.append((case, base))
    assert not wrong[:5]
    assert ran >= 770_000 // EVERY


def test_bidirectional_characters() -> None:
    wrong, ran = [], 0
    for case in cases("BidiCharacterTest.txt")[::CHARACTERS]:
        points, direction, base, levels, order = case.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        found = resolve(text, None if direction == "2" else int(direction))
        ran += 1
        classes = [class_of(character) for character in text]
        if found.base != int(base) or shown(classes, found) != (levels.split(), order.split()):
            wrong.append(case)
    assert not wrong[:5]
    assert ran >= 91_000 // CHARACTERS


@pytest.mark.parametrize(
    "text", ["\u202b" * 5000 + "a", "(" * 5000 + "\u05d0", "\u2067a" * 5000, "\u05d0" * 9000]
)
def test_depth_costs_little(text: str) -> None:
    assert len(resolve(text).levels) == len(text)
    assert max(resolve(text).levels) <= 126
