"""What part a named person plays in the sentence: a reader takes a later 'she' for whom the sentence is about."""

from __future__ import annotations

import re
from enum import Enum

from scheduler.extract.names import Mention
from scheduler.extract.page import Page
from scheduler.extract.sentence import Kind, Sentence
from scheduler.extract.subjects import main_subject, subject_after, subject_before

_REACH = 60  # tokens of a sentence in which its subjects are looked for
_BEFORE = 16  # code points before a name in which a preposition may govern it
_NEXT = re.compile(r"\s([a-z]+)\b")


class Role(Enum):
    SPEAKS = "speaks"  # noted the BBC’s Nora Vance
    ACTS = "acts"  # when Vance proposed a sale: a verb that may be of speech, and no quote
    SUBJECT = "subject"
    CLAUSE = "clause"  # but by then Vance had left
    OTHER = "other"
    OWNER = "owner"  # Vance’s book
    GOVERNED = "governed"  # with Vance


class Salience:
    """The part of each name in its sentence; a sentence is read when it is first asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._read: dict[int, dict[int, Role]] = {}

    def role_of(self, m: Mention) -> Role:
        return self._roles_in(self.page.sentence_at(m.start)).get(m.end) or _by_neighbours(self.page, m)

    def has_speaker(self, index: int) -> bool:
        """Whether somebody who is named speaks in that sentence."""
        return not {Role.SPEAKS, Role.ACTS}.isdisjoint(self._roles_in(index).values())

    def _roles_in(self, index: int) -> dict[int, Role]:
        roles = self._read.get(index)
        if roles is None:
            roles = self._read[index] = _roles(self.page.sentence(index))
        return roles


def _roles(sentence: Sentence) -> dict[int, Role]:
    """End of a name -> its part, for the subjects of a sentence."""
    found: dict[int, Role] = {}
    until = min(_REACH, len(sentence.tokens))
    main = main_subject(sentence, 0, until)
    if main is not None:
        found[main.end] = Role.SUBJECT
    for cue in sentence.cues(0, until):
        if not cue.participle:
            subject = subject_before(sentence, cue.at, 0) or subject_after(
                sentence, cue.at + cue.width, until
            )
            if subject is not None and subject.kind is Kind.NAME:
                found[subject.end] = Role.SPEAKS if cue.strong or sentence.quotes else Role.ACTS
    return found


def _by_neighbours(page: Page, m: Mention) -> Role:
    if page.masked[m.end - 2 : m.end] in {"’s", "'s"}:
        return Role.OWNER
    after = _NEXT.match(page.masked, m.end)
    if after is not None and after[1] in page.language.finite:
        return Role.CLAUSE
    before = page.masked[max(0, m.start - _BEFORE) : m.start].split()
    return Role.GOVERNED if before and before[-1].lower() in page.language.prepositions else Role.OTHER
