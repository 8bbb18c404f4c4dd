"""Quotation marks, as the language of the article sets them."""

from __future__ import annotations

import re
from typing import NamedTuple

NARROW = "\u202f"  # the narrow space that does not break: French sets its marks with it


class Marks(NamedTuple):
    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


ENGLISH = Marks("“", "”", "‘", "’")
MARKS = {
    "cs": Marks("„", "“", "‚", "‘"),
    "da": Marks("»", "«", "›", "‹"),
    "de": Marks("„", "“", "‚", "‘"),
    "de-ch": Marks("«", "»", "‹", "›"),
    "es": Marks("«", "»", "“", "”"),
    "fi": Marks("”", "”", "’", "’"),
    "fr": Marks(f"«{NARROW}", f"{NARROW}»", "“", "”"),
    "fr-ch": Marks("«", "»", "‹", "›"),
    "it": Marks("«", "»", "“", "”"),
    "ja": Marks("「", "」", "『", "』"),
    "nb": Marks("«", "»", "‘", "’"),
    "no": Marks("«", "»", "‘", "’"),
    "pl": Marks("„", "”", "«", "»"),
    "pt": Marks("«", "»", "“", "”"),
    "pt-br": ENGLISH,
    "ru": Marks("«", "»", "„", "“"),
    "sv": Marks("”", "”", "’", "’"),
    "uk": Marks("«", "»", "„", "“"),
    "zh": ENGLISH,
}

#: A mark inside a text opens after a space, a bracket or a dash, and closes elsewhere.
_MARK = re.compile(r"(?P<opens>(?:(?<=[\s(\[—–])|^)(?:[\"“„”»]|«\s?)(?=\S))|\s?»|[\"“”«]")


def marks(language: str) -> Marks:
    """The marks of a BCP 47 language; the English ones where we do not know better."""
    tag = language.casefold().replace("_", "-")
    return MARKS.get(tag) or MARKS.get(tag.partition("-")[0]) or ENGLISH


def quoted(text: str, language: str) -> str:
    """`text` in quotation marks. Marks inside it become inner ones; no word changes."""
    use = marks(language)
    inner = _MARK.sub(lambda m: use.inner_opening if m["opens"] else use.inner_closing, text)
    return f"{use.opening}{inner}{use.closing}"
