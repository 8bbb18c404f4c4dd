"""Who he or she is: the people named before a pronoun, weighed by what speaks for each."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from scheduler.extract.names import Mention, Names
from scheduler.extract.naming import may_be_person
from scheduler.extract.offices import Offices
from scheduler.extract.page import Page
from scheduler.extract.salience import Role, Salience
from scheduler.extract.subjects import unnamed

_REACH = 1500  # code points before a pronoun in which its person is named
_SUBJECT = 20  # tokens of a sentence in which somebody is described
_BLOCKS = 3  # blocks that a pronoun may carry a speaker over

#: What speaks for a person, and against.
_SENTENCE = -1.3  # for each sentence between
_BLOCK = -0.6  # for each paragraph between
_SAME_BLOCK = 1.5
_KNOWN_SEX = 3.0
_NOT_KNOWN_AS_PERSON = -3.0
_ROLE = {
    Role.SPEAKS: 5.0,
    Role.ACTS: 4.6,
    Role.SUBJECT: 3.5,
    Role.CLAUSE: 2.5,
    Role.OTHER: 0.0,
    Role.OWNER: -0.7,
    Role.GOVERNED: -1.5,
}

_MOST = _KNOWN_SEX + max(_ROLE.values())


Place = tuple[int, int]  # index of the sentence and of the block


class Spoken(NamedTuple):
    """Who spoke last, and where."""

    speaker: str
    end: int  # of the words
    block: int
    by_pronoun: bool


class Described(NamedTuple):
    """Somebody without a name beside the verb."""

    full: str  # who that is, "" where the article does not tell
    start: int
    role: Role


class Cast:
    """The people of a page, and which of them a pronoun stands for."""

    def __init__(self, page: Page) -> None:
        self.page, self.names, self.salience = page, Names(page), Salience(page)

    @cached_property
    def offices(self) -> Offices:
        return Offices(self.page.masked, self.names)

    def person_behind(self, at: int, sex: str, last: Spoken | None) -> str:
        """The full name behind a pronoun of that sex at `at`; "" where nobody fits."""
        here = self._place(at)
        best, weight = self._named_before(at, sex, last, here)
        described = self._described(at, sex)
        if described is None:
            return best
        new = self._distance(described.start, here) + _KNOWN_SEX + _ROLE[described.role]
        return described.full if new > weight else best

    def _named_before(self, at: int, sex: str, last: Spoken | None, here: Place) -> tuple[str, float]:
        """Who of those named before a pronoun weighs most, and how much."""
        best, weight = "", float("-inf")
        if last is not None and self._carries_on(at, sex, last):
            best, weight = last.speaker, self._weight(last.speaker, last.end, here, sex, Role.SPEAKS)
        for m in self.names.before(at, max(0, at - _REACH)):
            if self._distance(m.start, here) + _MOST <= weight:  # nobody farther away can weigh more
                break
            full = self.names.full(m.name, m.start, sex)
            if self._can_be(full, m, sex):
                new = self._weight(full, m.start, here, sex, self.salience.role_of(m))
                best, weight = (full, new) if new > weight else (best, weight)
        return best, weight

    def _described(self, at: int, sex: str) -> Described | None:
        """Somebody whom the sentence before only describes: a neighbour; the judge."""
        index, since = self.page.sentence_at(at) - 1, self.page.blocks[self.page.block_at(at)].start
        if index < 0 or self.page.sentences[index][0] < since:
            return None
        sentence, language = self.page.sentence(index), self.page.language
        first = int(bool(sentence.tokens) and sentence.tokens[0].low in language.conjunctions)
        source = unnamed(sentence, first, min(_SUBJECT, len(sentence.tokens)))
        if source is None or self.salience.has_speaker(index):
            return None
        full = self.offices.holder(source)
        known = self.names.sex(full) if full else language.titles.get(source.words[-1].lower(), "")
        is_one = full or source.words[0].lower() not in language.definite
        role = Role.SPEAKS if sentence.cues(source.last, len(sentence.tokens)) else Role.SUBJECT
        return Described(full, source.start, role) if is_one and known in {sex, ""} else None

    def _weight(self, full: str, start: int, here: Place, sex: str, role: Role) -> float:
        return self._distance(start, here) + self._sex_weight(full, sex, role) + _ROLE[role]

    def _can_be(self, full: str, m: Mention, sex: str) -> bool:
        if self.names.sex(full) not in {sex, ""} or not may_be_person(full, self.page.language):
            return False
        if " " in full or full in self.names.speaking or m.title or full in self.offices.called:
            return True
        role = self.salience.role_of(m)
        return self.names.is_first_name(full) or (role is Role.SPEAKS and self.names.is_proper(full))

    def _carries_on(self, at: int, sex: str, last: Spoken) -> bool:
        near = self.page.block_at(at) - last.block <= _BLOCKS
        return bool(last.speaker) and last.by_pronoun and near and self.names.sex(last.speaker) in {sex, ""}

    def _place(self, at: int) -> Place:
        return self.page.sentence_at(at), self.page.block_at(at)

    def _distance(self, start: int, here: Place) -> float:
        sentence, block = self._place(start)
        sentences, blocks = here[0] - sentence, here[1] - block
        return 10 + _SENTENCE * sentences + _BLOCK * blocks + (_SAME_BLOCK if not blocks else 0)

    def _sex_weight(self, full: str, sex: str, role: Role) -> float:
        if self.names.sex(full) == sex:
            return _KNOWN_SEX
        is_person = role is Role.SPEAKS or full in self.offices.called or self.names.is_person(full)
        return 0.0 if is_person else _NOT_KNOWN_AS_PERSON
