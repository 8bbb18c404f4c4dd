"""Passages: what is shown of a quote. Whole sentences of it, with the offsets that prove each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from scheduler.domain.errors import PullquoteError
from scheduler.domain.fit import marked
from scheduler.domain.narration import leans_back
from scheduler.domain.piece import Passage
from scheduler.domain.quote import Quote, Segment, stretches
from scheduler.domain.text import sentences, words

Span = tuple[int, int]  # start and end, in code points


@dataclass(frozen=True)
class Spoken:
    """The words of a quote as one text, and where each stretch of it stands in the body."""

    text: str
    stretches: tuple[tuple[Span, Span], ...]  # in the text, in the body

    def passage(self, speaker: str, span: Span, *, before: bool, after: bool) -> Passage:
        return Passage(marked(self.text[slice(*span)], before, after), speaker, self._where(span))

    def _where(self, span: Span) -> tuple[Span, ...]:
        start, end = span
        return tuple(
            (first + max(start - at, 0), last if end >= stop else first + end - at)
            for (at, stop), (first, last) in self.stretches
            if max(at, start) < min(stop, end)
        )


def passages(
    body: str,
    segments: Sequence[Segment],
    speaker: str,
    *,
    fewest: int,
    most: int,
    language: str,
    cut: tuple[bool, bool] = (False, False),
) -> list[Passage]:
    """A quote as the passages of `fewest` to `most` words that it falls into: itself, where it is short.

    Only the first may open with a word that leans on a sentence before it ("Because …"). `cut` says whether words
    that were spoken before and after the segments are left out: it is shown.
    """
    spoken = _spoken(body, segments)
    spans = sentences(spoken.text)
    found = []
    at = 0
    while at < len(spans):
        run = _run(spoken.text, spans[at:], most)
        span = spans[at][0], spans[at + max(run, 1) - 1][1]
        shown = spoken.text[slice(*span)]
        if not run or (at and leans_back(shown, language)):
            at += 1
            continue
        at += run
        if words(shown) >= fewest:
            before, after = span[0] > 0 or cut[0], at < len(spans) or cut[1]
            found.append(spoken.passage(speaker, span, before=before, after=after))
    return found


def said(body: str, segments: Sequence[Segment]) -> list[str]:
    """The sentences of a quote."""
    text = _spoken(body, segments).text
    return [text[start:end] for start, end in sentences(text)]


def keep(body: str, segments: Sequence[Segment], first: int, last: int) -> tuple[Segment, ...]:
    """Where the sentences `first` to `last` of a quote stand, counted from 1; () where these are all."""
    spoken = _spoken(body, segments)
    spans = sentences(spoken.text)
    if not 1 <= first <= last <= len(spans):
        raise PullquoteError(f"The quote has {len(spans)} sentences: keep some of 1 to {len(spans)}.")
    if (first, last) == (1, len(spans)):
        return ()
    places = spoken.passage("", (spans[first - 1][0], spans[last - 1][1]), before=False, after=False).segments
    return tuple(Segment(*place) for place in places)


def kept_range(body: str, quote: Quote) -> tuple[int, int]:
    """The first and the last sentence of a quote that are shown, counted from 1."""
    if not quote.kept:
        return 1, len(said(body, quote.segments))
    before = [Segment(start, min(end, quote.kept[0].start)) for start, end in quote.segments]
    ahead = [segment for segment in before if body[segment.start : segment.end].strip()]
    first = len(said(body, ahead)) + 1 if ahead else 1
    return first, first + len(said(body, quote.kept)) - 1


def cut(quote: Quote) -> tuple[bool, bool]:
    """Whether words of a quote are left out before and after what is shown."""
    if not quote.kept:
        return False, False
    return quote.kept[0].start > quote.start, quote.kept[-1].end < quote.end


def shortening(body: str, passage: Passage) -> Iterator[Passage]:
    """The passage, then without its last sentence, and so on down to one sentence."""
    yield passage
    spoken = _spoken(body, [Segment(*segment) for segment in passage.segments])
    before = not passage.text.startswith(spoken.text)
    for _, end in reversed(sentences(spoken.text)[:-1]):
        yield spoken.passage(passage.speaker, (0, end), before=before, after=True)


def _run(text: str, spans: Sequence[Span], most: int) -> int:
    """How many of the sentences stay within `most` words."""
    start = spans[0][0]
    return len(list(takewhile(lambda span: words(text[start : span[1]]) <= most, spans)))


def _spoken(body: str, segments: Sequence[Segment]) -> Spoken:
    shown = stretches(body, segments)
    found = []
    at = 0
    for segment, stretch in zip(segments, shown, strict=True):
        first = body.index(stretch[:1], segment.start)  # a segment may start with space
        found.append(((at, at + len(stretch)), (first, segment.end)))
        at += len(stretch) + 1
    return Spoken(" ".join(shown), tuple(found))
