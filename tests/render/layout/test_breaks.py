"""Where a line may end."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scheduler.render.layout.breaks import makeshift, opportunities, reluctance, reluctances


def pieces(text: str) -> list[str]:
    bounds = [0, *opportunities(text), len(text)]
    return [text[a:b] for a, b in pairwise(bounds)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("keep on racing", ["keep ", "on ", "racing"]),
        ("a well-known name", ["a ", "well-", "known ", "name"]),
        ("in 2020-21", ["in ", "2020-21"]),
        ("-5 degrees", ["-5 ", "degrees"]),
        ("and/or", ["and/", "or"]),
        ("now—or never", ["now—", "or ", "never"]),
        ("now – or never", ["now – ", "or ", "never"]),
        ("10\u00a0km on", ["10\u00a0km ", "on"]),
        ("( well )", ["( well )"]),
        ("what ! now", ["what ! ", "now"]),
        ("see […] there", ["see ", "[…] ", "there"]),
        ("one\u200btwo", ["one\u200b", "two"]),
        ("“yes” and ‘no’", ["“yes” ", "and ", "‘no’"]),
        ("soft\u00adhyphen", ["soft\u00adhyphen"]),
        ("บอกเราแล้ว", ["บอก", "เรา", "แล้ว"]),
        ("夜、私「た」。", ["夜、", "私", "「た」。"]),
        ("きゃっと", ["きゃっ", "と"]),  # small kana start no line
        ("ラーメン", ["ラー", "メ", "ン"]),
        ("우리는 옮길", ["우리는 ", "옮길"]),
        ("👩‍🚀👋🏽🇯🇵🇧🇷", ["👩‍🚀", "👋🏽", "🇯🇵", "🇧🇷"]),
        ("كان هنا", ["كان ", "هنا"]),
        ("लोगों से", ["लोगों ", "से"]),
        ("whole", ["whole"]),
        ("", [""]),
    ],
)
def test_lines_end_where_a_reader_expects_it(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_some_ends_are_worse_than_others() -> None:
    assert reluctance("We", "last.") > reluctance("Some", "last.")
    hyphen, alone, short = reluctance("well-", "a"), reluctance("Some", "last."), reluctance("of", "out")
    assert hyphen > alone > short > reluctance("racing", "keep") > reluctance("rose,", "river")


def test_a_closing_mark_does_not_hide_the_end_of_a_sentence() -> None:
    assert reluctance("Then", "‘no.’”") == reluctance("Then", "no.")


def test_a_word_that_is_too_long_can_be_divided() -> None:
    assert makeshift("soft\u00adhyphen 우리는") == [5, 13, 14]
    assert makeshift("plain words") == []


def test_a_phrase_of_japanese_is_rather_kept_whole() -> None:
    text = "私たちは運べるものを運んだ。"
    prices = reluctances(text, [0, *opportunities(text), len(text)])
    cheap = [at for at, price in zip([*opportunities(text), len(text)], prices, strict=True) if price < 1]
    assert cheap == [4, 7, 10, 14]


def test_traditional_chinese_is_not_taken_for_simplified() -> None:
    text = "他們到底需要什麼樣的橋"
    bounds = [0, *opportunities(text), len(text)]
    after_they = bounds.index(text.index("到")) - 1
    assert reluctances(text, bounds, "zh-Hant")[after_they] < reluctances(text, bounds, "zh-Hans")[after_they]


def test_a_small_word_of_another_script_is_not_a_small_word() -> None:
    assert reluctance("of", "out") == 1.0
    assert reluctance("不", "是") == 0.0


def test_no_line_of_chinese_rather_starts_with_a_particle() -> None:
    text = "住在这里的人"
    bounds = [0, *opportunities(text), len(text)]
    prices = dict(zip(bounds[1:], reluctances(text, bounds, "zh"), strict=True))
    assert prices[text.index("的")] > prices[text.index("人")]
