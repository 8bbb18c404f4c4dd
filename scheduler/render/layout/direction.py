"""Which way a paragraph runs."""

from __future__ import annotations

from scheduler.render.layout import bidi

_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks ku-arab nqo ps sd syr ug ur yi".split())


def runs_leftward(language: str) -> bool:
    """Whether the language (BCP 47) is written from right to left."""
    tag = language.lower().replace("_", "-")
    return tag in _RIGHT_TO_LEFT or tag.split("-")[0] in _RIGHT_TO_LEFT


def directed(text: str, language: str) -> bidi.Resolved:
    """The levels of a text. A language that runs leftward makes every text with letters of such a script do so, and
    not only one that starts with these.
    """
    leftward = runs_leftward(language) and bidi.has_right_to_left(text)
    return bidi.resolve(text, bidi.RIGHT_TO_LEFT if leftward else None)
