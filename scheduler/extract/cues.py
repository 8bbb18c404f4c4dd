"""Words of speech: where in a sentence something is said to be said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from scheduler.extract.lexicon import Language
from scheduler.extract.tokens import Token, is_possessive


class Cue(NamedTuple):
    at: int  # token index of the verb
    width: int = 1  # in tokens: "put it" has two
    strong: bool = False  # only speech is told with it
    participle: bool = False  # "saying": its subject is the clause's


def cues(tokens: Sequence[Token], language: Language) -> Iterator[Cue]:
    """The verbs of speech of a sentence, in order."""
    for i, token in enumerate(tokens):
        if token.kind == "word" and token.low in language.speech:
            cue = _cue_at(tokens, i, language)
            if cue is not None:
                yield cue


def according(tokens: Sequence[Token], language: Language) -> dict[int, int]:
    """Where 'according to' stands -> how many tokens it takes."""
    starts = {phrase[0] for phrase in language.according}
    found: dict[int, int] = {}
    for i, token in enumerate(tokens):
        if token.low in starts:
            width = max((len(p) for p in language.according if _stands(tokens, i, p)), default=0)
            if width:
                found[i] = width
    return found


def _stands(tokens: Sequence[Token], i: int, phrase: tuple[str, ...]) -> bool:
    return tuple(t.low for t in tokens[i : i + len(phrase)]) == phrase


def _cue_at(tokens: Sequence[Token], i: int, language: Language) -> Cue | None:
    word = tokens[i].low
    before = tokens[i - 1] if i else None
    if word in language.strong:
        return Cue(i, strong=True)
    if word in language.verbs and not _is_noun(before, language) and not _is_passive(before, language):
        return Cue(i)
    if word in language.participles and not _is_noun(before, language):
        return Cue(i, participle=not _is_progressive(before, language))
    if i + 1 < len(tokens) and tokens[i + 1].low in language.phrasal.get(word, ()):
        return Cue(i, width=2)
    return None


def _is_noun(before: Token | None, language: Language) -> bool:
    """the report, his remark, of praise, Trump’s claim"""
    if before is None:
        return False
    owns = before.kind == "name" and is_possessive(before)
    return owns or before.low in language.determiners or before.low in language.prepositions


def _is_passive(before: Token | None, language: Language) -> bool:
    """was criticized, be worried"""
    return before is not None and before.low in language.passives


def _is_progressive(before: Token | None, language: Language) -> bool:
    """was saying, kept asking"""
    return before is not None and before.low in language.auxiliaries
