"""Where a long word may be divided."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scheduler.render.layout import hyphenation
from scheduler.render.layout.hyphenation import points, reluctance


def parts(word: str, language: str) -> list[str]:
    pytest.importorskip("pyphen", reason="needs pullquote[hyphens]")
    bounds = [0, *points(word, language), len(word)]
    return [word[a:b] for a, b in pairwise(bounds)]


@pytest.mark.parametrize(
    ("language", "word", "divided"),
    [
        ("en", "representation", "rep-re-sen-ta-tion"),
        ("en-GB", "representation", "rep-res-ent-a-tion"),
        ("de", "Straßenbauverwaltung", "Stra-ßen-bau-ver-wal-tung"),
        ("fr", "anticonstitutionnelle", "anti-cons-ti-tu-tion-nelle"),
        ("es", "extraordinario", "extra-or-di-na-rio"),
        ("nl", "vergunninghouders", "ver-gun-ning-hou-ders"),
        ("sv", "kommunfullmäktige", "kom-mun-full-mäk-tige"),
        ("ru", "правительственный", "пра-ви-тель-ствен-ный"),
        ("xx", "representation", "representation"),
        ("", "representation", "representation"),
        ("en", "little", "little"),
    ],
)
def test_by_the_patterns_of_its_language(language: str, word: str, divided: str) -> None:
    assert "-".join(parts(word, language)) == divided


def test_no_part_is_shorter_than_three_letters() -> None:
    assert all(len(part) >= 2 for part in parts("extraordinarily", "en")[1:-1])
    assert len(parts("extraordinarily", "en")[-1]) >= 3


def test_without_patterns_no_word_is_divided(monkeypatch: pytest.MonkeyPatch) -> None:
    hyphenation._patterns.cache_clear()
    monkeypatch.setattr(hyphenation, "find_spec", lambda name: None)
    assert points("representation", "en") == []
    hyphenation._patterns.cache_clear()


@pytest.mark.parametrize(
    ("language", "at_joint", "within"),
    [
        ("de", "Verwaltungs", "Verwal"),
        ("de-AT", "Schönheits", "Schön"),
        ("nl", "vergaderings", "verga"),
        ("nb", "avdelings", "avde"),
    ],
)
def test_a_compound_is_rather_divided_where_its_parts_meet(language: str, at_joint: str, within: str) -> None:
    assert reluctance(at_joint, language) < reluctance(within, language)
    assert reluctance(at_joint, "en") == reluctance(within, "en")
