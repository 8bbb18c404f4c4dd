"""Where a line of a card may end, and where it had better not: UAX #14, tailored to what a typesetter does.

Stricter than the annex: no line starts with a dash, a hyphen or slash divides only between letters ("well-known", not
"2020-21"), and Korean words stay whole. Looser: Thai, which has no spaces, is divided between its words.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import regex

from scheduler.render.layout import phrases, uax14

SOFT_HYPHEN = "\u00ad"

_BAD = regex.compile(
    r"(?<=[^\s\p{Z}])(?=[—–]\S)|(?<=\s)(?=[—–])"  # before a dash
    r"|(?<=(?<![\p{L}\p{M}])[-‐/])|(?<=[-‐/])(?![\p{L}\p{M}])"
    r"|(?<=[-‐/])(?=[\p{sc=Hebr}\p{sc=Arab}])"
    rf"|(?<={SOFT_HYPHEN})"
)
_BETWEEN_SYLLABLES = regex.compile(r"(?<=\p{sc=Hang})(?=\p{sc=Hang})")

_CLOSERS = "”’»)」』"
_WITHIN_PHRASE = 15.0  # the price of a line that ends within a Japanese or Chinese phrase
_PAUSES = (
    ",",
    ";",
    ":",
    ".",
    "!",
    "?",
    "…",
    "—",
    "–",
    "،",
    "؛",
    "؟",
    "、",
    "。",
    "，",
    "；",
    "：",
    "！",
    "？",
    "।",
)
_STOPS = (".", "!", "?", "…", ":", "؟", "۔", "。", "！", "？", "।")
_SMALL = regex.compile(r"[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}]{1,2}")


def opportunities(text: str) -> list[int]:
    """The code points that a line may start at."""
    found = set(uax14.opportunities(text)) | phrases.thai_words(text)
    return sorted(at for at in found if not _BAD.match(text, at) and not _BETWEEN_SYLLABLES.match(text, at))


def makeshift(text: str) -> list[int]:
    """Where it may start as well, if a word is too long for a line: at soft hyphens, within Korean words."""
    return [
        at
        for at in uax14.opportunities(text)
        if text[at - 1] == SOFT_HYPHEN or _BETWEEN_SYLLABLES.match(text, at)
    ]


def reluctances(text: str, bounds: list[int], language: str = "") -> list[float]:
    """The price of ending a line at each of `bounds` but the first. 1 is as bad as a line 10 % too short."""
    whole = phrases.phrase_starts(text, language)
    words = [text[start:end].rstrip(" ") for start, end in pairwise(bounds)]
    return [
        _within_phrase(text, end, whole) + reluctance(word, before)
        for word, before, end in zip(words, ["", *words], bounds[1:], strict=False)
    ]


def _within_phrase(text: str, at: int, starts: frozenset[int] | None) -> float:
    if starts is None or at in starts or at >= len(text) or text[at - 1].isspace():
        return 0.0
    return _WITHIN_PHRASE


@lru_cache(4096)
def reluctance(word: str, before: str) -> float:
    """The price of ending a line with `word`, which follows `before`."""
    if word.endswith(("-", "‐", "/")):
        return 9.0
    bare = word.rstrip(_CLOSERS)
    if before.rstrip(_CLOSERS).endswith(_STOPS) and not bare.endswith(_PAUSES):
        return 12.0 if _SMALL.fullmatch(word) else 6.0  # one word of a new sentence
    if _SMALL.fullmatch(word):
        return 1.0  # "a", "of", "is" belong to what follows
    return -0.5 if bare.endswith(_PAUSES) else 0.0  # the voice pauses here anyway
