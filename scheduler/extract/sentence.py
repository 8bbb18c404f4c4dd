"""One sentence: its words, the names and the verbs of speech in it. All indexes are into its tokens."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from scheduler.extract.cues import Cue, according, cue_at
from scheduler.extract.lexicon import Language, leading
from scheduler.extract.naming import Named, may_be_person, named
from scheduler.extract.tokens import Token, is_name, is_possessive


class Kind(IntEnum):
    """In the order of how much they tell."""

    NAME = 1
    PRONOUN = 2
    NOMINAL = 3  # "one official"


class Source(NamedTuple):
    """Who is said to speak, as written."""

    kind: Kind
    first: int  # token indexes in its sentence
    last: int
    start: int  # offsets in the body
    end: int
    words: tuple[str, ...]


class Sentence:
    """`runs` and `run_starts` lead from the first to the last token of each run of capitalised words, and back;
    `according` from where 'according to' stands to how many tokens it takes.
    """

    def __init__(self, tokens: Sequence[Token], language: Language) -> None:
        self.tokens, self.language = tokens, language
        self.starts = [token.start for token in tokens]
        self.quotes = [i for i, token in enumerate(tokens) if token.kind == "quote"]
        self.runs: dict[int, int] = {}
        self.according: dict[int, int] = {}
        self._cues: list[Cue] = []
        may_say = leading(language)
        past = 0
        for i, token in enumerate(tokens):
            if token.low in may_say and self._learn(i):
                continue
            if i >= past and is_name(token):
                self.runs[i] = self._run_from(i)
                past = self.runs[i] + 1
        self._cue_starts = [cue.at for cue in self._cues]
        self.run_starts = {last: first for first, last in self.runs.items()}

    def _learn(self, i: int) -> bool:
        """Whether the word at `i`, which may begin words of speech, does."""
        width = according(self.tokens, i, self.language)
        cue = cue_at(self.tokens, i, self.language)
        if width:
            self.according[i] = width
        elif cue is not None:
            self._cues.append(cue)
        return bool(width or cue)

    def _run_from(self, i: int) -> int:
        """The last token of the run that starts at `i`: small words may stand inside it, not at its end."""
        last, at = i, i + 1
        while at < len(self.tokens) and not is_possessive(self.tokens[last]):
            if is_name(self.tokens[at]):
                last = at
            elif self.tokens[at].low not in self.language.particles or at - last > 2:
                break
            at += 1
        return last

    def cues(self, since: int, until: int) -> list[Cue]:
        """The verbs of speech from `since` to `until`, in order."""
        if not self._cues:
            return []
        return self._cues[bisect_left(self._cue_starts, since) : bisect_left(self._cue_starts, until)]

    def cue_at(self, i: int) -> Cue | None:
        found = self.cues(i, i + 1)
        return found[0] if found else None

    def source(self, kind: Kind, first: int, last: int) -> Source:
        tokens = self.tokens[first : last + 1]
        return Source(kind, first, last, tokens[0].start, tokens[-1].end, tuple(t.text for t in tokens))

    def name(self, first: int, last: int) -> Source | None:
        """The run from `first` to `last`, if it names somebody."""
        return self.source(Kind.NAME, first, last) if self.named(first, last) else None

    def named(self, first: int, last: int) -> Named | None:
        return named(tuple(t.text for t in self.tokens[first : last + 1]), self.language)

    def is_pronoun(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].low in self.language.pronouns

    def is_telling(self, i: int) -> bool:
        """He or she: a pronoun that stands for one person of the article."""
        return bool(self.language.pronouns.get(self.tokens[i].low))

    def is_adverb(self, i: int) -> bool:
        token, ending = self.tokens[i], self.language.adverb
        return token.kind == "word" and bool(ending) and token.low.endswith(ending) and len(token.low) > 4

    def is_aside(self, i: int) -> bool:
        """A word that may stand between a subject and its verb."""
        return self.tokens[i].low in self.language.auxiliaries or self.is_adverb(i)

    def is_occasion(self, i: int) -> bool:
        """on Monday, in a statement; not: the Leeds Post"""
        token = self.tokens[i]
        is_word = token.kind == "word" or token.low in self.language.function
        return is_word and token.low in self.language.occasions

    def may_be_noun(self, i: int) -> bool:
        token, language = self.tokens[i], self.language
        return token.kind == "word" and token.low not in language.function and token.low not in language.verbs

    def is_role(self, i: int) -> bool:
        """officer, producer"""
        return self.tokens[i].low in self.language.occupations or self.tokens[i].low in self.language.titles

    def is_office(self, i: int) -> bool:
        """Secretary, as in Secretary of State; not a secretary."""
        return is_name(self.tokens[i]) and self.tokens[i].low in self.language.titles

    def is_organisation(self, first: int, last: int) -> bool:
        return any(t.low in self.language.organisations for t in self.tokens[first : last + 1])

    def may_be_person(self, first: int, last: int) -> bool:
        found = self.named(first, last)
        return found is not None and may_be_person(found.name, self.language)

    def can_be_subject(self, first: int, last: int, since: int) -> bool:
        """Owns nothing that follows, and no preposition governs it."""
        goes_on = last + 1 < len(self.tokens) and self.tokens[last + 1].kind != "mark"
        if goes_on and is_possessive(self.tokens[last]):
            return False
        before = first - 1
        if before >= since and self.tokens[before].low in self.language.determiners:
            before -= 1
        if before >= since and self.tokens[before].low in self.language.prepositions:
            return False
        return self.may_be_person(first, last)
