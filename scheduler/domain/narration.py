"""The article's own sentences: what stands around the quotes, in the reporter's words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

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
_SENTENCE_END = re.compile(rf"[.!?…。！？:;,][{re.escape(CLOSERS)}]*\Z")
_ENDED = re.compile(rf"[.!?…。！？][{re.escape(CLOSERS)}]*\Z")


def leans_back(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a word that leans on another. True in a language that we do not know."""
    leaning = _LEANS.get(language.partition("-")[0].casefold())
    first = _FIRST_WORD.search(sentence)
    return leaning is None or first is None or first[0].casefold() in leaning


@dataclass(frozen=True)
class Narration:
    """An article's paragraphs, and those of them in the reporter's own voice: no quote stands in these."""

    body: str
    language: str
    paragraphs: tuple[Span, ...]
    own: frozenset[Span]

    def standfirst(self) -> Span | None:
        """The first sentence that can stand alone, whatever it opens with."""
        return next(self._sentences(self.paragraphs), None)

    def alone(self) -> Iterator[Span]:
        """Every sentence that can stand alone, whatever it opens with."""
        return self._sentences(self.paragraphs)

    def headings(self) -> Iterator[Span]:
        """The short lines of the reporter's that do not end like a sentence, and have a paragraph below them."""
        for (start, end), (below, stop) in pairwise(self.paragraphs):
            line = self.body[start:end]
            is_short = "\n" not in line and end - start < stop - below
            if (start, end) in self.own and is_short and not _SENTENCE_END.search(line):
                yield start, end

    def lead_in(self, start: int) -> Span | None:
        """The sentence that leads to the quote at `start`: from the paragraph right before the quote's own."""
        after = bisect_right(self.paragraphs, (start, len(self.body))) - 1  # the quote's own paragraph
        before = self.paragraphs[max(after - 1, 0) : after]
        return next((span for span in self._sentences(before) if not self._leans_back(span)), None)

    def introductions(self, speaker: str) -> Iterator[Span]:
        """The sentences that open with the speaker's name, or with a part of it."""
        names = "|".join(map(re.escape, [speaker, *speaker.split()]))
        opening = re.compile(rf"(?:{names})\b(?!['’])")
        return (
            span for span in self._sentences(self.paragraphs) if speaker and opening.match(self.body, span[0])
        )

    def _leans_back(self, span: Span) -> bool:
        return leans_back(self.body[slice(*span)], self.language)

    def _sentences(self, spans: Iterable[Span]) -> Iterator[Span]:
        """Those of the reporter's that can stand alone: not too short, not too long, ended."""
        for start, end in spans:
            for s, e in sentences(self.body[start:end]) if (start, end) in self.own else []:
                sentence = self.body[start + s : start + e]
                if FEWEST <= words(sentence) <= MOST and _ENDED.search(sentence):
                    yield start + s, start + e


def narration(body: str, quoted: Iterable[Span], *, title: str, language: str) -> Narration:
    """`quoted` are the stretches that somebody else says. The headline is nobody's sentence."""
    spans = sorted(quoted)
    ends = [end for _, end in spans]

    def is_own(start: int, end: int) -> bool:
        following = bisect_right(ends, start)
        is_quoted = following < len(spans) and spans[following][0] < end
        return not is_quoted and body[start:end] != title

    found = tuple((m.start(), m.start() + len(m[0].rstrip())) for m in _PARAGRAPH.finditer(body))
    return Narration(body, language, found, frozenset(span for span in found if is_own(*span)))
