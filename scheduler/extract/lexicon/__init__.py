"""Languages as data: one file each, named by its ISO 639-1 code. `load("de")` reads that one and no other."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib import import_module

from scheduler.extract.lexicon._language import Language

__all__ = ["CODES", "Language", "detect", "load"]

CODES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "pl", "ru", "ja", "zh")

_SAMPLE = 2000  # code points that are enough to tell a language
_PLAIN = 0.3  # of the words: no need to try other languages
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile(r"[぀-ヿ]")
_HAN = re.compile(r"[㐀-鿿]")
_CYRILLIC = re.compile(r"[а-я]{2}")


@cache
def load(code: str) -> Language:
    """The language of a BCP 47 tag; English where it is none of ours."""
    primary = code.lower().partition("-")[0]
    module = import_module(f"{__name__}.{primary if primary in CODES else 'en'}")
    language: Language = module.LANGUAGE
    return language


def detect(text: str) -> str:
    """The code of the language that `text` is most likely written in."""
    sample = text[:_SAMPLE]
    by_script = _by_script(sample)
    if by_script:
        return by_script
    found = Counter(w.lower() for w in _WORD.findall(sample))
    if _hits(found, "en") > _PLAIN * found.total():
        return "en"
    return max(CODES, key=lambda code: _hits(found, code))  # the first of equals: English


def _hits(found: Counter[str], code: str) -> int:
    return sum(found[w] for w in found.keys() & load(code).function)


def _by_script(sample: str) -> str:
    if _KANA.search(sample):
        return "ja"
    if _HAN.search(sample):
        return "zh"
    return "ru" if _CYRILLIC.search(sample) else ""
