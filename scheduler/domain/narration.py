"""The article's own sentences: what stands around the quotes, in the reporter's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from scheduler.domain.text import CLOSERS, sentences, words

Span = tuple[int, int]  # start and end, in code points

FEWEST, MOST = 6, 45  # words of a sentence that can stand alone in a post

#: Words that lean on a sentence before them. A sentence that opens with one is not understood alone.
_LEANING = {
    "en": "he she it they this that these those his her hers its their them him here but and or so "
    "yet then also such another both not because however still instead nor thus too either neither meanwhile",
    "de": "er sie es dies dieser diese dieses das jener sein seine ihr ihre aber und oder doch dann auch "
    "solche beide nicht weil jedoch dennoch stattdessen dort hier darum deshalb dabei damit zudem",
    "fr": "il elle ils elles on ce cet cette ces cela ça son sa ses leur leurs mais et ou donc puis "
    "aussi tel pas car cependant pourtant ainsi là ici",
    "es": "él ella ellos ellas este esta esto estos estas ese esa eso su sus pero y o entonces "
    "también tal ambos no porque sin así allí aquí",
    "it": "egli lui lei esso essa loro questo questa questi queste quello quella suo sua suoi ma e o "
    "quindi poi anche tale entrambi non perché però così lì qui",
    "nl": "hij zij ze het dit dat deze die zijn haar hun maar en of dus dan ook zulke beide niet omdat "
    "echter toch daar hier",
    "sv": "han hon den det de detta dessa denna hans hennes dess deras men och eller så då också sådan "
    "båda inte eftersom dock ändå där här",
    "pt": "ele ela eles elas este esta isto estes estas esse essa isso seu sua seus mas e ou então "
    "também tal ambos não porque porém assim ali aqui",
}
_LEANS = {language: frozenset(opening.split()) for language, opening in _LEANING.items()}

_PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_ENDED = re.compile(rf"[.!?…。！？][{re.escape(CLOSERS)}]*\Z")


def leans_back(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a word that leans on another. True in a language that we do not know."""
    leaning = _LEANS.get(language.partition("-")[0].casefold())
    first = _FIRST_WORD.search(sentence)
    return leaning is None or first is None or first[0].casefold() in leaning


def paragraphs(body: str) -> list[Span]:
    return [(m.start(), m.start() + len(m[0].rstrip())) for m in _PARAGRAPH.finditer(body)]


def narrated(body: str, quoted: Iterable[Span], title: str = "") -> list[Span]:
    """The paragraphs in the reporter's own voice: no quote stands in them, and they are not the headline."""
    spans = list(quoted)
    return [
        (start, end)
        for start, end in paragraphs(body)
        if not any(s < end and e > start for s, e in spans) and body[start:end] != title
    ]


def standfirst(body: str, voice: Sequence[Span]) -> Span | None:
    """The first sentence of the article's own that can stand alone, whatever it opens with."""
    return next(_alone(body, voice), None)


def lead_in(body: str, voice: Sequence[Span], start: int, language: str) -> Span | None:
    """The sentence that leads to the quote at `start`: from the paragraph right before the quote's own."""
    before = [(s, e) for s, e in paragraphs(body) if e <= start][-1:]
    if not before or before[0] not in voice:
        return None
    leads = (span for span in _alone(body, before) if not leans_back(body[slice(*span)], language))
    return next(leads, None)


def introductions(body: str, voice: Sequence[Span], speaker: str) -> Iterator[Span]:
    """The sentences that open with the speaker's name, or with a part of it."""
    names = {speaker, *speaker.split()} if speaker else set()
    for span in _alone(body, voice):
        opening = body[slice(*span)]
        if any(re.match(rf"{re.escape(name)}\b(?!['’])", opening) for name in names):
            yield span


def _alone(body: str, voice: Iterable[Span]) -> Iterator[Span]:
    for start, end in voice:
        for s, e in sentences(body[start:end]):
            sentence = body[start + s : start + e]
            if FEWEST <= words(sentence) <= MOST and _ENDED.search(sentence):
                yield start + s, start + e
