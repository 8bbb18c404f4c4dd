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
_DIVIDED, _AT_JOINT = 30.0, 9.0  # the price of a line that ends in a hyphen which is not the text's own

#: With these endings a part of a compound is bound to the next: the word is best divided behind them. Joints without
#: such a sign would take a dictionary to know.
_JOINTS = {
    "de": regex.compile(r"(?:ungs|heits|keits|schafts|ions|täts|tums|lings)\Z"),
    "nl": regex.compile(r"(?:ings|heids|teits|schaps)\Z"),
    "sv": regex.compile(r"(?:ings|hets|skaps|ions)\Z"),
    "da": regex.compile(r"(?:ings|heds|skabs|ions)\Z"),
    "nb": regex.compile(r"(?:ings|hets|skaps|sjons)\Z"),
}
_JOINTS["no"] = _JOINTS["nn"] = _JOINTS["nb"]


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


def reluctance(part: str, language: str) -> float:
    """The price of ending a line with this part of a divided word, as `breaks` counts it."""
    joints = _JOINTS.get(language.lower()[:2])
    return _AT_JOINT if joints and joints.search(part) else _DIVIDED


@cache
def _patterns(language: str) -> Any:
    if not language or find_spec("pyphen") is None:
        return None
    pyphen = import_module("pyphen")
    known = pyphen.language_fallback(_MEANT.get(language.lower(), language))
    return pyphen.Pyphen(lang=known) if known else None
