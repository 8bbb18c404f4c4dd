"""A long quote over several frames of a carousel, cut at the ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from scheduler.domain.text import sentences

MOST = 10  # frames: what Instagram's API takes, the least of the networks that have carousels

_PAUSE = re.compile(r"[,;:—–،、，；：][\"'”’»)]*\s*")

Fits = Callable[[str], bool]


def frames(text: str, fits: Fits, most: int = MOST) -> list[str] | None:
    """`text` in as few parts as fit, as even as they can be. None where it takes more than `most`.

    Joined, the parts are `text` to the last character: each but the last ends with the space behind it. Only
    a sentence that fits no frame by itself is cut where the voice pauses.
    """
    fits = cache(fits)
    cuts = list(_cuts(text, fits))
    for count in range(1, min(most, len(cuts) - 1) + 1):
        if chosen := _evenest(text, cuts, count, fits):
            return [text[start:end] for start, end in pairwise(chosen)]
    return None


def _cuts(text: str, fits: Fits) -> Iterator[int]:
    """Where a frame may start, and where the last one ends."""
    starts = [0, *(start for start, _ in sentences(text)[1:]), len(text)]
    for start, end in pairwise(starts):
        yield start
        if not fits(text[start:end].strip()):
            yield from (found.end() for found in _PAUSE.finditer(text, start, end) if found.end() < end)
    yield len(text)


def _evenest(text: str, cuts: Sequence[int], count: int, fits: Fits) -> list[int] | None:
    """The cuts that make `count` parts that fit, with the least sum of squared lengths."""
    best: dict[int, tuple[int, list[int]]] = {0: (0, [0])}  # cut -> its price, and the cuts up to it
    for _ in range(count):
        longer: dict[int, tuple[int, list[int]]] = {}
        for start, (price, path) in best.items():
            for end in (cut for cut in cuts if cut > start):
                if not fits(text[start:end].strip()):
                    break  # nor does anything longer
                found = price + (end - start) ** 2
                if end not in longer or found < longer[end][0]:
                    longer[end] = found, [*path, end]
        best = longer
    return best[len(text)][1] if len(text) in best else None
