"""The people of an article: who is named where, the full name behind a last name, and who is a he or a she."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise, zip_longest
from typing import NamedTuple

from scheduler.extract.blocks import Block, is_heading
from scheduler.extract.lexicon import Language
from scheduler.extract.naming import SUFFIXES, is_first_name, low, may_be_person, named
from scheduler.extract.page import Page
from scheduler.extract.tokens import UPPER

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W\d_][\w-]*")
_NEAR = 1200  # code points in which a full name was just given
_NAMESAKES = (
    12  # full names that are kept for one first or last name: an article has a few, a list has thousands
)
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
        headings, text = _divided(page)
        self.mentions = list(_mentions(page, text))
        self.starts = [m.start for m in self.mentions]
        self._given: dict[str, list[int]] = defaultdict(list)  # full name -> where it is given
        self._by_word: dict[str, list[str]] = defaultdict(list)  # first or last name -> full names
        self._extended: dict[str, str] = {}  # full name -> its longest form
        self._in_headings = dict(_in_headings(page, headings))  # last name -> full name
        self._sex: dict[str, str] = {}
        self.proper = self._proper(page)
        self.speaking: set[str] = set()  # people with words of speech beside their name
        for m in self.mentions:
            self._learn(m)
        self._learn_sexes(page)

    def full(self, name: str, at: int = 0, sex: str = "") -> str:
        """The full name that `name` stands for at offset `at`."""
        if " " in name:
            return self._longest(name)
        found = self._by_word.get(name, [])
        candidates = [n for n in found if not sex or self.sex(n) in {sex, ""}]
        if not any(self._given[n][0] <= at for n in candidates):  # who is named later is not meant here
            candidates = found
        if not candidates:
            return self._in_headings.get(name, name)
        if len(candidates) == 1:
            return self._longest(candidates[0])
        return self._longest(max(candidates, key=lambda n: self._weight(n, name, at)))

    def sex(self, full: str) -> str:
        """'m', 'f', or '' where nothing tells."""
        known = self._sex.get(full)
        return known if known is not None else self.language.sex_of_first_name(low(full.split(maxsplit=1)[0]))

    def is_person(self, full: str) -> bool:
        """Whether something says so: a title, a known first name, words of speech, or the last name alone."""
        first, _, rest = full.partition(" ")
        return (
            full in self.speaking
            or full in self._sex
            or is_first_name(first, self.language)
            or rest.rpartition(" ")[2] in self.proper
        )

    def is_first_name(self, word: str) -> bool:
        return is_first_name(word, self.language)

    def is_proper(self, word: str) -> bool:
        """Whether a single word is somebody's name, and not just the start of a sentence."""
        return word in self.proper or word in self._by_word or self.is_first_name(word)

    def before(self, at: int, since: int) -> Iterator[Mention]:
        """The mentions that end before `at`, nearest first, back to `since`."""
        for i in range(bisect_left(self.starts, at) - 1, -1, -1):
            if self.mentions[i].start < since:
                return
            yield self.mentions[i]

    def most_named(self) -> str:
        """The full name that is given most often, "" where none is."""
        return max(self._given, key=lambda full: len(self._given[full]), default="")

    def known_in(self, words: Sequence[str]) -> str:
        """The first full name of the article that stands in a run of words, "" where none does."""
        for i in range(len(words)):
            for j in range(min(len(words), i + 4), i + 1, -1):
                name = " ".join(words[i:j])
                if name in self._given:
                    return name
        return next((w for w in words if w in self._by_word), "")

    def _proper(self, page: Page) -> set[str]:
        """The single words that are capitalised elsewhere than at the start of a sentence: Critics is none."""
        starts = {start for start, _ in page.sentences}
        return {m.name for m in self.mentions if " " not in m.name and (m.title or m.start not in starts)}

    def _learn(self, m: Mention) -> None:
        if " " not in m.name:
            return
        if m.name not in self._given:
            if not may_be_person(m.name, self.language):
                return
            words = m.name.split()
            for word in (_last(words), words[0]):
                if len(self._by_word[word]) < _NAMESAKES:
                    self._by_word[word].append(m.name)
        self._given[m.name].append(m.start)

    def _weight(self, full: str, name: str, at: int) -> tuple[bool, bool, int, int]:
        """By last name before first name, given already, given often, given early."""
        given = self._given[full]
        return _last(full.split()) == name, given[0] <= at, len(given), -given[0]

    def _longest(self, name: str) -> str:
        """With the first and the middle name, or the initial, where the article gives one."""
        if name not in self._extended:
            first, *_, last = name.split()
            found = self._by_word.get(last, ())
            same = (n for n in found if n.startswith(first + " ") or n.endswith(" " + name))
            self._extended[name] = max(same, key=len, default=name)
        return self._extended[name]

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
        unknown = {word for full in self._given if not self.sex(full) for word in full.split()}
        for m, after in zip_longest(self.mentions, self.mentions[1:]):
            if m.name.rpartition(" ")[2] not in unknown or self.sex(full := self.full(m.name, m.start)):
                continue
            until = min(m.end + _PRONOUN_REACH, page.blocks[page.block_at(m.start)].end)
            found = telling.search(page.masked, m.end, min(until, after.start) if after else until)
            if found is not None and full in self._given:
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
        rf"{UPPER}(?<![\w’'@#.].){rest}"
        rf"(?:\.?[ \xa0]+(?:(?:{small})[ \xa0]){{0,2}}(?:(?:al|el|a[dnrstz]|ash|ben|bin|ibn|ul)-)?{UPPER}{rest})*"
        r"(?:(?<=\b[JS]r)\.)?"
    )


def _divided(page: Page) -> tuple[list[Block], list[Block]]:
    """The headings and the other paragraphs."""
    headings: list[Block] = []
    others: list[Block] = []
    for block in page.blocks:
        is_one = is_heading(page.masked[block.start : block.end], page.language.function)
        (headings if is_one else others).append(block)
    return headings, others


def _mentions(page: Page, blocks: Sequence[Block]) -> Iterator[Mention]:
    """Every name outside quotes."""
    run, language = _run_pattern(page.language), page.language
    for block in blocks:
        for m in run.finditer(page.masked, block.start, block.end):
            at = m.start()
            for start, end, name, title, sex in _in_run(m[0], language):
                yield Mention(at + start, at + end, name, title, sex)


def _in_headings(page: Page, headings: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Where Every Word Is Capitalised, only a known first name tells a name."""
    for block in headings:
        for first, last in pairwise(_LETTERS.findall(page.masked[block.start : block.end])):
            if is_first_name(first, page.language) and last[0].isupper():
                yield last, f"{first} {last}"


@lru_cache(maxsize=8192)
def _in_run(raw: str, language: Language) -> tuple[Mention, ...]:
    """The names in a run, which a full stop may divide: with Sen. Vance. Hall"""
    found: list[Mention] = []
    words: list[str] = []
    at = 0
    for m in _WORD.finditer(raw):
        ends = m[0].endswith(".") and not _abbreviates(m[0], language)
        words.append(m[0][:-1] if ends else m[0])
        if ends or m.end() == len(raw):
            name = named(tuple(words), language)
            if name is not None:
                start = raw.find(name.name.partition(" ")[0], at)
                found.append(Mention(start, m.end() - ends, *name))
            words, at = [], m.end()
    return tuple(found)


def _abbreviates(word: str, language: Language) -> bool:
    return len(word) == 2 or "." in word[:-1] or low(word) in language.titles or low(word) in SUFFIXES
