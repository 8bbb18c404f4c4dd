"""From what stands beside the quotes to full names: in reading order, since a 'she' leans on what was read."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.extract.lexicon import Language
from scheduler.extract.names import Names
from scheduler.extract.naming import is_organisation, low, named
from scheduler.extract.pronouns import Cast, Spoken
from scheduler.extract.sentence import Kind, Source
from scheduler.extract.setting import Setting
from scheduler.extract.speakers import Attribution
from scheduler.extract.subjects import main_subject
from scheduler.extract.utterances import same_utterance

_REACH = 60  # tokens of a sentence in which its subject is looked for

_OFFICE = 0.85  # confidence in the only one who holds an office

SAME_PARAGRAPH = ("same paragraph", 0.9)
QUOTE_ABOVE = ("quote above", 0.75)
SUBJECT_BEFORE = ("subject before", 0.65)


class Utterance:
    """One act of quoting on its way to a quote."""

    def __init__(self) -> None:
        self.settings: list[Setting] = []
        self.found: list[Attribution | None] = []
        self.best: Attribution | None = (
            None  # a name tells more than a pronoun, a pronoun more than 'one official'
        )
        self.speaker = self.mention = self.rule = ""
        self.by: Kind | None = None
        self.confidence = 0.0

    @property
    def block(self) -> int:
        return self.settings[0].stretch.block

    @property
    def last_block(self) -> int:
        return self.settings[-1].last_block

    @property
    def is_question(self) -> bool:
        return self.settings[-1].text.rstrip("”’'\"").endswith("?")

    def add(self, setting: Setting, found: Attribution | None) -> None:
        self.settings.append(setting)
        self.found.append(found)
        if found and (self.best is None or found.source.kind < self.best.source.kind):
            self.best = found


def grouped(settings: list[Setting], found: list[Attribution | None]) -> list[Utterance]:
    utterances: list[Utterance] = []
    for i, (setting, attribution) in enumerate(zip(settings, found, strict=True)):
        told = utterances[-1].best if utterances else None
        if not i or not same_utterance(settings[i - 1], found[i - 1], setting, attribution, told):
            utterances.append(Utterance())
        utterances[-1].add(setting, attribution)
    return utterances


def resolve(cast: Cast, utterances: list[Utterance]) -> None:
    """Fill in the speaker of each utterance."""
    for u in utterances:
        if u.best is not None and u.best.source.kind is Kind.NAME:
            _by_name(cast, u, u.best)
    for i, u in enumerate(utterances):
        last = utterances[i - 1] if i else None
        if u.best is None:
            _floating(cast, u, last)
            if i > 1 and u.rule == QUOTE_ABOVE[0] and _asks_again(utterances[i - 2], utterances[i - 1], u):
                _like(u, utterances[i - 2], QUOTE_ABOVE)
        elif u.best.source.kind is not Kind.NAME:
            _describe(cast, u, u.best.source, u.best.rule.name, u.best.rule.confidence)
            _by_pronoun(cast, u, u.best.source, last)
            _by_office(cast, u, u.best.source)


def _asks_again(before: Utterance, last: Utterance, u: Utterance) -> bool:
    """“Did you?” Hall said.¶“Yes,” Vance said.¶“And why?”"""
    in_turn = before.last_block + 1 == last.block
    return in_turn and before.is_question and u.is_question and before.speaker != last.speaker


def _describe(cast: Cast, u: Utterance, source: Source, rule: str, confidence: float) -> None:
    u.mention = cast.page.body[source.start : source.end] if source.words else ""
    u.by, u.rule, u.confidence = source.kind, rule, confidence


def _by_name(cast: Cast, u: Utterance, found: Attribution) -> None:
    source = found.source
    _describe(cast, u, source, found.rule.name, found.rule.confidence)
    joint, parts = _divided(source.words, cast.page.language)
    speakers = [_full(cast.names, words, source.start) for words in parts]
    if all(speakers):
        u.speaker = f" {joint} ".join(speakers)
        cast.names.speaking.update(speakers)


def _divided(words: Sequence[str], language: Language) -> tuple[str, list[tuple[str, ...]]]:
    """Those who speak together, and the word between them."""
    at = next((i for i, word in enumerate(words) if word in language.joining), 0)
    return (words[at], [tuple(words[:at]), tuple(words[at + 1 :])]) if at else ("", [tuple(words)])


def _full(names: Names, words: tuple[str, ...], at: int) -> str:
    """The full name that a run of words stands for; "" where it names nobody."""
    name = named(words, names.language)
    if name is None:
        return ""
    speaker = names.full(_in_heading(names, name.name), at, name.sex)
    return speaker if " " in speaker or name.title or names.is_proper(speaker) else ""


def _in_heading(names: Names, name: str) -> str:
    """Nora Vance Opens Six Bakeries: the person that the article knows."""
    words = name.split()
    if len(words) <= 3 or is_organisation(words, names.language):
        return name
    return names.known_in(words) or name


def _by_pronoun(cast: Cast, u: Utterance, source: Source, last: Utterance | None) -> None:
    sex = cast.page.language.pronouns.get(low(source.words[0]), "") if source.kind is Kind.PRONOUN else ""
    if sex:
        u.speaker = cast.person_behind(source.start, sex, _spoken(last))


def _by_office(cast: Cast, u: Utterance, source: Source) -> None:
    """the mayor said"""
    if source.kind is Kind.NOMINAL and source.words:
        u.speaker = cast.offices.holder(source)
        u.confidence = min(u.confidence, _OFFICE)


def _spoken(last: Utterance | None) -> Spoken | None:
    if last is None:
        return None
    return Spoken(last.speaker, last.settings[-1].stretch.end, last.last_block, last.by is Kind.PRONOUN)


def _floating(cast: Cast, u: Utterance, last: Utterance | None) -> None:
    """Nobody is named beside it: the speaker of the quote before, or whom the text before is about."""
    if u.settings[-1].is_told:
        return
    blocks = cast.page.blocks
    if last is not None and last.last_block == u.block:
        if not _by_somebody_between(cast, u, last):
            _like(u, last, SAME_PARAGRAPH)
    elif not u.settings[0].opens_block:
        _by_subject(cast, u, blocks[u.block].start, u.settings[0].stretch.opens, last)
    elif last is not None and last.last_block == u.block - 1:
        _like(u, last, QUOTE_ABOVE)
    elif u.block:
        _by_subject(cast, u, *blocks[u.block - 1], last)


def _by_somebody_between(cast: Cast, u: Utterance, last: Utterance) -> bool:
    """“…,” Hall said. So does Oduya. “…”"""
    page = cast.page
    before = page.sentence_at(u.settings[0].stretch.opens) - (u.settings[0].at == 0)
    if before <= page.sentence_at(last.settings[-1].stretch.opens):
        return False
    sentence = page.sentence(before)
    source = main_subject(sentence, 0, min(_REACH, len(sentence.tokens)))
    if source is None or source.kind is not Kind.NAME:
        return False
    _describe(cast, u, source, *SUBJECT_BEFORE)
    _by_name_or_pronoun(cast, u, source, last)
    return bool(u.speaker)


def _like(u: Utterance, last: Utterance, rule: tuple[str, float]) -> None:
    if last.by is None:
        return
    u.speaker, u.mention, u.by = last.speaker, last.mention, last.by
    u.rule, u.confidence = rule[0], min(rule[1], last.confidence)


def _by_subject(cast: Cast, u: Utterance, since: int, until: int, last: Utterance | None) -> None:
    """The subject of the last sentence before it that has one."""
    page = cast.page
    for index in range(page.sentence_at(until - 1), page.sentence_at(since) - 1, -1):
        sentence = page.sentence(index)
        source = main_subject(sentence, 0, min(_REACH, len(sentence.tokens)))
        if source is not None:
            _describe(cast, u, source, *SUBJECT_BEFORE)
            _by_name_or_pronoun(cast, u, source, last)
            return


def _by_name_or_pronoun(cast: Cast, u: Utterance, source: Source, last: Utterance | None) -> None:
    name = named(source.words, cast.page.language) if source.kind is Kind.NAME else None
    if name is None:
        _by_pronoun(cast, u, source, last)
        return
    full = cast.names.full(name.name, source.start, name.sex)
    u.speaker = full if cast.names.is_person(full) else ""
