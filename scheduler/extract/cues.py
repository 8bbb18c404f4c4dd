"""Words of speech: where in a sentence something is said to be said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from scheduler.extract.phrases import Sentence
from scheduler.extract.tokens import Token, is_possessive


class Cue(NamedTuple):
    at: int  # token index of the verb
    width: int  # in tokens: "put it" has two
    strong: bool  # only speech is told with it
    participle: bool  # "saying": its subject is the clause's


def cues(sentence: Sentence, since: int, until: int) -> Iterator[Cue]:
    """The verbs of speech from `since` to `until`, in order."""
    for i in range(since, until):
        cue = cue_at(sentence, i, until)
        if cue is not None:
            yield cue


def cue_at(sentence: Sentence, i: int, until: int) -> Cue | None:
    token, language = sentence.tokens[i], sentence.language
    if token.kind != "word":
        return None
    if token.low in language.strong:
        return Cue(i, 1, True, False)
    if token.low in language.verbs and not _is_noun(sentence, i) and not _is_passive(sentence, i):
        return Cue(i, 1, False, False)
    if token.low in language.participles and not _is_noun(sentence, i):
        return Cue(i, 1, False, not _is_progressive(sentence, i))
    particles = language.phrasal.get(token.low)
    if particles and i + 1 < until and sentence.tokens[i + 1].low in particles:
        return Cue(i, 2, False, False)
    return None


def according(sentence: Sentence, i: int) -> int:
    """How many tokens 'according to' takes at `i`; 0 where it does not stand there."""
    for phrase in sentence.language.according:
        if all(_low(sentence, i + k) == word for k, word in enumerate(phrase)):
            return len(phrase)
    return 0


def _low(sentence: Sentence, i: int) -> str:
    return sentence.tokens[i].low if i < len(sentence.tokens) else ""


def _is_noun(sentence: Sentence, i: int) -> bool:
    """the report, his remark, of praise, Trump’s claim"""
    if i == 0:
        return False
    before, language = sentence.tokens[i - 1], sentence.language
    return before.low in language.determiners or before.low in language.prepositions or _owns(before)


def _owns(token: Token) -> bool:
    return token.kind == "name" and is_possessive(token)


def _is_passive(sentence: Sentence, i: int) -> bool:
    """was criticized, be worried"""
    return i > 0 and sentence.tokens[i - 1].low in sentence.language.passives


def _is_progressive(sentence: Sentence, i: int) -> bool:
    """was saying, kept asking"""
    return i > 0 and sentence.tokens[i - 1].low in sentence.language.auxiliaries
