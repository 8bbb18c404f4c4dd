"""What people are called beside their names: the singer Odalys; Nora Vance, the mayor. So "the mayor" is Vance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from scheduler.extract.lexicon import Language
from scheduler.extract.names import Mention, Names
from scheduler.extract.sentence import Source

_BEFORE = 30  # code points before a name in which its office ends
_AFTER = re.compile(r"[ \xa0]?(?:\([^()]{1,20}\))?, (?:\d+, )?([^,.;:()\n\x01]{3,60})")
_OFFICE = re.compile(r"([^\W\d_][\w’'-]*),?[ \xa0]+$")
_WORD = re.compile(r"[^\W\d_][\w-]*")


class Offices:
    """Who holds which office, by the last word of it."""

    def __init__(self, masked: str, names: Names) -> None:
        self.language = names.language
        self.holders: dict[str, set[str]] = defaultdict(set)
        self.called: set[str] = set()  # people with an office right before their names
        for m in names.mentions:
            full = names.full(m.name, m.start, m.sex)
            before = _before(masked, m, self.language)
            if before:
                self.called.add(full)
                self.holders[before].add(full)
            for office in _after(masked, m, self.language):
                self.holders[office].add(full)

    def holder(self, source: Source) -> str:
        """The only one in the article whom "the mayor" can mean; "" where there are none or several."""
        words = [word.lower() for word in source.words]
        if words[0] not in self.language.definite:
            return ""
        found = self.holders.get(_head(words, self.language), set())
        return next(iter(found)) if len(found) == 1 else ""


def _before(masked: str, m: Mention, language: Language) -> str:
    """state Attorney General | Austin Pierce; the producer, | Tiago Vaz"""
    found = _OFFICE.search(masked, max(0, m.start - _BEFORE), m.start)
    word = found[1].lower() if found else ""
    return word if _is_office(word, language) else ""


def _after(masked: str, m: Mention, language: Language) -> Iterator[str]:
    """Nora Vance |, the mayor of Arlen"""
    found = _AFTER.match(masked, m.end)
    for word in _WORD.findall(found[1].lower()) if found else ():
        if word in language.prepositions or word in language.relatives:
            return
        if _is_office(word, language):
            yield word


def _head(words: list[str], language: Language) -> str:
    """the chairman of the board → chairman"""
    ends = next((i for i, word in enumerate(words) if word in language.prepositions), len(words))
    return words[ends - 1] if ends else ""


def _is_office(word: str, language: Language) -> bool:
    return word in language.occupations or word in language.titles
