"""Headlines: what looks like one, and which of two lines is the better one."""

from __future__ import annotations

import re

from scheduler.domain.text import words
from scheduler.sources._chrome import is_chrome

_MOST_WORDS = 30
_SENTENCE_WORDS = 20
_SHORT_WORDS = 4  # the name of an outlet or of a section

_SENTENCE_INSIDE = re.compile(r"[.!?][\"'”’»]?\s+[\"'“‘„«]?[^\W\da-z_]")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"'”’»]*$")
_QUOTING = re.compile(r"[“”„«「『\"]|(?<!\w)['‘]\w.*['’](?!\w)")


def looks_like_headline(paragraph: str, following: str) -> bool:
    """One line, not too long, that does not begin in mid-sentence; a sentence only if a text follows it."""
    if is_chrome(paragraph, edge=True) or not 1 <= words(paragraph) <= _MOST_WORDS:
        return False
    if paragraph[0].islower() or paragraph[-1] in ",;:" or _SENTENCE_INSIDE.search(paragraph):
        return False
    if not _FULL_STOP.search(paragraph):
        return True
    return words(paragraph) <= _SENTENCE_WORDS and bool(following)


def is_better(paragraph: str, title: str) -> bool:
    """Whether `paragraph`, a headline too, is one rather than `title` above it: a page begins with its own name."""
    length = words(paragraph)
    return words(title) <= _SHORT_WORDS <= length > words(title) and not _FULL_STOP.search(paragraph)


def stays_in_body(title: str) -> bool:
    """Whether the headline is also part of the text.

    One that quotes somebody is: its words can be lifted, and are recognised as saying the same as a quote
    further down. So is one that reads as a sentence: it may have been the article's first.
    """
    return bool(_QUOTING.search(title) or _FULL_STOP.search(title))


def same(a: str, b: str) -> bool:
    """Whether two lines have the same letters: outlets change marks, spaces and capitals."""
    return _bare(a) == _bare(b) != ""


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
