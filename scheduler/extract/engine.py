"""The extractor: page → settings → sieve → utterances → names → duplicates and rank."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain.quote import Quote, Segment, spoken
from scheduler.extract.dedupe import Words, duplicates, holds, normal
from scheduler.extract.lexicon import Language, detect, load
from scheduler.extract.page import Page
from scheduler.extract.pronouns import Cast
from scheduler.extract.rank import Considered, score
from scheduler.extract.resolve import Utterance, grouped, resolve
from scheduler.extract.setting import Setting
from scheduler.extract.speakers import attribute
from scheduler.extract.transcript import transcribed
from scheduler.extract.utterances import kind_of

_FEWEST = 4  # words of a headline or a pull quote that are worth looking for in a quote


def extract(body: str, *, title: str = "", language: str = "en", lifted: Sequence[str] = ()) -> list[Quote]:
    """The quotes of an article in reading order; `body[s.start:s.end]` are the words of each segment.

    `title` is the headline, where it is not the first line of the body. `lifted` are the texts that the page
    itself sets apart: pull quotes, the standfirst. Language "" means: find out.
    """
    page = Page(body, load(language or detect(body)))
    return _judged(page, _all_quotes(page), title, lifted)


def to_json(body: str) -> list[dict[str, object]]:
    """One row for each segment: its text and offsets, and the utterance that it belongs to.

    `speaker` is a full name, `mention` how the article names the source beside the quote: None where it does not.
    """
    return [
        {
            "text": body[s.start : s.end],
            "speaker": quote.speaker or None,
            "mention": quote.mention or None,
            "start": s.start,
            "end": s.end,
            "utt": f"u{number}",
        }
        for number, quote in enumerate(_all_quotes(Page(body, load(detect(body)))), 1)
        for s in quote.segments
    ]


def _all_quotes(page: Page) -> list[Quote]:
    """Those in marks and those of a transcript; what somebody quotes in an answer is part of the answer."""
    turns = transcribed(page)
    if not turns:
        return _quotes(page)
    inside = [q for q in _quotes(page) if not any(t.start <= q.start < t.end for t in turns)]
    return sorted([*turns, *inside], key=lambda q: q.start)


def _quotes(page: Page) -> list[Quote]:
    if not page.stretches:
        return []
    settings = [Setting(page, s) for s in page.stretches]
    utterances = grouped(settings, [attribute(s) for s in settings])
    resolve(Cast(page), utterances)
    return [q for u in utterances if (q := _quote(u)) is not None]


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


def _judged(page: Page, quotes: list[Quote], title: str, lifted: Sequence[str]) -> list[Quote]:
    """With their duplicates, scores and reasons."""
    texts = [spoken(page.body, q.segments) for q in quotes]
    found = [normal(t) for t in texts]
    above = frozenset(i for i, q in enumerate(quotes) if q.start < page.blocks[0].end)
    repeated = duplicates(found, above)
    topped = {kept for i, kept in repeated.items() if i in above}
    headlines, apart = _headlines(title, page.language), [normal(t) for t in lifted]
    judged = []
    for i, q in enumerate(quotes):
        value, reasons = score(
            Considered(
                text=texts[i],
                speaker=q.speaker,
                mention=q.mention,
                confidence=q.confidence,
                is_full=q.kind == "full",
                position=q.start / len(page.body),
                in_headline=i in topped or (i not in repeated and _overlaps(found[i], headlines)),
                set_apart=_overlaps(found[i], apart),
                repeats=i in repeated,
                language=page.language,
            )
        )
        judged.append(q._replace(score=value, reasons=reasons, duplicate_of=repeated.get(i)))
    return judged


def _headlines(title: str, language: Language) -> list[Words]:
    """The headline, and what is quoted in it."""
    quoted = [title[s.start : s.end] for s in Page(title, language).stretches] if title.strip() else []
    return [normal(t) for t in (title, *quoted)]


def _overlaps(text: Words, others: Sequence[Words]) -> bool:
    """One holds nearly all of the other."""
    return any(holds(text, other, _FEWEST) or holds(other, text, _FEWEST) for other in others)
