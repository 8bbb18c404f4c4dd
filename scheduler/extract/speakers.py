"""Who speaks: a sieve of small rules over the words around a quote. The first that finds somebody wins.

Each rule has a confidence: how often the speakers it found were right in the development articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from scheduler.extract.cues import Cue
from scheduler.extract.sentence import Kind, Sentence, Source
from scheduler.extract.setting import Setting
from scheduler.extract.subjects import (
    any_name,
    inverted_pronoun,
    is_relative,
    main_subject,
    name_ending,
    subject_after,
    subject_before,
    unnamed,
)

_NEAR = 4  # tokens between a quote and the subject of the verb that belongs to it
_CLOSE = 12  # tokens between a weak verb of speech and the quote that it leads to
_REACH = 60  # tokens of a sentence above that ends with a colon
_SHORT = 3  # words: a shorter quote before a dash and a name is no testimonial
_SIGNS = frozenset("—–―-(")  # before the name of whom a paragraph quotes
_LABEL = re.compile(r"((?:[^\W\d_a-zß-öø-ÿ]|['’. -]){3,30}):\s")


class Rule(NamedTuple):
    name: str
    confidence: float
    side: str  # of the quote: "right", "left", or "" for neither
    find: Callable[[Setting], Source | None]


class Attribution(NamedTuple):
    """What a rule found beside one stretch."""

    rule: Rule
    source: Source


def attribute(setting: Setting) -> Attribution | None:
    """The speaker that the words around one stretch name."""
    alone = setting.since == setting.at and setting.right >= setting.until
    for rule in ALONE if alone else SIEVE:
        source = rule.find(setting)
        if source is not None:
            return Attribution(rule, source)
    return None


def dash_byline(s: Setting) -> Source | None:
    """“…” — Nora Vance; “…” (Nora Vance)"""
    return None if s.words < _SHORT else _signature(s.sentence, s.at + 1, s.until)


def dash_below(s: Setting) -> Source | None:
    """“…”¶— Nora Vance"""
    if s.words < _SHORT:
        return None
    blocks, block = s.page.blocks, s.last_block
    if s.stretch.closes < blocks[block].end or block + 1 == len(blocks):
        return None
    start = blocks[block + 1].start
    if s.page.body[start] not in _SIGNS:
        return None
    below = s.page.sentence(s.page.sentence_at(start))
    return _signature(below, 0, min(_REACH, len(below.tokens)))


def inverted(s: Setting) -> Source | None:
    """“…,” said Nora Vance, who lives upstairs"""
    i = _over_auxiliaries(s)
    if i >= s.until or s.tokens[i].kind != "word":
        return None
    if i in s.sentence.according:
        return subject_after(s.sentence, i + s.sentence.according[i], s.until)
    hyphenated = inverted_pronoun(s.sentence, i)
    if hyphenated is not None:
        return hyphenated
    cue = s.sentence.cue_at(i)
    if cue is None or cue.participle:
        return None
    return subject_after(s.sentence, i + cue.width, s.until)


def subject_verb(s: Setting) -> Source | None:
    """“…,” Vance told Hall."""
    if s.turns_away:
        return None
    for cue in s.sentence.cues(s.right, _clause_end(s)):
        source = None if cue.participle else subject_before(s.sentence, cue.at, s.right)
        if source is None:
            continue
        if not s.attaches:
            return source if _is_direct(s, source, cue) else None
        if source.first - s.right <= _NEAR:
            return source
    return None


def apposition(s: Setting) -> Source | None:
    """“…,” Nora Vance, who …, said: a name first, and a verb of speech somewhere after it."""
    last = s.sentence.runs.get(s.right)
    if last is None or not s.attaches or last + 1 >= s.until or s.tokens[last + 1].text not in {",", "("}:
        return None
    says = any(not cue.participle for cue in s.sentence.cues(last + 1, s.until))
    return s.sentence.name(s.right, last) if says else None


def any_verb(s: Setting) -> Source | None:
    """“…!” Vance boomed. Any verb in the past will do right after ,?! and a name."""
    verb = s.sentence.runs.get(s.right, s.right) + 1
    if s.text[-1] not in ",?!" or verb >= s.until or not s.tokens[verb].low.endswith("ed"):
        return None
    after = s.tokens[verb + 1].low if verb + 1 < s.until else ""
    if after and after != "," and after not in s.page.language.function:
        return None
    return subject_before(s.sentence, verb, s.right)


def label(s: Setting) -> Source | None:
    """NORA VANCE: “…”"""
    last = s.sentence.runs.get(0)
    if last is None or s.since or s.before != ":" or not s.starts_block:
        return None
    is_plain = last + 1 == s.at - 1 or s.tokens[last + 1].text == ","
    says = s.sentence.cues(last + 1, s.at)
    return s.sentence.name(0, last) if is_plain and not says else None


def according_to(s: Setting) -> Source | None:
    """According to Nora Vance, “…”"""
    found = next((i for i in s.sentence.according if s.since <= i < s.at), None)
    return None if found is None else subject_after(s.sentence, found + s.sentence.according[found], s.at)


def dashed(s: Setting) -> Source | None:
    """Hall tried to restore order — “Friends, please” — but nobody listened."""
    dashes = [0 <= i < len(s.tokens) and s.tokens[i].kind == "dash" for i in (s.at - 1, s.at + 1)]
    if not all(dashes) or not s.text[0].isupper():
        return None
    return name_ending(s.sentence, s.at - 2, s.since) or main_subject(s.sentence, s.since, s.at)


def cue_before(s: Setting) -> Source | None:
    """Vance told reporters that “…”"""
    return _by_cue(s.sentence, s.since, s.at, lambda cue: cue.strong or s.at - cue.at <= _CLOSE)


def colon_before(s: Setting) -> Source | None:
    """Then Vance took the stage: “…”"""
    if s.before != ":" and not (s.before == "," and s.text[0].isupper()):
        return None
    return (
        main_subject(s.sentence, s.since, s.at)
        or any_name(s.sentence, s.since, s.at)
        or unnamed(s.sentence, s.since, s.at)
    )


def far_cue_before(s: Setting) -> Source | None:
    """Vance wondered, over and over, in front of everybody who would listen, whether “…”"""
    return _by_cue(s.sentence, s.since, s.at, lambda _: True)


def colon_above(s: Setting) -> Source | None:
    """Vance continued:¶“…”"""
    block = s.stretch.block
    if not s.opens_block or not block or s.page.body[s.page.blocks[block - 1].end - 1] != ":":
        return None
    above = s.page.sentence(s.page.sentence_at(s.page.blocks[block - 1].end - 1))
    until = len(above.tokens)
    since = max(0, until - _REACH)
    found = _by_cue(above, since, until, lambda _: True)
    return found or main_subject(above, since, until) or any_name(above, since, until)


def far_right(s: Setting) -> Source | None:
    """“…” is the answer, Vance said."""
    strong = next((cue for cue in s.sentence.cues(s.right, s.until) if cue.strong), None)
    return subject_before(s.sentence, strong.at, s.right) if strong and not s.turns_away else None


def inner_label(s: Setting) -> Source | None:
    """“VANCE: We open at six.”"""
    m = _LABEL.match(s.text)
    if m is None:
        return None
    start = s.stretch.start
    return Source(Kind.NAME, s.at, s.at, start, start + m.end(1), tuple(m[1].title().split()))


def touching(s: Setting) -> Source | None:
    """「…」と言った。 Somebody speaks, and the script does not show where a name starts."""
    language, masked = s.page.language, s.page.masked
    opens, closes = s.stretch.opens, s.stretch.closes
    before = language.cue_before and language.cue_before.search(masked, max(0, opens - 16), opens)
    after = language.cue_after and language.cue_after.match(masked, closes, closes + 24)
    return Source(Kind.NOMINAL, s.at, s.at, opens, opens, ()) if before or after else None


SIEVE = (
    Rule("dash byline", 0.98, "right", dash_byline),
    Rule("inverted", 0.97, "right", inverted),
    Rule("subject and verb", 0.97, "right", subject_verb),
    Rule("apposition", 0.95, "right", apposition),
    Rule("any verb", 0.9, "right", any_verb),
    Rule("label", 0.9, "left", label),
    Rule("according to", 0.95, "left", according_to),
    Rule("dashed", 0.8, "left", dashed),
    Rule("cue before", 0.96, "left", cue_before),
    Rule("colon before", 0.85, "left", colon_before),
    Rule("far cue before", 0.8, "left", far_cue_before),
    Rule("colon above", 0.9, "left", colon_above),
    Rule("dash below", 0.95, "right", dash_below),
    Rule("far right", 0.9, "right", far_right),
    Rule("inner label", 0.9, "", inner_label),
    Rule("touching", 0.5, "", touching),
)
#: What is left where nothing stands beside the quote in its sentence.
ALONE = tuple(rule for rule in SIEVE if rule.find in {dash_below, colon_above, inner_label, touching})


def _signature(sentence: Sentence, i: int, until: int) -> Source | None:
    """A dash or a bracket, a name, and nothing that is said."""
    if i + 1 >= until or (sentence.tokens[i].kind != "dash" and sentence.tokens[i].text != "("):
        return None
    last = sentence.runs.get(i + 1)
    if last is None or (last + 1 < until and sentence.tokens[last + 1].text not in {",", "(", ")"}):
        return None
    says = sentence.cues(last + 1, until)
    return None if says else sentence.name(i + 1, last)


def _over_auxiliaries(s: Setting) -> int:
    """a déclaré Claire Fontaine; quietly said Vance"""
    i = s.right
    while i < min(s.until, s.right + 3) and s.sentence.is_aside(i):
        i += 1
    return i


def _clause_end(s: Setting) -> int:
    return next((i for i in range(s.right, s.until) if s.tokens[i].text == ";"), s.until)


def _is_direct(s: Setting, source: Source, cue: Cue) -> bool:
    """“….” she said: a full stop where a comma belongs, and nothing else between."""
    return cue.strong and source.first == s.at + 1 and cue.at - source.last <= 2


def _by_cue(sentence: Sentence, since: int, until: int, fits: Callable[[Cue], bool]) -> Source | None:
    """The subject of the last verb of speech; of one in a relative clause only where there is no other."""
    relative: Source | None = None
    for cue in reversed(sentence.cues(since, until)):
        source = _subject_of(sentence, cue, since, until) if fits(cue) else None
        if source is not None and not is_relative(sentence, cue.at):
            return source
        relative = relative or source
    return relative


def _is_object(sentence: Sentence, before: Source | None, after: Source) -> bool:
    """Vogt kündigte Widerstand an: where every noun is capitalised, one word after the verb may be any noun."""
    any_noun = sentence.language.capitalises_nouns and len(after.words) == 1 and before is not None
    return after.kind is Kind.NOMINAL or (any_noun and after.kind is Kind.NAME)


def _subject_of(sentence: Sentence, cue: Cue, since: int, until: int) -> Source | None:
    if cue.participle:
        beside = name_ending(sentence, cue.at - 1, since)
        return beside or main_subject(sentence, since, cue.at) or main_subject(sentence, 0, cue.at)
    before = subject_before(sentence, cue.at, since) or main_subject(sentence, since, cue.at)
    if before is not None and not sentence.language.verb_second:
        return before
    after = subject_after(sentence, cue.at + cue.width, until)
    return before if after is None or _is_object(sentence, before, after) else after
