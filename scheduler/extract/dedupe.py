"""Quotes that say the same: the headline's and the body's, a pull quote and the sentence it was pulled from.

Nothing is merged. One of them is kept, word for word, and the others point to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

SAME = 0.8  # likeness of two texts that say the same
_CONTAINED = 0.9  # share of the shorter text that stands in the longer one
_FEWEST = 5  # words: a shorter text is contained in too many
_RUN = 3  # words in a row that count as standing there
_LONGEST = 400  # words that are compared
_RIVALS = 4  # texts that one is compared with: those that share the most runs of words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")

Words = tuple[str, ...]


def normal(text: str) -> Words:
    """The words of a text as far as sameness goes: no case, no marks, no punctuation."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return tuple(_WORD.findall(plain)[:_LONGEST])


def likeness(a: Words, b: Words) -> float:
    """0 to 1: how much of the two texts is the same, in the same order. 0 also for what is below SAME for sure."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= SAME else 0.0


def holds(longer: Words, shorter: Words, fewest: int = _FEWEST) -> bool:
    """Whether nearly all of the shorter text stands in the longer one, in runs of words."""
    if len(shorter) < fewest or _missing(longer, shorter) > (1 - _CONTAINED) * len(shorter):
        return False
    blocks = SequenceMatcher(None, longer, shorter, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks if b.size >= _RUN) >= _CONTAINED * len(shorter)


def _missing(longer: Words, shorter: Words) -> int:
    known = set(longer)
    return sum(w not in known for w in shorter)


def same(a: Words, b: Words) -> bool:
    if a == b:
        return True
    longer, shorter = (a, b) if len(a) >= len(b) else (b, a)
    return holds(longer, shorter) or (len(shorter) >= _FEWEST and likeness(a, b) >= SAME)


def duplicates(texts: Sequence[Words], last_resort: frozenset[int] = frozenset()) -> dict[int, int]:
    """Index of a text -> index of the one that says the same and is kept.

    The longer of two is kept, then the earlier; those in `last_resort` only where nothing else says it.
    """
    found: dict[int, int] = {}
    exact: dict[Words, int] = {}
    runs: dict[Words, list[int]] = defaultdict(list)
    for i in sorted(range(len(texts)), key=lambda i: (i in last_resort, -len(texts[i]), i)):
        kept = exact.setdefault(texts[i], i)
        if kept == i:
            kept = next((k for k in _rivals(texts[i], runs) if same(texts[i], texts[k])), i)
        if kept != i:
            found[i] = kept
            continue
        for run in _runs(texts[i]):
            runs[run].append(i)
    return found


def _rivals(text: Words, runs: dict[Words, list[int]]) -> list[int]:
    """The kept texts that share the most runs of words with this one."""
    shared = Counter(k for run in _runs(text) for k in runs.get(run, ())[:_RIVALS])
    return [k for k, _ in shared.most_common(_RIVALS)]


def _runs(text: Words) -> Iterator[Words]:
    return (text[i : i + _RUN] for i in range(len(text) - _RUN + 1))
