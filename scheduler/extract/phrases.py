"""A small grammar of subjects: the noun phrase before a verb, after an inverted one, or at the head of a clause.

All indexes are into the tokens of one sentence; every walk is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from scheduler.extract.lexicon import Language
from scheduler.extract.naming import low, named
from scheduler.extract.tokens import Token, is_name, is_possessive

_REACH = 60  # tokens: the longest apposition between a name and its verb
_PHRASE = 14  # tokens in a noun phrase
_STEPS = 8  # auxiliaries, adverbs and prepositional phrases that are stepped over


class Kind(Enum):
    NAME = "name"
    PRONOUN = "pronoun"
    NOMINAL = "nominal"  # "one official"


class Source(NamedTuple):
    """Who is said to speak, as written."""

    kind: Kind
    first: int  # token indexes in its sentence
    last: int
    start: int  # offsets in the body
    end: int
    words: tuple[str, ...]


class Sentence:
    """The tokens of one sentence and the runs of names in them."""

    def __init__(self, tokens: Sequence[Token], language: Language) -> None:
        self.tokens, self.language = tokens, language

    @cached_property
    def runs(self) -> dict[int, int]:
        """First token -> last token of each run of capitalised words."""
        found: dict[int, int] = {}
        i = 0
        while i < len(self.tokens):
            last = self._run_from(i)
            if last >= i:
                found[i] = last
            i = max(i, last) + 1
        return found

    @cached_property
    def run_starts(self) -> dict[int, int]:
        """Last token -> first token of each run."""
        return {last: first for first, last in self.runs.items()}

    def _run_from(self, i: int) -> int:
        """The last token of the run that starts at `i`; less than `i` where none does."""
        if not is_name(self.tokens[i]):
            return i - 1
        last, at = i, i + 1
        while at < len(self.tokens) and not is_possessive(self.tokens[last]):
            if is_name(self.tokens[at]):
                last = at
            elif self.tokens[at].low not in self.language.particles or at - last > 2:
                break
            at += 1
        return last

    def subject_before(self, verb: int, since: int) -> Source | None:
        """The subject of the verb at `verb`: what stands before it, back to `since`."""
        i = self._over_auxiliaries(verb - 1, since)
        if i < since:
            return None
        token = self.tokens[i]
        if token.low in self.language.relatives:
            return self._antecedent(i, since)
        if token.text == "," or token.kind == "dash":
            return self._apposition(i, since)
        if token.text == ")":
            i = self._before_bracket(i, since)
        return self._phrase_ending(i, since) if i >= since else None

    def subject_after(self, i: int, until: int) -> Source | None:
        """The subject of an inverted verb: “…,” said Simon Rosenberg, president of …"""
        while i < until and self._is_adverb(self.tokens[i]):
            i += 1
        if i < until and self._is_pronoun(i):
            return self._source(Kind.PRONOUN, i, i)
        end = self._phrase_end(i, until)
        if end == i:
            return None
        run = self._last_run(i, end)
        if run is not None and self._ends_phrase(run, i, end):
            return self._source(Kind.NAME, *run)
        apposed = self._apposed_name(end, until)
        if apposed is not None:
            return apposed
        return self._source(Kind.NOMINAL, i, end - 1) if self.tokens[i].kind in {"word", "number"} else None

    def main_subject(self, since: int, until: int) -> Source | None:
        """The first name or pronoun of a clause that no preposition governs."""
        i = since
        while i < until:
            last = self.runs.get(i, i)
            if self._is_pronoun(i) and self._telling(i):
                return self._source(Kind.PRONOUN, i, i)
            if i in self.runs and last < until and self._can_be_subject(i, last, since):
                return self._source(Kind.NAME, i, last)
            i = last + 1
        return None

    def any_name(self, since: int, until: int) -> Source | None:
        """The first name of a clause, whatever governs it."""
        runs = ((first, self.runs[first]) for first in range(since, until) if first in self.runs)
        names = (self.name(first, last) for first, last in runs if last < until)
        return next((n for n in names if n is not None), None)

    def name_ending(self, last: int, since: int) -> Source | None:
        """footage of Hillary Clinton | asking"""
        first = self.run_starts.get(last, -1)
        return self.name(first, last) if first >= since else None

    def is_relative(self, verb: int) -> bool:
        """a woman who suggested"""
        i = self._over_auxiliaries(verb - 1, 0)
        return i >= 0 and self.tokens[i].low in self.language.relatives

    def name(self, first: int, last: int) -> Source | None:
        """The run from `first` to `last`, if it names somebody."""
        return self._source(Kind.NAME, first, last) if self._names_somebody(first, last) else None

    def inverted_pronoun(self, i: int) -> Source | None:
        """explique-t-elle"""
        verb, _, pronoun = self.tokens[i].low.rpartition("-")
        says = verb.removesuffix("-t") in self.language.verbs | self.language.auxiliaries
        if not says or pronoun not in self.language.pronouns:
            return None
        return self._source(Kind.PRONOUN, i, i)._replace(words=(pronoun,))

    def _source(self, kind: Kind, first: int, last: int) -> Source:
        tokens = self.tokens[first : last + 1]
        return Source(kind, first, last, tokens[0].start, tokens[-1].end, tuple(t.text for t in tokens))

    # -- walking left from a verb

    def _over_auxiliaries(self, i: int, since: int) -> int:
        for _ in range(_STEPS):
            if i < since:
                break
            if self.tokens[i].low in self.language.auxiliaries or self._is_adverb(self.tokens[i]):
                i -= 1
            elif self.tokens[i].low in self.language.occasions:
                before = self._before_occasion(i, since)
                if before == i:
                    break
                i = before
            else:
                break
        return i

    def _before_occasion(self, i: int, since: int) -> int:
        """Before 'on Monday' or 'in a statement'; `i` itself where no preposition leads up to it."""
        if self.tokens[i].kind == "name":
            leads = i - 1 >= since and self.tokens[i - 1].low in self.language.prepositions
            return i - 2 if leads else i - 1
        for k in range(i - 1, max(since, i - 6) - 1, -1):
            low = self.tokens[k].low
            if low in self.language.prepositions or low in {"this", "last"}:
                return k - 1
        return i

    def _is_adverb(self, token: Token) -> bool:
        ending = self.language.adverb
        return token.kind == "word" and bool(ending) and token.low.endswith(ending) and len(token.low) > 4

    def _before_bracket(self, i: int, since: int) -> int:
        for k in range(i - 1, max(since, i - _PHRASE) - 1, -1):
            if self.tokens[k].text == "(":
                return k - 1
        return i - 1

    def _phrase_ending(self, i: int, since: int) -> Source | None:
        """The noun phrase whose last token is `i`, without what a preposition ties to it."""
        last = i
        for _ in range(_STEPS):
            if self._is_pronoun(i):
                return self._source(Kind.PRONOUN, i, i)
            first = self._run_start(i, since)
            head = self._head_before(first, since)
            if head is None or (self._is_title(head) and self._may_be_person(first, i)):
                return self._named_or_nominal(first, i, last, since)
            i = head
        return None

    def _run_start(self, i: int, since: int) -> int:
        return max(since, self.run_starts.get(i, i))

    def _head_before(self, first: int, since: int) -> int | None:
        """Mr. Morgan of the Sierra Club: the token before the 'of'."""
        k = first - 1
        if k >= since and self.tokens[k].low in self.language.determiners:
            k -= 1
        if k - 1 < since or self.tokens[k].low not in self.language.attaching:
            return None
        before = self.tokens[k - 1]
        is_noun = before.kind == "word" and before.low not in self.language.function
        return k - 1 if is_name(before) or is_noun else None

    def _is_title(self, i: int) -> bool:
        """Secretary | of State John Kerry: an office, and a name after it."""
        return self.tokens[i].low in self.language.titles

    def _named_or_nominal(self, first: int, i: int, last: int, since: int) -> Source | None:
        token = self.tokens[i]
        if is_name(token):
            is_body = last > i and self._is_organisation(first, i)  # the Commission on Presidential Debates
            if is_body or not self._names_somebody(first, i):
                return self._source(Kind.NOMINAL, first, last)
            return self._source(Kind.NAME, first, i)
        if token.kind != "word" or token.low in self.language.function:
            return None
        for k in range(i, max(since, i - _PHRASE) - 1, -1):
            if self.tokens[k].low in self.language.determiners:
                return self._source(Kind.NOMINAL, k, last)
            if self.tokens[k].kind not in {"word", "name", "initial", "number"}:
                break
        return self._source(Kind.NOMINAL, i, last)

    def _is_organisation(self, first: int, last: int) -> bool:
        return any(t.low in self.language.organisations for t in self.tokens[first : last + 1])

    def _names_somebody(self, first: int, last: int) -> bool:
        return named([t.text for t in self.tokens[first : last + 1]], self.language) is not None

    def _antecedent(self, who: int, since: int) -> Source | None:
        """Smith, who … said; the man who … said."""
        i = who - 1
        if i >= since and self.tokens[i].text == ",":
            i -= 1
        if i < since:
            return None
        found = self._phrase_ending(i, since)
        if found is not None and found.kind is Kind.NAME:
            return found
        return self._apposition(who - 1, since) if self.tokens[who - 1].text == "," else found

    def _apposition(self, comma: int, since: int) -> Source | None:
        """Amy Pope, deputy homeland security adviser, said: the leftmost name of the clause before a comma."""
        start = self._clause_start(comma, since)
        for first in range(start, comma):
            last = self.runs.get(first, comma)
            if last < comma and self._is_apposed(first, last, start):
                return self._source(Kind.NAME, first, last)
        if self._is_pronoun(comma - 1) and comma - 1 >= start:
            return self._source(Kind.PRONOUN, comma - 1, comma - 1)
        first_comma = next((k for k in range(start, comma) if self.tokens[k].text == ","), comma)
        if self._is_pronoun(start) and self._telling(start):
            return self._source(Kind.PRONOUN, start, start)
        return self._phrase_ending(first_comma - 1, start) if first_comma > start else None

    def _is_apposed(self, first: int, last: int, start: int) -> bool:
        after = self.tokens[last + 1]
        if after.text not in {",", "("} and after.kind != "dash":
            return False
        return self._can_be_subject(first, last, start)

    def _clause_start(self, i: int, since: int) -> int:
        for k in range(i - 1, max(since, i - _REACH) - 1, -1):
            if self.tokens[k].kind == "quote" or self.tokens[k].text in {";", ":"}:
                return k + 1
        return max(since, i - _REACH)

    # -- walking right from a verb

    def _phrase_end(self, i: int, until: int) -> int:
        """One past the noun phrase that starts at `i`."""
        for k in range(i, min(until, i + _PHRASE)):
            token = self.tokens[k]
            if token.kind in {"mark", "dash", "quote"}:
                return k
            if self._stops(token) and not self._inside_run(k) and not (k > i and self._is_office(k)):
                return k
        return min(until, i + _PHRASE)

    def _is_office(self, k: int) -> bool:
        """Secretary | of | State John Kerry"""
        return self._is_title(k - 1) and self.tokens[k].low in self.language.attaching

    def _stops(self, token: Token) -> bool:
        low, language = token.low, self.language
        return token.kind == "word" and (
            low in language.prepositions
            or low in language.conjunctions
            or low in language.relatives
            or low in language.verbs
        )

    def _inside_run(self, k: int) -> bool:
        return any(self.runs.get(first, -1) >= k for first in range(max(0, k - 4), k + 1))

    def _last_run(self, i: int, end: int) -> tuple[int, int] | None:
        for first in range(end - 1, i - 1, -1):
            last = self.runs.get(first, end)
            if last < end and not self._owns(last, end) and self._names_somebody(first, last):
                return first, last
        return None

    def _owns(self, last: int, end: int) -> bool:
        """Trump’s lawyer: the name belongs to the noun that follows."""
        return is_possessive(self.tokens[last]) and last + 1 < end

    def _ends_phrase(self, run: tuple[int, int], i: int, end: int) -> bool:
        first, last = run
        if last + 1 == end or all(self._is_adverb(t) for t in self.tokens[last + 1 : end]):
            return True
        return first == i and self.tokens[last + 1].low in self.language.auxiliaries

    def _apposed_name(self, end: int, until: int) -> Source | None:
        """said another user, Johanna Bayer"""
        if end + 1 >= until or self.tokens[end].text != ",":
            return None
        last = self.runs.get(end + 1, -1)
        if last - end < 2 or is_possessive(self.tokens[last]):
            return None
        closes = last + 1 >= until or self.tokens[last + 1].kind in {"mark", "dash", "quote"}
        return self._source(Kind.NAME, end + 1, last) if closes else None

    # -- what can be a subject

    def _is_pronoun(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].low in self.language.pronouns

    def _telling(self, i: int) -> bool:
        """He or she, or they: a pronoun that stands for somebody in the article."""
        return bool(self.language.pronouns[self.tokens[i].low])

    def _can_be_subject(self, first: int, last: int, since: int) -> bool:
        if (
            is_possessive(self.tokens[last])
            and last + 1 < len(self.tokens)
            and self.tokens[last + 1].kind != "mark"
        ):
            return False
        before = first - 1
        if before >= since and self.tokens[before].low in self.language.determiners:
            before -= 1
        if before >= since and self.tokens[before].low in self.language.prepositions:
            return False
        return self._may_be_person(first, last)

    def _may_be_person(self, first: int, last: int) -> bool:
        found = named([t.text for t in self.tokens[first : last + 1]], self.language)
        if found is None:
            return False
        lows = [low(w) for w in found.name.split()]
        return not any(w in self.language.organisations for w in lows) and lows[0] not in self.language.places
