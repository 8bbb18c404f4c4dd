"""What the rules need to know about a language. Each language is one file of data beside this one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

_NONE: Mapping[str, Any] = MappingProxyType({})


_JOINED = str.maketrans(
    {"ø": "o", "ł": "l", "ı": "i", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)


def words(text: str) -> frozenset[str]:
    """The words of a block of text in a data file."""
    return frozenset(text.split())


class _Data(NamedTuple):
    """All words are in lower case, without the full stop of an abbreviation."""

    code: str  # ISO 639-1
    #: Frequent short words. They tell the language of a text, and are never names.
    function: frozenset[str]
    #: Finite forms of verbs of speech. `strong` ones are nothing else; the others may be nouns too.
    strong: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    doubtful: frozenset[str] = frozenset()  # "notes": a verb only right beside its subject
    participles: frozenset[str] = frozenset()  # "saying": the subject stands before, not beside it
    phrasal: Mapping[str, frozenset[str]] = _NONE  # "shot" -> {"back"}
    according: frozenset[tuple[str, ...]] = frozenset()  # ("according", "to"): a name follows
    pronouns: Mapping[str, str] = _NONE  # -> "m", "f", or "" for the others
    possessives: Mapping[str, str] = _NONE  # "his" -> "m": tells a name's sex
    relatives: frozenset[str] = frozenset()  # "who": the subject stands before it
    determiners: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()  # "the", "her": what follows is one that the reader knows
    prepositions: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    joining: frozenset[str] = frozenset()  # "and": may join two who speak together
    subordinating: frozenset[str] = frozenset()  # "when": what follows is about something else
    auxiliaries: frozenset[str] = frozenset()  # may stand between a subject and its verb
    passives: frozenset[str] = frozenset()  # "was": the participle after it tells what was done to somebody
    finite: frozenset[str] = frozenset()  # "had": the name right before it is a subject
    occasions: frozenset[str] = frozenset()  # "on Monday", "in a statement": may stand there too
    attaching: frozenset[str] = frozenset()  # "of": ties what follows to the noun before it
    adverb: str = ""  # how adverbs end
    titles: Mapping[str, str] = _NONE  # before a name -> "m", "f" or ""
    particles: frozenset[str] = frozenset()  # small words inside a name: "de", "van"
    roles: frozenset[str] = frozenset()  # capitalised, before a name, and not part of it
    occupations: frozenset[str] = frozenset()  # what people are called: novelist, producer
    agents: tuple[str, ...] = ()  # how words for what people do end: meteorologist
    places: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()  # a name that holds one is no person
    families: frozenset[str] = frozenset()  # unless it is a first and a last name: Liam Fox
    male: frozenset[str] = frozenset()  # first names
    female: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()  # first names that tell no sex, and may look like a role: Parker
    dangling: frozenset[str] = frozenset()  # a quote that starts with one leans on what was said before
    expletives: frozenset[str] = frozenset()  # unless it points forward: "It is good to be back"
    complements: frozenset[str] = frozenset()  # to what comes after one of these
    personal: frozenset[str] = frozenset()  # "I", "we", "my": the speaker speaks of themselves
    emphatic: frozenset[str] = frozenset()  # "never", "everyone": words that make a quote carry
    records: frozenset[str] = frozenset()  # "first", "largest": what a sentence boasts of
    capitalises_nouns: bool = False
    verb_second: bool = False  # "Dazu sagte Kern": the subject may follow the verb before a quote, too
    #: For scripts that put no space between words: what stands right before or after a quote that is spoken.
    cue_before: re.Pattern[str] | None = None
    cue_after: re.Pattern[str] | None = None


class Language(_Data):
    """There is one of each, and what is computed from it is kept by it."""

    __slots__ = ()
    __eq__ = object.__eq__
    __hash__ = object.__hash__

    def sex_of_first_name(self, name: str) -> str:
        """'m', 'f', or '' where the name tells nothing, or both."""
        name = bare(name)
        is_male, is_female = name in self.male, name in self.female
        return "" if is_male == is_female else "m" if is_male else "f"


def bare(word: str) -> str:
    """Agnès → Agnes"""
    if word.isascii():
        return word
    apart = unicodedata.normalize("NFKD", word.translate(_JOINED))
    return "".join(c for c in apart if not unicodedata.combining(c))


@cache
def speech(language: Language) -> frozenset[str]:
    """Every form of a verb of speech."""
    verbs = language.strong | language.verbs | language.doubtful | language.participles
    return verbs | language.phrasal.keys()


@cache
def leading(language: Language) -> frozenset[str]:
    """Every word that words of speech may start with."""
    return speech(language) | {phrase[0] for phrase in language.according}
