"""From text to glyphs."""

from __future__ import annotations

import pytest

from scheduler.render import fonts
from scheduler.render.layout.face import Cluster
from scheduler.render.layout.shaping import blank, shape, unshowable

SERIF = fonts.faces("serif", 400)


def shaped(text: str) -> list[Cluster]:
    return shape(text, SERIF, "en", [0] * len(text))


def test_every_letter_has_its_glyph_in_order() -> None:
    clusters = shaped("Bäckman")
    assert [c.start for c in clusters] == list(range(7))
    assert all(c.advance > 0 for c in clusters)
    assert all(g.id for c in clusters for g in c.glyphs)


def test_letters_are_kerned_and_joined() -> None:
    tight, loose = (shaped(pair)[0].advance for pair in ("AV", "AH"))
    assert tight < loose
    assert [c.start for c in shaped("office")] == [0, 1, 4, 5]  # ffi is one glyph


def test_a_glyph_that_the_first_face_lacks_comes_from_the_next() -> None:
    serif, sans, *_ = SERIF
    assert [c.glyphs[0].face for c in shaped("a ⌘ b")] == [serif, serif, sans, serif, serif]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("plain", []),
        ("soft\u00adhyphen, zero\u200bwidth, a\u0308 decomposed", []),
        ("ཀ and ཁ and ཀ", ["ཀ", "ཁ"]),
        ("Dana\u202eOkafor", ["\u202e"]),
        ("a" + "\u0301" * 3, []),
        ("a" + "\u0301" * 4, ["a" + "\u0301" * 4]),
        ("bell\x07", ["\x07"]),
    ],
)
def test_what_no_face_shows_is_named_once(text: str, missing: list[str]) -> None:
    assert unshowable(text, SERIF) == missing


def test_blank_is_what_shows_nothing() -> None:
    assert blank(" \t\u200b\u00ad\u2060")
    assert not blank(" . ")


def test_shaping_what_cannot_be_shown_is_an_error() -> None:
    with pytest.raises(ValueError, match="no face"):
        shaped("ཀ")
