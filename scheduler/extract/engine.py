"""The extractor: page → settings → sieve → utterances → names → rank and duplicates."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.quote import Quote, Segment
from scheduler.extract.lexicon import detect, load
from scheduler.extract.page import Page
from scheduler.extract.pronouns import Cast
from scheduler.extract.resolve import Utterance, grouped, resolve
from scheduler.extract.setting import Setting
from scheduler.extract.speakers import attribute
from scheduler.extract.utterances import kind_of


def extract(body: str, *, title: str = "", language: str = "en", lifted: Sequence[str] = ()) -> list[Quote]:
    """The quotes of an article in reading order; `body[s.start:s.end]` are the words of each segment."""
    page = Page(body, load(language or detect(body)))
    return [q for u in _utterances(page) if (q := _quote(u)) is not None]


def to_json(body: str) -> list[dict[str, object]]:
    """One row for each segment: text, speaker (None where the article gives none), start, end, utt."""
    return [
        {
            "text": body[s.start : s.end],
            "speaker": quote.speaker or None,
            "start": s.start,
            "end": s.end,
            "utt": f"u{number}",
        }
        for number, quote in enumerate(extract(body, language=""), 1)
        for s in quote.segments
    ]


def _utterances(page: Page) -> list[Utterance]:
    if not page.stretches:
        return []
    settings = [Setting(page, s) for s in page.stretches]
    utterances = grouped(settings, [attribute(s) for s in settings])
    resolve(Cast(page), utterances)
    return utterances


def _quote(u: Utterance) -> Quote | None:
    kinds = [kind_of(s, a, len(u.settings) > 1) for s, a in zip(u.settings, u.found, strict=True)]
    kept = [s.stretch for s, kind in zip(u.settings, kinds, strict=True) if kind]
    if not kept:
        return None
    return Quote(
        segments=tuple(Segment(s.start, s.end) for s in kept),
        speaker=u.speaker,
        mention=u.mention,
        kind="full" if "full" in kinds else "partial",
        rule=u.rule,
        confidence=u.confidence if u.speaker else 0.0,
    )
