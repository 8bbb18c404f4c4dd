"""Where each glyph goes."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scheduler.render import fonts
from scheduler.render.layout.block import Block, Placed, place
from scheduler.render.layout.fit import Box, Fit, Manner
from scheduler.render.layout.paragraph import Paragraph

SERIF = fonts.faces("serif", 400)
BOX = Box(100, 200, 800, 600)


def block(text: str, ends: tuple[int, ...], *, hang: bool = True, **how: str) -> Block:
    return place(Paragraph(text, SERIF, hang=hang), Fit(100, ends), BOX, Manner(100, 100, (1.2, 1.2), **how))


def at(placed: Block, start: int) -> Placed:
    return next(each for each in placed.glyphs if each.glyph.start == start)


def ink_left(placed: Placed) -> float:
    return placed.x + placed.glyph.ink.left * 100


def test_an_opening_mark_hangs_and_the_stems_below_it_align() -> None:  # case 9
    placed = block("“The house her", (1, 2, 3))
    mark, first = at(placed, 0), at(placed, 1)
    assert placed.lines == ("“The", "house", "her")
    assert ink_left(mark) < BOX.x - 0.3 * (first.x - mark.x)
    for start in (5, 11):
        assert ink_left(at(placed, start)) == pytest.approx(BOX.x, abs=0.01)
    assert BOX.x - 4 < ink_left(first) < BOX.x - 2  # the bar of T: its stem is far in


@pytest.mark.parametrize(("letter", "stem"), [("t", "l"), ("V", "H"), ("o", "n"), ("О", "Н")])
def test_a_letter_without_a_stem_reaches_over_the_margin_a_little(letter: str, stem: str) -> None:
    placed = block(f"{letter}xx {stem}xx", (1, 2))
    over, straight = ink_left(at(placed, 0)), ink_left(at(placed, 4))
    assert straight == pytest.approx(BOX.x)
    assert 1 <= straight - over <= 3
    assert ink_left(at(block(f"{letter}xx", (1,), hang=False), 0)) == pytest.approx(BOX.x)


def test_without_hanging_the_mark_itself_is_at_the_edge() -> None:
    assert ink_left(at(block("“The house", (2,), hang=False), 0)) == pytest.approx(BOX.x)


def test_what_a_letter_throws_out_to_the_left_hangs() -> None:
    assert ink_left(at(block("jacket", (1,)), 0)) < BOX.x


def test_lines_are_as_far_apart_as_the_pitch() -> None:
    placed = block("one two ⌘ four", (1, 2, 3, 4))
    baselines = sorted({glyph.y for glyph in placed.glyphs})
    assert [b - a for a, b in pairwise(baselines)] == pytest.approx([120, 120, 120])


@pytest.mark.parametrize(
    ("valign", "baseline"),
    [
        ("top", 200 + SERIF[0].ascent * 100),
        ("bottom", 800 - SERIF[0].descent * 100),
        ("middle", 500 + SERIF[0].cap_height * 50),  # the capitals' middle is the box's
    ],
)
def test_one_line_in_its_box(valign: str, baseline: float) -> None:
    assert at(block("House", (1,), valign=valign), 0).y == pytest.approx(baseline)


def test_right_alignment_meets_the_right_edge() -> None:
    last = block("so it was", (3,), align="right").glyphs[-1]
    assert last.x + last.glyph.ink.right * 100 == pytest.approx(BOX.right)
