"""Languages as data: one file each, named by its ISO 639-1 code. `load("de")` reads that one and no other."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module

from scheduler.extract.lexicon._language import Language, bare, leading, speech

__all__ = ["CODES", "Language", "bare", "detect", "leading", "load", "speech"]

CODES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ru", "ja", "zh")

_SAMPLE = 600  # code points that are mostly enough to tell a language
_LONG_SAMPLE = 4000
_PLAIN = 0.3  # of the words: no need to try other languages
_WORD = re.compile(r"[^\W\d_]+")
_KANA = ("\u3040", "\u30ff")
_HAN = ("\u3400", "\u9fff")
_CYRILLIC = ("а", "я")


@cache
def load(code: str) -> Language:
    """The language of a BCP 47 tag; English where it is none of ours."""
    primary = code.lower().partition("-")[0]
    module = import_module(f"{__name__}.{primary if primary in CODES else 'en'}")
    language: Language = module.LANGUAGE
    return language


def detect(text: str) -> str:
    """The code of the language that `text` is most likely written in."""
    by_script = _by_script(text[:_SAMPLE])
    if by_script:
        return by_script
    found = _words(text[:_SAMPLE])
    if _hits(found, "en") > _PLAIN * len(found):
        return "en"
    found = _words(text[:_LONG_SAMPLE])
    return max(CODES, key=lambda code: _hits(found, code))  # the first of equals: English


def _words(sample: str) -> list[str]:
    return _WORD.findall(sample.lower())


def _hits(found: list[str], code: str) -> int:
    return sum(map(load(code).function.__contains__, found))


def _by_script(sample: str) -> str:
    """The language that a script belongs to, "" for the Latin one."""
    kana, han, cyrillic = (
        {c for c in set(sample) if first <= c <= last} for first, last in (_KANA, _HAN, _CYRILLIC)
    )
    if kana or han:
        return "ja" if kana else "zh"
    return "ru" if sum(map(sample.count, cyrillic)) > len(sample) / 4 else ""
