"""From lines to paragraphs: hard-wrapped lines are joined, and a quote that a break cut in two is mended."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from scheduler.sources._characters import normalise

_NARROWEST, _WIDEST = 40, 120  # code points of a hard-wrapped line
_STRAY = 30  # a line this long that stops in mid-sentence goes on in the next
_UNFINISHED = re.compile(r"[^\W_][’']?$|[,‐-]$")
_HYPHEN = re.compile(r"[^\W\d_][-‐]$")

_MARK = re.compile(r"[“”„‟\"«»「」『』]")
_ALWAYS = {"「": True, "『": True, "」": False, "』": False}
_OPENS_BY_SHAPE = {"“": True, "„": True, "‟": True, "«": True, "”": False, "»": False}
_BEFORE_OPENER = re.compile(r"[\s(\[{—–\-/:‘'“«„]")
_AFTER_CLOSER = re.compile(r"[\s.,;:!?)\]}—–\-/’'”»…]")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of `text`. In hard-wrapped text a blank line parts them; elsewhere every line end does."""
    blocks = [block.split("\n") for block in normalise(text).split("\n\n") if block]
    width = _wrap_width(blocks)
    return [paragraph for block in blocks for paragraph in _unwrapped(block, width)]


def _wrap_width(blocks: Sequence[list[str]]) -> int:
    """How wide `blocks` are wrapped; 0 where they are not: most line ends must lack room for the next word."""
    lines = [line for block in blocks if len(block) > 1 for line in block]
    width = max(map(len, lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    full = [_is_full(a, b, width) for block in blocks for a, b in pairwise(block)]
    return width if sum(full) >= 3 and 2 * sum(full) >= len(full) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(" ", 1)[0]) > width


def _unwrapped(block: Sequence[str], width: int) -> list[str]:
    joined = [block[0]]
    for line, following in pairwise(block):
        if (width and _is_full(line, following, width)) or _breaks_off(line, following):
            joined[-1] += following if _HYPHEN.search(line) and following[0].islower() else f" {following}"
        else:
            joined.append(following)
    return joined


def _breaks_off(line: str, following: str) -> bool:
    return len(line) >= _STRAY and following[0].islower() and bool(_UNFINISHED.search(line))


def mended(paragraphs: Sequence[str]) -> list[str]:
    """Join two paragraphs where a break fell inside a quote and inside a sentence of it.

    A quote that is meant to go on in the next paragraph ends its own with a full stop, and the next one
    begins with a mark: neither is touched.
    """
    whole: list[str] = []
    for paragraph in paragraphs:
        if whole and _cut_in_a_quote(whole[-1], paragraph):
            whole[-1] += f" {paragraph}"
        else:
            whole.append(paragraph)
    return whole


def _cut_in_a_quote(paragraph: str, following: str) -> bool:
    if not _UNFINISHED.search(paragraph) or not _ends_inside(paragraph):
        return False
    first = _MARK.search(following)
    return following[0].islower() if first is None else not _opens(following, first.start(), inside=True)


def _ends_inside(paragraph: str) -> bool:
    """Whether a quote is open at the end of `paragraph`."""
    inside = False
    for mark in _MARK.finditer(paragraph):
        inside = _opens(paragraph, mark.start(), inside=inside)
    return inside


def _opens(text: str, at: int, *, inside: bool) -> bool:
    """Whether the mark at `at` opens a quote: its neighbours say so, its shape only where they do not.

    Marks are mixed in real pages (“…\\"), and „…“ closes with the sign that opens “…”.
    """
    mark, before, after = text[at], text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if mark in _ALWAYS:
        return _ALWAYS[mark]
    may_open = not before or bool(_BEFORE_OPENER.match(before))
    may_close = not after or bool(_AFTER_CLOSER.match(after))
    if may_open != may_close:
        return may_open
    if mark == '"' and before.isdigit() and not inside:  # inches
        return False
    return _OPENS_BY_SHAPE.get(mark, not inside)
