"""A text shaped once. Its widths are in ems and scale, so that every size can be tried without shaping again."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import accumulate, pairwise
from statistics import fmean
from typing import NamedTuple

from scheduler.render.layout import breaks, hyphenation
from scheduler.render.layout.direction import directed, runs_leftward
from scheduler.render.layout.east_asian import squeezed
from scheduler.render.layout.face import Cluster, Face
from scheduler.render.layout.optics import overhang
from scheduler.render.layout.shaping import Faces, shape
from scheduler.render.layout.wrap import Measure

HANGING = "“”‘’„‚«»‹›「『《〈\"'\u00a0\u202f"  # what may stand in the margin, before the first letter
_KEPT = 48  # paragraphs: 100 KB each for a quote of 200 characters


class Word(NamedTuple):
    """What lies between two places where a line may end, without the space after it."""

    start: int  # its first code point in the text
    text: str
    first: int  # its clusters
    after: int
    divided: bool = False  # a line that ends with it gets a hyphen


class Paragraph:
    """`text` is not empty and holds nothing that `faces` cannot show.

    `divided` lets lines end within words as well, where these can be divided.
    """

    def __init__(
        self, text: str, faces: Faces, *, language: str = "", hang: bool = False, divided: bool = False
    ):
        self.text = text
        direction = directed(text, language)
        self.leftward = direction.base % 2 == 1
        self.starts_right = self.leftward or runs_leftward(language)
        self.clusters = squeezed(shape(text, faces, language, direction.levels), text)
        self.at = [0.0, *accumulate(cluster.advance for cluster in self.clusters)]  # in the order of reading
        self.hyphen = faces[0].shape("‐", 0, 1, language) if divided else []
        self.words = self._words(language if divided else None)
        self.measure = Measure(
            left=[self._left(word, hang=hang) for word in self.words],
            right=[self._right(word) for word in self.words],
            reluctance=self._reluctances(language),
        )
        self._look(faces)

    @property
    def widest(self) -> float:
        return max(self.measure.width(word, word + 1) for word in range(len(self.words)))

    @property
    def widest_word(self) -> Word:
        return max(
            zip(self.words, range(len(self.words)), strict=True),
            key=lambda pair: self.measure.width(pair[1], pair[1] + 1),
        )[0]

    def _words(self, divided: str | None) -> list[Word]:
        starts = [cluster.start for cluster in self.clusters]
        whole = set(starts)  # no line ends inside a ligature or a cluster
        plain = [at for at in breaks.opportunities(self.text) if at in whole]
        hyphens: set[int] = set()
        if divided is not None:
            makeshift = set(breaks.makeshift(self.text)) & whole
            soft = {at for at in makeshift if self.text[at - 1] == breaks.SOFT_HYPHEN}
            hyphens = soft | (set(hyphenation.points(self.text, divided)) & whole)
            plain = sorted({*plain, *makeshift, *hyphens})
        words = []
        for start, end in pairwise([0, *plain, len(self.text)]):
            shown = self.text[start:end].rstrip(" ")
            first, after = bisect_left(starts, start), bisect_left(starts, start + len(shown))
            words.append(Word(start, shown, first, after, end in hyphens))
        return words

    def _reluctances(self, language: str) -> list[float]:
        bounds = [*(word.start for word in self.words), len(self.text)]
        prices = breaks.reluctances(self.text, bounds, language)
        return [
            price + (hyphenation.reluctance(word.text, language) if word.divided else 0.0)
            for word, price in zip(self.words, prices, strict=True)
        ]

    def _left(self, word: Word, *, hang: bool) -> float:
        """Where the first letter's stem starts: marks that hang, and the letter's own white, lie before it.

        What a letter throws out before its origin, as j does, hangs too; and, where marks do, a little of a letter
        that has no stem there.
        """
        if word.first < len(self.clusters) and self.clusters[word.first].level % 2 != self.leftward:
            return self.at[word.first]  # it lies inside the line, not at its start
        letters = word.text.lstrip(HANGING) if hang else word.text
        first = word.start + len(word.text) - len(letters) if letters else word.start
        found = next(
            (n for n in range(word.first, word.after) if self.clusters[n].start >= first), word.first
        )
        if found == len(self.clusters):
            return self.at[-1]
        white = max(0.0, self._white(self.clusters[found], before=True))
        return self.at[found] + white + (overhang(self.text[self.clusters[found].start]) if hang else 0.0)

    def _right(self, word: Word) -> float:
        """Where the ink of a line ends that ends with this word. The last letter may lie under the one before it."""
        ends = [
            self.at[n + 1] - self._white(self.clusters[n], before=False)
            for n in range(max(word.first, word.after - 2), word.after)
        ]
        hyphen = sum(cluster.advance for cluster in self.hyphen) if word.divided else 0.0
        return max(ends, default=self.at[word.first]) + hyphen

    def _white(self, cluster: Cluster, *, before: bool) -> float:
        """Between its ink and its edge. A run against the paragraph's direction has none: its ends lie inside."""
        if cluster.level % 2 != self.leftward:
            return 0.0
        return cluster.left if before != self.leftward else cluster.advance - cluster.right

    def _look(self, faces: Faces) -> None:
        """What height the lines need, and between what the eye sees them."""
        glyphs = [glyph for cluster in self.clusters for glyph in cluster.glyphs]
        used = Counter(glyph.face for glyph in glyphs)
        self.ascent = max(faces[0].ascent, *(g.y + g.ink.top for g in glyphs))
        self.descent = max(faces[0].descent, *(-g.y - g.ink.bottom for g in glyphs))
        self.ink = max(g.y + g.ink.top for g in glyphs), max(-g.y - g.ink.bottom for g in glyphs)
        self.leading = max(face.leading for face in used)
        self.rise, self.fall = _seen(used.most_common(1)[0][0], self.clusters)


@lru_cache(_KEPT)
def paragraph(
    text: str, faces: Faces, *, language: str = "", hang: bool = False, divided: bool = False
) -> Paragraph:
    """A campaign sets the same texts in many sizes, and every card of a run names the same outlet."""
    return Paragraph(text, faces, language=language, hang=hang, divided=divided)


def _seen(face: Face, clusters: list[Cluster]) -> tuple[float, float]:
    """The height of the letters, above the baseline and below: of capitals, where the script has them."""
    if face.of_capitals:
        return face.cap_height, 0.0
    inks = [
        g.ink for cluster in clusters for g in cluster.glyphs if g.face is face and g.ink.top > g.ink.bottom
    ]
    return (
        (fmean(ink.top for ink in inks), fmean(max(0.0, -ink.bottom) for ink in inks)) if inks else (0.7, 0.0)
    )
