"""Fonts that people upload, and files that are none."""

from __future__ import annotations

from importlib import resources

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render import fonts, own_font
from scheduler.render.own_font import describe

INTER = resources.files("fontpkg_inter").joinpath("files", "Inter[opsz,wght].ttf").read_bytes()


def test_a_font_says_its_name_and_its_licence() -> None:
    told = describe(INTER, "inter.ttf")
    assert told.family == "Inter"
    assert "SIL Open Font License" in told.licence


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "is no font"),
        (b"hello", "is no font"),
        (b"wOF2" + INTER[4:100], "is a web font (WOFF2)"),
        (b"ttcf" + INTER[4:100], "is a collection"),
        (INTER[:5000], "breaks off"),
        (INTER[: len(INTER) // 2], "breaks off"),
        (INTER[:8], "breaks off"),
        (b"OTTO\x00\x00" + INTER[6:200], "breaks off"),
        (INTER[:12] + INTER[12:].replace(b"glyf", b"GLYF", 1), "draws no letters"),
        (INTER[:12] + INTER[12:].replace(b"cmap", b"CMAP", 1), "draws no letters"),
    ],
)
def test_what_is_no_font_is_refused_in_a_sentence(data: bytes, complaint: str) -> None:
    with pytest.raises(PullquoteError) as refused:
        describe(data, "mine.ttf")
    sentence = str(refused.value)
    assert sentence.startswith("mine.ttf")
    assert complaint in sentence
    assert ": " in sentence


def test_a_font_that_is_too_large_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_font, "MOST_BYTES", 100)
    with pytest.raises(PullquoteError, match="larger than"):
        describe(INTER, "inter.ttf")


def test_a_variable_font_has_the_weight_that_is_asked_for() -> None:
    mine = own_font.own(INTER)
    thin, bold = (own_font.face(mine, weight) for weight in (200, 800))
    assert thin.shape("width", 0, 5, "en", 0.0)[1] < bold.shape("width", 0, 5, "en", 0.0)[1]
    assert own_font.face(own_font.own(bytes(INTER)), 200) is thin


def test_it_is_as_good_as_ours() -> None:
    assert own_font.face(own_font.own(INTER), 400).shows("é")
    assert fonts.faces("sans", 400)[0].shows("é")
