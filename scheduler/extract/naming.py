"""The name in a run of capitalised words: without titles, roles, offices and possessives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from scheduler.extract.lexicon import Language, bare

SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
_DEGREES = frozenset("MP MSP MEP MLA MS MD PhD Ph.D QC KC OBE MBE CBE RN CPA Esq DDS".split())
_MOST_WORDS = 5  # in a person's name
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])$")


class Named(NamedTuple):
    name: str
    title: str  # in lower case, "" without one
    sex: str  # by the title


@lru_cache(maxsize=4096)
def named(words: tuple[str, ...], language: Language) -> Named | None:
    """The name in a run of capitalised words, without titles, roles and possessive."""
    kept = _after_possessive(words)
    kept, title = _after_title(_before_degrees(kept), language)
    kept = _after_roles(kept, language)
    if not kept or (len(kept) == 1 and not title and _is_no_name(kept[0], language)):
        return None
    return Named(" ".join(kept), title, language.titles.get(title, ""))


@lru_cache(maxsize=4096)
def may_be_person(name: str, language: Language) -> bool:
    """Not too long, no place, and without a word that marks an organisation."""
    words = name.split()
    lows = [low(w) for w in words]
    return _is_korean(words) or (
        len(words) <= _MOST_WORDS
        and not any(w in language.organisations for w in _telling(lows, language))
        and lows[-1] not in language.function
        and not is_no_person(words[0], language)
    )


def _is_korean(words: Sequence[str]) -> bool:
    """Park Geun-hye"""
    given = words[-1].partition("-")[2]
    return len(words) == 2 and given.islower()


def is_organisation(words: Sequence[str], language: Language) -> bool:
    """European Space Agency: no role is taken from such a name."""
    lows = _telling([low(w) for w in words], language)
    return len(words) > 1 and bool(lows) and lows[-1] in language.organisations


def _telling(lows: Sequence[str], language: Language) -> Sequence[str]:
    """The words that may mark an organisation: not a first name (Bill), nor a last name behind one (Liam Fox)."""
    if not is_first_name(lows[0], language):
        return lows
    return () if len(lows) == 2 and lows[1] in language.families else lows[1:]


def low(word: str) -> str:
    return word.rstrip(".").lower()


def _after_possessive(words: Sequence[str]) -> list[str]:
    """the BBC’s Nora Vance → Nora Vance; Vance’s → Vance."""
    kept: list[str] = []
    for word in words:
        if kept and kept[-1].endswith(("’s", "'s", "s’", "s'")):
            kept = []
        kept.append(word)
    if kept:
        kept[-1] = _POSSESSIVE.sub("", kept[-1])
    return kept


def _before_degrees(words: list[str]) -> list[str]:
    """Nora Vance MSP → Nora Vance"""
    while len(words) > 2 and words[-1] in _DEGREES:
        words = words[:-1]
    return words


def _after_title(words: list[str], language: Language) -> tuple[list[str], str]:
    """Scottish First Minister Nora Vance → Nora Vance; Harbour Bank CEO Peter Hall → Peter Hall."""
    shouted = all(w.isupper() for w in words)
    for k in range(len(words) - 2, -1, -1):
        word = low(words[k])
        if low(words[k + 1]) in SUFFIXES:
            continue
        if word in language.titles:
            return words[k + 1 :], word
        if (
            not shouted
            and len(word) > 2
            and "." not in words[k]
            and words[k].isupper()
            and word not in SUFFIXES
        ):
            return words[k + 1 :], ""
    return words, ""


def _after_roles(words: list[str], language: Language) -> list[str]:
    """Former Democrat Nora Vance → Nora Vance; The European Space Agency → European Space Agency."""
    if is_organisation(words, language):
        return words[low(words[0]) in language.determiners :]
    first = 0
    while first < len(words) - 1 and (
        _is_role(words[first], len(words) - first, language) or _is_agent(words[first:], language)
    ):
        first += 1
    if language.capitalises_nouns:
        known = (k for k in range(first, len(words) - 1) if is_first_name(words[k], language))
        first = next(known, first)
    return words[first:]


def _is_role(word: str, left: int, language: Language) -> bool:
    """Not part of a name; a place or an organisation only where a first and a last name are left after it."""
    w = low(word)
    if w in language.roles or w in language.occupations or w in language.function or w in language.strong:
        return left > 2 or not is_first_name(word, language)  # Christian, Will
    return left > 2 and is_no_person(word, language)


def _is_agent(words: Sequence[str], language: Language) -> bool:
    """Meteorologist | Nora Vance: by how the word ends, where a first and a last name follow."""
    if len(words) < 3 or not language.agents or not is_first_name(words[1], language):
        return False
    word = low(words[0])
    return (
        word.endswith(language.agents) and word not in language.shared and not is_first_name(word, language)
    )


def is_no_person(word: str, language: Language) -> bool:
    w = low(word)
    return (w in language.places or w in language.organisations) and not is_first_name(word, language)


def is_first_name(word: str, language: Language) -> bool:
    w = bare(low(word))
    return w in language.male or w in language.female


def _is_no_name(word: str, language: Language) -> bool:
    w = low(word)
    return w in language.function or w in language.roles or w in language.titles or "." in word
