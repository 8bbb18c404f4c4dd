"""Pull quotes: passages that a page sets apart and that stand in the text as well.

They say what an editor thought worth lifting, and would be found as second quotes if they stayed in the body.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from scheduler.sources._names import is_name

_WORD = re.compile(r"[^\W_]+")
_FEWEST, _MOST = 5, 80  # words of a pull quote
_SHARE = 0.8  # of the three-word runs of a passage that is set apart; editors trim and mend what they lift
_LOOKED_AT = 8  # paragraphs that begin alike
_ATTRIBUTION = re.compile(r"[—–―-]\s*")

Words = tuple[str, ...]


def part(paragraphs: Sequence[str], set_apart: Iterable[str]) -> tuple[list[str], list[str]]:
    """The paragraphs without the pull quotes among them, and the pull quotes.

    A paragraph is one if its words stand in another paragraph, or if the page sets it apart and nearly all
    of it stands elsewhere. What the page sets apart outside the paragraphs (a standfirst) counts too.
    """
    said = [_words(p) for p in paragraphs]
    apart = {_words(text): text for text in set_apart}
    runs = Counter(run for words in said for run in _runs(words, 3))
    gone = {*_contained(said), *(i for i, w in enumerate(said) if w in apart and _repeats(w, runs, 2))}
    outside = [text for w, text in apart.items() if w not in said and _repeats(w, runs, 1)]
    kept = [p for i, p in enumerate(paragraphs) if i not in gone and not (i - 1 in gone and _attributes(p))]
    return kept, [*(paragraphs[i] for i in sorted(gone)), *outside]


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _runs(words: Words, length: int) -> Iterable[Words]:
    return (words[i : i + length] for i in range(len(words) - length + 1))


def _repeats(words: Words, runs: Counter[Words], times: int) -> bool:
    own = list(_runs(words, 3))
    return len(words) >= _FEWEST and sum(runs[run] >= times for run in own) >= _SHARE * len(own)


def _contained(said: Sequence[Words]) -> list[int]:
    """Which of the short paragraphs stand, word for word, in another one. Of two equal ones the first stays."""
    places: dict[Words, list[int]] = defaultdict(list)
    for i, words in enumerate(said):
        for run in dict.fromkeys(_runs(words, _FEWEST)):
            places[run].append(i)
    return [
        i
        for i, words in enumerate(said)
        if _FEWEST <= len(words) <= _MOST
        and any(_holds(said[j], words, j < i) for j in places[words[:_FEWEST]][:_LOOKED_AT] if j != i)
    ]


def _holds(longer: Words, words: Words, earlier: bool) -> bool:
    if len(longer) == len(words):
        return earlier and longer == words
    return words in _runs(longer, len(words))


def _attributes(paragraph: str) -> bool:
    """The line under a pull quote that says whose words they are."""
    return is_name(_ATTRIBUTION.sub("", paragraph, count=1).split(",")[0])
