"""A small grammar of subjects: the noun phrase before a verb, after an inverted one, or at the head of a clause.

Every walk over the tokens is bounded.
"""

from __future__ import annotations

from scheduler.extract.lexicon import speech
from scheduler.extract.sentence import Kind, Sentence, Source
from scheduler.extract.tokens import Token, is_name, is_possessive

_REACH = 60  # tokens: the longest apposition between a name and its verb
_PHRASE = 14  # tokens in a noun phrase
_STEPS = 8  # auxiliaries, adverbs and prepositional phrases that are stepped over
_ROLE = 5  # tokens from a name to the role that leads to another
_DESCRIBED = 7  # tokens in "a Department for Education spokeswoman"
_OCCASION = 6  # tokens in "in an interview with The Times"


def subject_before(s: Sentence, verb: int, since: int) -> Source | None:
    """The subject of the verb at `verb`: what stands before it, back to `since`."""
    found = _before(s, verb, since)
    return _with_first(s, found, since) if found is not None and found.kind is Kind.NAME else found


def _before(s: Sentence, verb: int, since: int) -> Source | None:
    i = _over_auxiliaries(s, verb - 1, since)
    if i < since:
        return None
    token = s.tokens[i]
    if token.low in s.language.relatives:
        return _antecedent(s, i, since)
    if token.text == "," or token.kind == "dash":
        return _apposition(s, i, since)
    if token.text == ")":
        i = _before_bracket(s, i, since)
    return _phrase_ending(s, i, since) if i >= since else None


def subject_after(s: Sentence, i: int, until: int) -> Source | None:
    """The subject of an inverted verb: “…,” said Nora Vance, who lives upstairs"""
    while i < until and (s.is_adverb(i) or (s.is_occasion(i) and i + 1 in s.runs)):  # a déclaré lundi Claire
        i += 1
    if i < until and s.is_pronoun(i):
        return s.source(Kind.PRONOUN, i, i)
    end = _phrase_end(s, i, until)
    if end == i:
        return None
    run = _last_run(s, i, end)
    if run is not None and _ends_phrase(s, run, i, end):
        return _with_second(s, s.source(Kind.NAME, *run), until)
    apposed = _apposed_name(s, end, until)
    if apposed is not None:
        return apposed
    tells = s.tokens[i].kind in {"word", "number"} or any(map(is_possessive, s.tokens[i : end - 1]))
    return s.source(Kind.NOMINAL, i, end - 1) if tells else None


def _with_first(s: Sentence, second: Source, since: int) -> Source:
    """Vance and Hall said"""
    if second.first - 2 < since or s.tokens[second.first - 1].low not in s.language.joining:
        return second
    after = s.tokens[second.last + 1]
    if after.text == "," or after.low in s.language.relatives:  # … and Hall, who said
        return second
    first = s.run_starts.get(second.first - 2, -1)
    if first < since or not s.can_be_subject(first, second.first - 2, since):
        return second
    return s.source(Kind.NAME, first, second.last) if s.may_be_person(second.first, second.last) else second


def _with_second(s: Sentence, first: Source, until: int) -> Source:
    """said Vance and Hall; not: said Vance and Hall agreed"""
    start = first.last + 2
    last = s.runs.get(start, until)
    if last >= until or s.tokens[start - 1].low not in s.language.joining:
        return first
    closes = last + 1 == until or s.tokens[last + 1].kind in {"mark", "dash", "quote"}
    return s.source(Kind.NAME, first.first, last) if closes and s.may_be_person(start, last) else first


def main_subject(s: Sentence, since: int, until: int) -> Source | None:
    """The first name or pronoun of a clause that no preposition governs."""
    i = since
    while i < until:
        last = s.runs.get(i, i)
        if s.is_pronoun(i) and s.is_telling(i):
            return s.source(Kind.PRONOUN, i, i)
        if i in s.runs and last < until and s.can_be_subject(i, last, since):
            return s.source(Kind.NAME, *_behind_role(s, i, last, until))
        i = last + 1
    return None


def _behind_role(s: Sentence, first: int, last: int, until: int) -> tuple[int, int]:
    """Harbour safety officer | Nora Vance: the name stands behind what she is."""
    for i in range(last + 1, min(last + _ROLE, until - 1)):
        if not s.may_be_noun(i):
            break
        then = s.runs.get(i + 1, until)
        if then < until:
            return (i + 1, then) if s.is_role(i) else (first, last)
    return first, last


def any_name(s: Sentence, since: int, until: int) -> Source | None:
    """The first name of a clause, whatever governs it."""
    runs = ((first, s.runs[first]) for first in range(since, until) if first in s.runs)
    names = (s.name(first, last) for first, last in runs if last < until)
    return next((n for n in names if n is not None), None)


def unnamed(s: Sentence, first: int, until: int) -> Source | None:
    """Another employee, who …; a Department for Education spokeswoman: somebody, by what they do."""
    if first >= until or s.tokens[first].low not in s.language.determiners:
        return None
    for i in range(first + 1, min(until, first + _DESCRIBED)):
        goes_on = i + 1 < until and (s.may_be_noun(i + 1) or is_name(s.tokens[i + 1]))
        if s.is_role(i) and not goes_on:
            return s.source(Kind.NOMINAL, first, i)
        leads = goes_on and s.tokens[i].low in s.language.prepositions and is_name(s.tokens[i + 1])
        if not (leads or s.may_be_noun(i) or is_name(s.tokens[i])):
            return None
    return None


def name_ending(s: Sentence, last: int, since: int) -> Source | None:
    """a film of Nora Vance | asking"""
    first = s.run_starts.get(last, -1)
    return s.name(first, last) if first >= since else None


def is_relative(s: Sentence, verb: int) -> bool:
    """a woman who claimed"""
    i = _over_auxiliaries(s, verb - 1, 0)
    return i >= 0 and s.tokens[i].low in s.language.relatives


def inverted_pronoun(s: Sentence, i: int) -> Source | None:
    """explique-t-elle"""
    verb, _, pronoun = s.tokens[i].low.rpartition("-")
    verb = verb.removesuffix("-t")
    if not verb or pronoun not in s.language.pronouns:
        return None
    if verb not in speech(s.language) and verb not in s.language.auxiliaries:
        return None
    return s.source(Kind.PRONOUN, i, i)._replace(words=(pronoun,))


def _over_auxiliaries(s: Sentence, i: int, since: int) -> int:
    for _ in range(_STEPS):
        if i < since:
            break
        if s.is_aside(i):
            i -= 1
        elif s.is_occasion(i):
            before = _before_occasion(s, i, since)
            if before == i:
                break
            i = before
        else:
            break
    return i


def _before_occasion(s: Sentence, i: int, since: int) -> int:
    """Before 'on Monday' or 'in a statement'; `i` itself where no preposition leads up to it."""
    if s.tokens[i].kind == "name":
        leads = i - 1 >= since and s.tokens[i - 1].low in s.language.prepositions
        return i - 2 if leads else i - 1
    for k in range(i - 1, max(since, i - _OCCASION) - 1, -1):
        low = s.tokens[k].low
        if low in s.language.prepositions or low in {"this", "last"}:
            return k - 1
    return i


def _before_bracket(s: Sentence, i: int, since: int) -> int:
    for k in range(i - 1, max(since, i - _PHRASE) - 1, -1):
        if s.tokens[k].text == "(":
            return k - 1
    return i - 1


def _phrase_ending(s: Sentence, i: int, since: int) -> Source | None:
    """The noun phrase whose last token is `i`, without what a preposition ties to it."""
    last = i
    for _ in range(_STEPS):
        if s.is_pronoun(i):
            return s.source(Kind.PRONOUN, i, i)
        first = _run_start(s, i, since)
        head = _head_before(s, first, since)
        if head is None or (s.is_office(head) and s.may_be_person(first, i)):
            return _named_or_nominal(s, first, i, last, since)
        i = head
    return None


def _run_start(s: Sentence, i: int, since: int) -> int:
    return max(since, s.run_starts.get(i, i))


def _head_before(s: Sentence, first: int, since: int) -> int | None:
    """Ms. Vance of the Bakers’ Guild: the token before the 'of'."""
    k = first - 1
    if k >= since and s.tokens[k].low in s.language.determiners:
        k -= 1
    if k - 1 < since or s.tokens[k].low not in s.language.attaching:
        return None
    before = s.tokens[k - 1]
    is_noun = before.kind == "word" and before.low not in s.language.function
    return k - 1 if is_name(before) or is_noun else None


def _named_or_nominal(s: Sentence, first: int, i: int, last: int, since: int) -> Source | None:
    token = s.tokens[i]
    if is_name(token):
        is_body = last > i and s.is_organisation(first, i)  # the Commission on Weights and Measures
        if is_body or not s.named(first, i):
            return s.source(Kind.NOMINAL, first, last)
        return s.source(Kind.NAME, first, i)
    if token.kind != "word" or token.low in s.language.function:
        return None
    for k in range(i, max(since, i - _PHRASE) - 1, -1):
        if s.tokens[k].low in s.language.determiners:
            return s.source(Kind.NOMINAL, k, last)
        if s.tokens[k].kind not in {"word", "name", "number"}:
            break
    return s.source(Kind.NOMINAL, i, last)


def _antecedent(s: Sentence, who: int, since: int) -> Source | None:
    """Vance, who … said; the man who … said."""
    i = who - 1
    if i >= since and s.tokens[i].text == ",":
        i -= 1
    if i < since:
        return None
    found = _phrase_ending(s, i, since)
    if found is not None and found.kind is Kind.NAME:
        return found
    return _apposition(s, who - 1, since) if s.tokens[who - 1].text == "," else found


def _apposition(s: Sentence, comma: int, since: int) -> Source | None:
    """Nora Vance, the owner of two bakeries, said: the leftmost name of the clause before a comma."""
    start = _clause_start(s, comma, since)
    for first in range(start, comma):
        last = s.runs.get(first, comma)
        if last < comma and _is_apposed(s, first, last, start):
            return s.source(Kind.NAME, first, last)
    if s.is_pronoun(comma - 1) and comma - 1 >= start:
        return s.source(Kind.PRONOUN, comma - 1, comma - 1)
    first_comma = next((k for k in range(start, comma) if s.tokens[k].text == ","), comma)
    if s.is_pronoun(start) and s.is_telling(start):
        return s.source(Kind.PRONOUN, start, start)
    return _phrase_ending(s, first_comma - 1, start) if first_comma > start else None


def _is_apposed(s: Sentence, first: int, last: int, start: int) -> bool:
    after = s.tokens[last + 1]
    if after.text not in {",", "("} and after.kind != "dash":
        return False
    return s.can_be_subject(first, last, start)


def _clause_start(s: Sentence, i: int, since: int) -> int:
    for k in range(i - 1, max(since, i - _REACH) - 1, -1):
        if s.tokens[k].kind == "quote" or s.tokens[k].text in {";", ":"}:
            return k + 1
    return max(since, i - _REACH)


def _phrase_end(s: Sentence, i: int, until: int) -> int:
    """One past the noun phrase that starts at `i`."""
    starts = i + (
        i < until and s.tokens[i].low in s.language.determiners
    )  # rief die Stadträtin; not: …, die rief
    for k in range(starts, min(until, i + _PHRASE)):
        token = s.tokens[k]
        if token.kind in {"mark", "dash", "quote"}:
            return k
        if _stops(s, token) and not _inside_run(s, k) and not (k > i and _is_office(s, k)):
            return k
    return min(until, i + _PHRASE)


def _is_office(s: Sentence, k: int) -> bool:
    """Secretary | of | State Peter Hall"""
    return s.is_office(k - 1) and s.tokens[k].low in s.language.attaching


def _stops(s: Sentence, token: Token) -> bool:
    low, language = token.low, s.language
    return token.kind == "word" and (
        low in language.prepositions
        or low in language.conjunctions
        or low in language.relatives
        or low in language.verbs
    )


def _inside_run(s: Sentence, k: int) -> bool:
    return any(s.runs.get(first, -1) >= k for first in range(max(0, k - 4), k + 1))


def _last_run(s: Sentence, i: int, end: int) -> tuple[int, int] | None:
    for first in range(end - 1, i - 1, -1):
        last = s.runs.get(first, end)
        if last < end and not _owns(s, last, end) and s.named(first, last):
            return first, last
    return None


def _owns(s: Sentence, last: int, end: int) -> bool:
    """Vance’s baker: the name belongs to the noun that follows."""
    return is_possessive(s.tokens[last]) and last + 1 < end


def _ends_phrase(s: Sentence, run: tuple[int, int], i: int, end: int) -> bool:
    first, last = run
    if all(s.is_adverb(k) or s.is_occasion(k) for k in range(last + 1, end)):
        return True
    return first == i and s.tokens[last + 1].low in s.language.auxiliaries


def _apposed_name(s: Sentence, end: int, until: int) -> Source | None:
    """said another user, Nora Vance; said a spokeswoman for the hotels, Nora Vance"""
    if end < until and s.tokens[end].low in s.language.prepositions:
        end = next((k for k in range(end, min(until, end + _PHRASE)) if s.tokens[k].text == ","), until)
    if end + 1 >= until or s.tokens[end].text != ",":
        return None
    last = s.runs.get(end + 1, -1)
    if last - end < 2 or is_possessive(s.tokens[last]):
        return None
    closes = last + 1 >= until or s.tokens[last + 1].kind in {"mark", "dash", "quote"}
    return s.source(Kind.NAME, end + 1, last) if closes else None
