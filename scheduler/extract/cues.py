"""Words of speech: where in a sentence something is said to be said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from scheduler.extract.lexicon import Language
from scheduler.extract.tokens import Token, is_possessive


class Cue(NamedTuple):
    at: int  # token index of the verb
    width: int = 1  # in tokens: "put it" has two
    strong: bool = False  # only speech is told with it
    participle: bool = False  # "saying": its subject is the clause's


def according(tokens: Sequence[Token], i: int, language: Language) -> int:
    """How many tokens 'according to' takes at `i`; 0 where it does not stand there."""
    return max((len(p) for p in language.according if _stands(tokens, i, p)), default=0)


def _stands(tokens: Sequence[Token], i: int, phrase: tuple[str, ...]) -> bool:
    return all(i + k < len(tokens) and tokens[i + k].low == word for k, word in enumerate(phrase))


def cue_at(tokens: Sequence[Token], i: int, language: Language) -> Cue | None:
    """The verb of speech at `i`."""
    word = tokens[i].low
    before = tokens[i - 1] if i else None
    if word in language.strong:
        return Cue(i, strong=True)
    if tokens[i].kind != "word":  # Ellen Says
        return None
    if word in language.verbs and not _is_noun(before, language) and not _is_passive(before, language):
        return Cue(i)
    if word in language.doubtful and _is_beside_subject(tokens, i, language):
        return Cue(i)
    if word in language.participles and not _is_noun(before, language):
        return Cue(i, participle=not _is_progressive(before, language))
    if i + 1 < len(tokens) and tokens[i + 1].low in language.phrasal.get(word, ()):
        return Cue(i, width=2)
    return None


def _is_beside_subject(tokens: Sequence[Token], i: int, language: Language) -> bool:
    """“…,” she notes; “…,” notes Vance; not: the notes"""
    return any(
        0 <= k < len(tokens)
        and (
            tokens[k].low in language.pronouns or (tokens[k].kind == "name" and not is_possessive(tokens[k]))
        )
        for k in (i - 1, i + 1)
    )


def _is_noun(before: Token | None, language: Language) -> bool:
    """the report, his remark, of praise, Vance’s claim"""
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
