"""Size and lines: what a box makes of a text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.render import fonts
from scheduler.render.layout.block import place
from scheduler.render.layout.fit import Box, Fit, Manner, fit, height
from scheduler.render.layout.paragraph import Paragraph
from scheduler.render.layout.punctuation import dress
from scheduler.render.layout.shaping import blank, unshowable

SERIF = fonts.faces("serif", 400)
BOX = Box(108, 190, 864, 626)
MANNER = Manner(smallest=32, largest=118)
RIVER = (
    "When the river rose that night we carried what we could: the children first, then the photographs, "
    "then the sewing machine my mother had paid for over eleven years."
)

latin = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), min_size=1, max_size=200)


def paragraph(text: str, *, hang: bool = True) -> Paragraph:
    return Paragraph(text, SERIF, language="en", hang=hang)


def lines_of(text: Paragraph, found: Fit) -> list[str]:
    return list(place(text, found, BOX, MANNER).lines)


@settings(max_examples=60, deadline=None)
@given(latin)
def test_lines_hold_the_whole_text_and_stay_within_the_box(raw: str) -> None:
    text = dress(raw, "en", quoted=True).text
    if blank(raw) or unshowable(text, SERIF):
        return
    words = paragraph(text)
    found = fit(words, BOX, MANNER)
    if found is None:
        return
    assert MANNER.smallest <= found.size <= MANNER.largest
    assert "".join(lines_of(words, found)).replace(" ", "") == text.replace(" ", "")
    assert height(words, MANNER, found.size, len(found.ends)) <= BOX.height
    for first, end in pairwise([0, *found.ends]):
        assert words.measure.width(first, end) * found.size <= BOX.width + 1e-6


@given(st.integers(8, 400), st.integers(100, 900))
@settings(max_examples=30, deadline=None)
def test_a_larger_box_never_means_smaller_type_by_much(width: int, tall: int) -> None:
    text = paragraph(RIVER)
    small = fit(text, Box(0, 0, 500 + width, tall), MANNER)
    large = fit(text, Box(0, 0, 520 + width, tall + 20), MANNER)
    if small is not None:
        assert large is not None
        assert large.size >= small.size * 0.75  # what it may give for better lines


def test_short_text_is_as_large_as_it_may_be() -> None:
    found = fit(paragraph("“Yes.”"), BOX, MANNER)
    assert found == Fit(118, (1,))


def test_a_little_size_is_given_for_better_lines() -> None:
    words = paragraph("“We were wrong.”")
    found = fit(words, BOX, Manner(32, 130))
    assert found is not None
    assert lines_of(words, found) == ["“We were wrong.”"]
    assert 110 <= found.size < 130


def test_lines_that_fill_the_box_are_worth_a_little_size() -> None:
    words = paragraph("“We never asked the people who live here.”")
    found = fit(words, BOX, Manner(32, 150))
    assert found is not None
    assert lines_of(words, found) == ["“We never asked", "the people who", "live here.”"]


def test_one_size_alone_can_be_asked_for() -> None:
    words = paragraph(RIVER)
    for size in range(32, 60):
        found = fit(words, BOX, Manner(size, size))
        assert found is not None
        assert found.size == size


@pytest.mark.parametrize(
    "text", [RIVER, RIVER[:56], "Keep pushing, keep believing and go on.", "I like racing."]
)
def test_no_last_line_of_one_word(text: str) -> None:
    words = paragraph(text)
    found = fit(words, BOX, MANNER)
    assert found is not None
    assert " " in lines_of(words, found)[-1]


def test_what_is_too_long_or_too_wide_does_not_fit() -> None:
    assert fit(paragraph(RIVER * 10), BOX, MANNER) is None
    assert fit(paragraph("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2), BOX, MANNER) is None
    assert fit(paragraph("two words"), Box(0, 0, 864, 60), Manner(32, 118, lines=1)) is not None
    assert fit(paragraph(RIVER), Box(0, 0, 864, 600), Manner(32, 118, lines=1)) is None


def test_accents_on_capitals_need_room_too() -> None:
    plain, stacked = paragraph("Ami"), paragraph("Ẫmi" + "Ẫ\u0323")
    assert stacked.ascent >= plain.ascent
    box = Box(0, 0, 900, 120)
    for text in (plain, stacked):
        found = fit(text, box, MANNER)
        assert found is not None
        assert (text.ascent + text.descent) * found.size <= 120


def test_larger_type_has_closer_lines() -> None:
    manner = Manner(30, 120, leading=(1.3, 1.1))
    assert manner.pitch(30) == pytest.approx(39)
    assert manner.pitch(120) == pytest.approx(132)
    assert manner.pitch(75) == pytest.approx(90)


def test_boxes() -> None:
    box = Box(10, 10, 100, 50)
    assert box.overlaps(Box(100, 50, 20, 20))
    assert not box.overlaps(Box(110, 10, 20, 20))
    assert box.beside(Box(200, 35, 10, 50)) == 0.5
    assert box.beside(Box(200, 70, 10, 50)) < 0
    assert box.joined(Box(50, 60, 100, 10)) == Box(10, 10, 140, 60)
