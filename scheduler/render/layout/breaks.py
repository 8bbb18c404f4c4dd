"""Where a line may end, for scripts that put spaces between words, and where it had better not.

The classes are those of UAX #14, several of them under one letter. Two rules are stricter than its own: no line
starts with a dash, and a hyphen or slash divides only between letters ("well-known", not "2020-21").
"""

from __future__ import annotations

from functools import lru_cache

import regex

_CLASSES = regex.compile(
    r"(?P<S>\p{lb=SP})|(?P<Z>\p{lb=ZW})|(?P<G>\p{lb=GL}|\p{lb=WJ})|(?P<O>\p{lb=OP})"
    r"|(?P<D>[—–])|(?P<H>[-‐/])|(?P<N>\p{lb=NU})"
    r"|(?P<C>\p{lb=CL}|\p{lb=CP}|\p{lb=EX}|\p{lb=IS}|\p{lb=NS}|\p{lb=IN})"
)
_OPPORTUNITY = regex.compile(
    r"(?<=S)(?<!OS+)(?![SGCDZ])"  # after spaces
    r"|(?<=Z)(?!S)"
    r"|(?<=AH)(?=A)"
    r"|(?<=[AC]D)(?=[AO])"  # after a dash that stands close; a spaced one ends its line at the space
)

_CLOSERS = "”’»)"


def opportunities(text: str) -> list[int]:
    """The code points that a line may start at."""
    return [m.start() for m in _OPPORTUNITY.finditer("".join(map(_class, text)))]


def reluctance(word: str, before: str) -> float:
    """The price of ending a line with `word`, which follows `before`. 1 is as bad as a line 10 % too short."""
    if word.endswith(("-", "‐", "/")):
        return 9.0
    if before.rstrip(_CLOSERS).endswith((".", "!", "?", "…", ":")):
        return 2.0  # one word of a new sentence
    if len(word) <= 2 and word.isalpha():
        return 1.0  # "a", "of", "is" belong to what follows
    if word.rstrip(_CLOSERS).endswith((",", ";", ":", ".", "!", "?", "…", "—", "–")):
        return -0.5  # the voice pauses here anyway
    return 0.0


@lru_cache(1024)
def _class(character: str) -> str:
    found = _CLASSES.match(character)
    return found.lastgroup if found else "A"
