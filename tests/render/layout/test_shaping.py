"""From text to glyphs."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scheduler.render import fonts
from scheduler.render.layout.shaping import blank, right_to_left, shape, unshowable

SERIF = fonts.faces("serif", 400)


def test_every_letter_has_its_glyph_in_order() -> None:
    glyphs = shape("Bäckman", SERIF, "en")
    assert [g.start for g in glyphs] == list(range(7))
    assert all(a.x < b.x for a, b in pairwise(glyphs))
    assert all(g.id for g in glyphs)


def test_letters_are_kerned_and_joined() -> None:
    tight, loose = (shape(pair, SERIF, "en")[1].x for pair in ("AV", "AH"))
    assert tight < loose
    assert [g.start for g in shape("office", SERIF, "en")] == [0, 1, 4, 5]  # ffi is one glyph


def test_a_glyph_that_the_first_face_lacks_comes_from_the_next() -> None:
    serif, sans = SERIF
    assert [g.face for g in shape("a ⌘ b", SERIF, "en")] == [serif, serif, sans, serif, serif]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("plain", []),
        ("soft\u00adhyphen, zero\u200bwidth, a\u0308 decomposed", []),
        ("ཀ and ཁ and ཀ", ["ཀ", "ཁ"]),
        ("🌍 👩‍🚀", ["🌍", "👩‍🚀"]),
        ("a" + "\u0301" * 3, []),
        ("a" + "\u0301" * 4, ["a" + "\u0301" * 4]),
        ("bell\x07", ["\x07"]),
    ],
)
def test_what_no_face_shows_is_named_once(text: str, missing: list[str]) -> None:
    assert unshowable(text, SERIF) == missing


def test_another_direction_is_noticed() -> None:
    assert right_to_left("say שלום, then \u202eabc") == [*"שלום", "\u202e"]
    assert right_to_left("plain – text, 12") == []


def test_blank_is_what_shows_nothing() -> None:
    assert blank(" \t\u200b\u00ad\u2060")
    assert not blank(" . ")


def test_shaping_what_cannot_be_shown_is_an_error() -> None:
    with pytest.raises(ValueError, match="no face"):
        shape("ཀ", SERIF, "en")
