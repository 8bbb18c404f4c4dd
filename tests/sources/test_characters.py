from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.sources._characters import normalise


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\r\nb\rc\x85d\u2028e", "a\nb\nc\nd\ne"),
        ("a\u2029b", "a\n\nb"),
        ("a\n\n\n \n\t\nb", "a\n\nb"),
        ("\n\n  a  b \t c  \n", "a b c"),
        ("e\u0301", "é"),
        ("e\u200b\u0301", "é"),
        ("\ufeffab\u00adc\u200bd\u2060e", "abcde"),
        ("a\u202eb\u202cc\u200e", "abc"),
        ("a\x00b\x07c\x7f", "abc"),
        ("\uf09a menu", "menu"),
        ("thin\u2009and\u3000wide", "thin and wide"),
        ("so-\u200dcalled", "so-called"),
    ],
)
def test_what_a_paste_leaves_behind_goes(text: str, clean: str) -> None:
    assert normalise(text) == clean


@pytest.mark.parametrize(
    "text",
    [
        "«\u00a0Oui\u00a0», dit-elle\u00a0: «\u202fNon\u202f!\u00a0»",
        "25\u00a0km, 1\u202f000\u00a0€",
        "§\u00a04",
        "می\u200cخواهم",
        "क्\u200dष",
        "👩\u200d🚀 and ❤\ufe0f",
        "日本語\u3000".strip(),
    ],
)
def test_what_typography_and_scripts_need_stays(text: str) -> None:
    assert normalise(text) == text


@pytest.mark.parametrize("text", ["Gov.\u00a0Pence", "word \u00a0word", "a\u00a0 b", "he\u00a0said"])
def test_an_accidental_no_break_space_becomes_a_space(text: str) -> None:
    assert "\u00a0" not in normalise(text)


@given(st.text())
def test_twice_is_once(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
