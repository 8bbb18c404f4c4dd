"""A text shaped once. Its widths are in ems and scale, so that every size can be tried without shaping again."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from scheduler.render.layout.breaks import opportunities, reluctance
from scheduler.render.layout.face import Glyph
from scheduler.render.layout.shaping import Faces, shape
from scheduler.render.layout.wrap import Measure

HANGING = "“”‘’„‚«»‹›\"'\u00a0\u202f"  # what may stand in the margin, left of the first letter


class Word(NamedTuple):
    """What lies between two places where a line may end, without the space after it."""

    start: int  # its first code point in the text
    text: str
    glyphs: list[Glyph]


class Paragraph:
    """`text` is not empty and holds nothing that `faces` cannot show."""

    def __init__(self, text: str, faces: Faces, *, language: str = "", hang: bool = False):
        self.text = text
        self.face = faces[0]
        glyphs = shape(text, faces, language)
        self.words = _words(text, glyphs)
        self.measure = Measure(
            left=[_left(word, hang=hang) for word in self.words],
            right=[max(g.x + g.ink.right for g in word.glyphs) for word in self.words],
            reluctance=_reluctances(self.words),
        )
        self.ascent = max(self.face.ascent, *(g.y + g.ink.top for g in glyphs))
        self.descent = max(self.face.descent, *(-g.y - g.ink.bottom for g in glyphs))


def _words(text: str, glyphs: list[Glyph]) -> list[Word]:
    starts = [g.start for g in glyphs]
    whole = set(starts)  # no line ends inside a ligature or a cluster
    bounds = [0, *(at for at in opportunities(text) if at in whole), len(text)]
    words = []
    for start, end in pairwise(bounds):
        shown = text[start:end].rstrip(" ")
        first, after = bisect_left(starts, start), bisect_left(starts, start + len(shown))
        words.append(Word(start, shown, glyphs[first:after]))
    return words


def _left(word: Word, *, hang: bool) -> float:
    """Where the first letter's stem starts: marks that hang, and the letter's own white, lie left of it.

    What a letter throws out to the left of its origin, as j does, hangs too.
    """
    letters = word.text.lstrip(HANGING) if hang else word.text
    first = word.start + len(word.text) - len(letters) if letters else word.start
    glyph = next((g for g in word.glyphs if g.start >= first), word.glyphs[-1])
    return glyph.x + max(0.0, glyph.ink.left)


def _reluctances(words: list[Word]) -> list[float]:
    texts = [word.text for word in words]
    return [reluctance(text, before) for text, before in zip(texts, ["", *texts], strict=False)]
