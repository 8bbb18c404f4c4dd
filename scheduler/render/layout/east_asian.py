"""Chinese and Japanese: whose characters they are, and their punctuation.

A mark fills a square of which it needs a half; two in a row share theirs.
"""

from __future__ import annotations

import regex

from scheduler.render.layout.face import Cluster

_MARKS = "「」『』（）【】《》〈〉〔〕［］｛｝、。，．：；“”‘’"
_ROW = regex.compile(rf"[{regex.escape(_MARKS)}]{{2}}")
_SQUARE = 0.85  # ems: what is narrower is no mark of a full width
_HALF = 0.45  # of its square is white, where a mark can do without
_TRADITIONAL = regex.compile(r"zh\b.*-(?:hant|tw|hk|mo)\b|yue\b")


def is_traditional(language: str) -> bool:
    """Whether it is Chinese in the traditional characters, by its BCP 47 tag."""
    return _TRADITIONAL.match(language.lower().replace("_", "-")) is not None


def squeezed(clusters: list[Cluster], text: str) -> list[Cluster]:
    if not _ROW.search(text):
        return clusters
    found = list(clusters)
    for at in range(1, len(found)):
        before, after = found[at - 1], found[at]
        odd = before.level % 2 or after.level % 2  # against the direction that the marks are drawn for
        if odd or not _ROW.match(text, before.start) or min(before.advance, after.advance) < _SQUARE:
            continue
        half = after.advance / 2
        if before.advance - before.right >= _HALF * before.advance:
            found[at - 1] = before._replace(advance=before.advance - half)
        elif after.left >= _HALF * after.advance:
            moved = tuple(glyph._replace(x=glyph.x - half) for glyph in after.glyphs)
            found[at] = after._replace(advance=half, glyphs=moved)
    return found
