"""Where a long word may be divided: by the patterns of its language, which the extra `pullquote[hyphens]` brings."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import regex

_WORD = regex.compile(r"[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{M}]{7,}")
_MEANT = {"en": "en-US"}  # whose marks we write as well
_LEAST = 3  # letters on either side
_LONGEST = 200  # letters: what is longer is no word of a language


def points(text: str, language: str) -> list[int]:
    """The code points that may start a line after a hyphen."""
    patterns = _patterns(language)
    if patterns is None:
        return []
    return [
        word.start() + at
        for word in _WORD.finditer(text)
        if len(word[0]) <= _LONGEST
        for at in sorted(patterns.positions(word[0]))
        if at >= _LEAST and len(word[0]) - at >= _LEAST
    ]


@cache
def _patterns(language: str) -> Any:
    if not language or find_spec("pyphen") is None:
        return None
    pyphen = import_module("pyphen")
    known = pyphen.language_fallback(_MEANT.get(language.lower(), language))
    return pyphen.Pyphen(lang=known) if known else None
