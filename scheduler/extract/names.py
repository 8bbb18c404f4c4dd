"""The people of an article: who is named where, the full name behind a last name, and who is a he or a she."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

from scheduler.extract.blocks import is_heading
from scheduler.extract.lexicon import Language
from scheduler.extract.naming import SUFFIXES, is_first_name, is_no_person, low, named
from scheduler.extract.page import Page
from scheduler.extract.tokens import UPPER

_WORD = re.compile(r"\S+")
_MOST_WORDS = 5  # in a person's name
_NEAR = 1200  # code points in which a full name was just given
_PRONOUN_REACH = 160  # code points after a name in which a pronoun tells its sex


class Mention(NamedTuple):
    start: int
    end: int
    name: str  # as written, without titles
    title: str
    sex: str  # by its title: "m", "f" or ""


class Names:
    """The people named in the reporter's words of a page."""

    def __init__(self, page: Page) -> None:
        self.language = page.language
        self.mentions = list(_mentions(page))
        self.starts = [m.start for m in self.mentions]
        self._given: dict[str, list[int]] = defaultdict(list)  # full name -> where it is given
        self._by_word: dict[str, list[str]] = defaultdict(list)  # first or last name -> full names
        self._sex: dict[str, str] = {}
        self.speaking: set[str] = set()  # people with words of speech beside their name
        for m in self.mentions:
            self._learn(m)
        self._learn_sexes(page)

    def full(self, name: str, at: int = 0, sex: str = "") -> str:
        """The full name that `name` stands for at offset `at`."""
        words = name.split()
        if len(words) > 1:
            return self._longest(words, name)
        found = self._by_word.get(name, ())
        candidates = [n for n in found if not sex or self.sex(n) in {sex, ""}] or found
        if not candidates:
            return name
        best = max(candidates, key=lambda n: self._weight(n, name, at))
        return self._longest(best.split(), best)

    def sex(self, full: str) -> str:
        """'m', 'f', or '' where nothing tells."""
        known = self._sex.get(full)
        return known if known is not None else self.language.sex_of_first_name(low(full.split(maxsplit=1)[0]))

    def is_person(self, full: str) -> bool:
        """Whether something says so: a title, a known first name, or words of speech."""
        return (
            full in self.speaking
            or full in self._sex
            or is_first_name(full.split(maxsplit=1)[0], self.language)
        )

    def before(self, at: int, since: int) -> Iterator[Mention]:
        """The mentions that end before `at`, nearest first, back to `since`."""
        for i in range(bisect_left(self.starts, at) - 1, -1, -1):
            if self.mentions[i].start < since:
                return
            yield self.mentions[i]

    def known_in(self, words: Sequence[str]) -> str:
        """The first full name of the article that stands in a run of words, "" where none does."""
        for i in range(len(words)):
            for j in range(min(len(words), i + _MOST_WORDS), i + 1, -1):
                name = " ".join(words[i:j])
                if name in self._given:
                    return name
        return next((w for w in words if w in self._by_word), "")

    def _learn(self, m: Mention) -> None:
        words = m.name.split()
        if m.name not in self._given:
            if len(words) < 2 or not self.may_be_person(words):
                return
            self._by_word[_last(words)].append(m.name)
            self._by_word[words[0]].append(m.name)
        self._given[m.name].append(m.start)

    def may_be_person(self, words: Sequence[str]) -> bool:
        lows = [low(w) for w in words]
        return (
            len(words) <= _MOST_WORDS
            and not any(w in self.language.organisations for w in lows)
            and lows[-1] not in self.language.function
            and not is_no_person(words[0], self.language)
        )

    def _weight(self, full: str, name: str, at: int) -> tuple[bool, bool, int, int]:
        """By last name before first name, given already, given often, given early."""
        given = self._given[full]
        return _last(full.split()) == name, given[0] <= at, len(given), -given[0]

    def _longest(self, words: Sequence[str], name: str) -> str:
        """With the middle name or initial, where the article gives one."""
        same = (n for n in self._by_word.get(_last(words), ()) if n.split()[0] == words[0])
        return max(same, key=len, default=name) if len(words) > 1 else name

    def _learn_sexes(self, page: Page) -> None:
        """By titles first; then by the pronouns that follow a name that nothing else tells of."""
        for m in self.mentions:
            if m.sex:
                self._sex.setdefault(self.full(m.name, m.start, m.sex), m.sex)
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for full, sex in self._pronouns_after_names(page):
            votes[full][sex] += 1
        for full, counted in votes.items():
            (sex, most), *others = counted.most_common()
            if not self.sex(full) and most > sum(n for _, n in others):
                self._sex[full] = sex

    def _pronouns_after_names(self, page: Page) -> Iterator[tuple[str, str]]:
        """(full name, sex) where a pronoun follows somebody whose sex is unknown, and nobody stands between."""
        telling = _pronoun_pattern(self.language)
        for m, after in zip_longest(self.mentions, self.mentions[1:]):
            full = self.full(m.name, m.start)
            if full in self._given and not self.sex(full):
                until = min(m.end + _PRONOUN_REACH, page.blocks[page.block_at(m.start)].end)
                found = telling.search(page.masked, m.end, min(until, after.start) if after else until)
                if found is not None:
                    yield full, _sex_of_pronoun(self.language, found[0].lower())


def _last(words: Sequence[str]) -> str:
    return next((w for w in reversed(words) if low(w) not in SUFFIXES), words[-1])


@cache
def _pronoun_pattern(language: Language) -> re.Pattern[str]:
    telling = [w for w, sex in {**language.pronouns, **language.possessives}.items() if sex]
    return re.compile(rf"\b(?:{'|'.join(telling) or '(?!)'})\b", re.IGNORECASE)


def _sex_of_pronoun(language: Language, word: str) -> str:
    return language.pronouns.get(word) or language.possessives[word]


@cache
def _run_pattern(language: Language) -> re.Pattern[str]:
    """Capitalised words in a row, with the small words and initials that stand inside a name."""
    small = "|".join(sorted(language.particles)) or "(?!)"
    rest = r"(?:[\w’'&.-]*\w)?"
    return re.compile(
        rf"{UPPER}(?<![\w’'@#.].){rest}(?:\.?[ \xa0](?:(?:{small})[ \xa0]){{0,2}}{UPPER}{rest})*"
    )


def _mentions(page: Page) -> Iterator[Mention]:
    """Every name outside quotes and headings."""
    run = _run_pattern(page.language)
    seen: dict[str, list[Mention]] = {}
    for block in page.blocks:
        if is_heading(page.masked[block.start : block.end], page.language.function):
            continue
        for m in run.finditer(page.masked, block.start, block.end):
            raw, at = m[0], m.start()
            if raw not in seen:
                seen[raw] = list(_in_run(raw, page.language))
            for start, end, *name in seen[raw]:
                yield Mention(at + start, at + end, *name)


def _in_run(raw: str, language: Language) -> Iterator[Mention]:
    """The names in a run, which a full stop may divide: with Sen. Warren. Trump"""
    words: list[str] = []
    at = 0
    for word in _WORD.finditer(raw):
        words.append(word[0])
        if word.end() == len(raw) or (word[0].endswith(".") and not _abbreviates(word[0], language)):
            found = named(tuple(words), language)
            if found is not None:
                start = raw.find(found.name.split()[0], at)
                yield Mention(start, word.end() - word[0].endswith("."), *found)
            words, at = [], word.end()


def _abbreviates(word: str, language: Language) -> bool:
    return len(word) == 2 or "." in word[:-1] or low(word) in language.titles or low(word) in SUFFIXES
