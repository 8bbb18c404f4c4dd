"""A body, read once: its paragraphs, its quoted stretches, and what is left when they are masked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise

from scheduler.domain.text import sentences
from scheduler.extract.blocks import Block, blocks
from scheduler.extract.lexicon import Language
from scheduler.extract.marks import Mark, Way, marks
from scheduler.extract.pairing import How, Stretch, pair
from scheduler.extract.sentence import Sentence
from scheduler.extract.singles import prevail, single_marks
from scheduler.extract.tokens import QUOTED, tokens

_NICKNAME = 24  # code points


class Page:
    """What the rules look at. Everything here is computed once, in one pass over the body."""

    def __init__(self, body: str, language: Language) -> None:
        self.body, self.language = body, language
        self.blocks = blocks(body)
        found = _stretches(body, self.blocks, language)
        nicknames = {s.opens for s in found if _is_nickname(body, s)}
        self.stretches = [s for s in found if s.opens not in nicknames] if nicknames else found
        self.masked = _masked(body, self.blocks, found, nicknames)
        self._block_ends = [b.end for b in self.blocks]
        self.sentences = sentences(self.masked) if self.stretches else []
        self._sentence_starts = [s for s, _ in self.sentences]
        self._read: dict[int, Sentence] = {}

    def block_at(self, at: int) -> int:
        """The index of the block that holds `at`, or of the next one."""
        return min(bisect_right(self._block_ends, at), len(self.blocks) - 1)

    def sentence_at(self, at: int) -> int:
        """The index of the sentence that holds `at`, or of the one before."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def sentence(self, index: int) -> Sentence:
        found = self._read.get(index)
        if found is None:
            words = tokens(self.masked, *self.sentences[index])
            found = self._read[index] = Sentence(words, self.language)
        return found


def _stretches(body: str, blocks: list[Block], language: Language) -> list[Stretch]:
    """The quotes in the marks that prevail in this text, and those in the other marks outside them."""
    says = _says(language)
    doubles, singles = marks(body, blocks), single_marks(body, blocks)
    if prevail(body, singles, doubles):
        first = pair(body, blocks, singles, says)
        second = pair(body, blocks, _outside(first, doubles), says)
    else:
        first = pair(body, blocks, doubles, says)
        second = list(_terms(body, _outside(first, singles)))
    return sorted([*first, *second], key=lambda s: s.start)


def _says(language: Language) -> re.Pattern[str]:
    """A short subject and a verb that only speech is told with."""
    verbs = "|".join(sorted(language.strong)) or r"(?!)"
    return re.compile(rf"\W{{1,3}}(?:[\w.’'-]+\W{{1,2}}){{0,5}}?(?:{verbs})\b")


def _outside(taken: Sequence[Stretch], marks: Sequence[Sequence[Mark]]) -> list[list[Mark]]:
    starts = [s.opens for s in taken]

    def is_free(mark: Mark) -> bool:
        i = bisect_right(starts, mark.start) - 1
        return i < 0 or taken[i].closes <= mark.start

    return [[m for m in block if is_free(m)] for block in marks]


def _terms(body: str, marks: Sequence[Sequence[Mark]]) -> Iterator[Stretch]:
    """Single marks in a text that uses double ones: a headline's quote, or a term."""
    for i, block in enumerate(marks):
        for a, b in pairwise(block):
            if a.way is Way.OPEN and b.way is Way.CLOSE and _starts_high(body[a.end]):
                yield Stretch(a.end, b.start, a.start, b.end, i, How.SINGLE)


def _starts_high(first: str) -> bool:
    return first.isupper() or first.isdigit() or first in "[¿¡"


def _is_nickname(body: str, s: Stretch) -> bool:
    """Nora “Crumb” Vance"""
    if not body[s.closes + 1 : s.closes + 2].isupper() or s.end - s.start > _NICKNAME:
        return False
    before, after = body[max(0, s.opens - 2) : s.opens], body[s.closes : s.closes + 2]
    named = before[:1].isalpha() and before[1:] == " " and after[:1] == " " and body[s.end - 1].isalnum()
    return named and body[body.rfind(" ", 0, s.opens - 1) + 1].isupper()


def _masked(
    body: str, blocks: Sequence[Block], stretches: Sequence[Stretch], nicknames: Container[int]
) -> str:
    """The body with every quote blotted out, so that no name or verb in it is read as the reporter's.

    A nickname leaves a gap in the name that it stands in.
    """
    parts: list[str] = []
    at = 0
    for s in stretches:
        opens = max(at, s.opens)
        parts += [body[at:opens], (" " if s.opens in nicknames else QUOTED) * (s.closes - opens)]
        at = max(at, s.closes)
    parts.append(body[at:])
    return _unwrapped("".join(parts), blocks)


def _unwrapped(text: str, blocks: Sequence[Block]) -> str:
    """A line break inside a block is a space: the text was wrapped by hand."""
    if all("\n" not in text[b.start : b.end] for b in blocks):
        return text
    parts: list[str] = []
    at = 0
    for b in blocks:
        parts += [text[at : b.start], text[b.start : b.end].replace("\n", " ")]
        at = b.end
    return "".join([*parts, text[at:]])
