"""Words and phrases of languages that write no spaces between them.

BudouX finds them: small models, Apache-2.0, kept by Google; a dictionary would be a hundred times their size.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from itertools import accumulate
from typing import Protocol, cast

import regex

from scheduler.render.layout.east_asian import is_traditional

_THAI = regex.compile(r"\p{sc=Thai}{2,}")
_EAST_ASIAN = regex.compile(r"[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}]")
_KANA = regex.compile(r"[\p{sc=Hira}\p{sc=Kana}]")
_LEANING = frozenset("的了吗嗎呢吧们們")  # Chinese particles, which belong to what they follow


def thai_words(text: str) -> set[int]:
    """Where a Thai word starts after another."""
    return {run.start() + at for run in _THAI.finditer(text) for at in _starts("th", run[0])}


def phrase_starts(text: str, language: str = "") -> frozenset[int] | None:
    """Where a phrase starts, in Japanese or Chinese text; None in others."""
    if not _EAST_ASIAN.search(text):
        return None
    if _KANA.search(text):
        return _starts("ja", text)
    starts = _starts("zh-hant" if is_traditional(language) else "zh-hans", text)
    return frozenset(at for at in starts if text[at] not in _LEANING)


def _starts(model: str, text: str) -> frozenset[int]:
    return frozenset(accumulate(map(len, _parser(model).parse(text)[:-1])))


class _Parser(Protocol):
    def parse(self, sentence: str) -> list[str]: ...


@cache
def _parser(model: str) -> _Parser:
    budoux = import_module("budoux")  # 9 ms, which most cards do not need
    loaders = {
        "th": budoux.load_default_thai_parser,
        "ja": budoux.load_default_japanese_parser,
        "zh-hans": budoux.load_default_simplified_chinese_parser,
        "zh-hant": budoux.load_default_traditional_chinese_parser,
    }
    return cast("_Parser", loaders[model]())
