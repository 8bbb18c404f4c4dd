"""What a typesetter does to a text without changing a word: quotation marks, apostrophes, spaces that hold."""

from __future__ import annotations

from typing import NamedTuple

import regex

NO_BREAK, NARROW = "\u00a0", "\u202f"


class Marks(NamedTuple):
    """A language's quotation marks: around a quote, with the space that belongs inside, and within one."""

    opening: str
    closing: str
    inner_opening: str = "‘"
    inner_closing: str = "’"


_ENGLISH = Marks("“", "”")

#: From Unicode's CLDR (delimiters), but for Arabic, whose newspapers quote between « ». Languages not here write as
#: English does.
_MARKS = {
    "fr": Marks(f"«{NARROW}", f"{NARROW}»", "“", "”"),
    "sr": Marks("„", "“"),
    **dict.fromkeys(("bg", "cs", "de", "et", "hr", "is", "lt", "mk", "sk", "sl"), Marks("„", "“", "‚", "‘")),
    **dict.fromkeys(("bs", "hu", "pl", "ro"), Marks("„", "”")),
    **dict.fromkeys(("fi", "sv"), Marks("”", "”", "’", "’")),
    **dict.fromkeys(("ca", "el", "es", "it", "pt-pt", "sq"), Marks("«", "»", "“", "”")),
    **dict.fromkeys(("de-ch", "fr-ch", "it-ch"), Marks("«", "»", "‹", "›")),
    **dict.fromkeys(("nb", "nn", "no"), Marks("«", "»")),
    **dict.fromkeys(("be", "ru", "uk"), Marks("«", "»", "„", "“")),
    **dict.fromkeys(("ar", "fa", "ps"), Marks("«", "»", "‹", "›")),
    **dict.fromkeys(("he", "ur", "yi"), Marks("”", "”", "’", "’")),
    **dict.fromkeys(("ja", "zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue"), Marks("「", "」", "『", "』")),
}

_SPACES = regex.compile(rf"[\s--[{NO_BREAK}{NARROW}\u2007]]+", regex.VERSION1)
_APOSTROPHE = regex.compile(r"(?<=\p{L})'|(?<!\S)'(?=\d\ds?\b)")
_INNER_QUOTE = regex.compile(r'(?<![\p{L}\p{N}])"(?=\S)([^"]*)(?<=\S)"(?![\p{L}\p{N}])')

#: Spaces that a line must not end at, in every language.
_HELD = regex.compile(
    r"(?<=\d) (?=(?:%|‰|°|€|£|\$|[kcm]?m|k?g|km/h|[kMG]?W|[kMGT]?B)(?!\p{L}))"  # 20 %, 5 km
    r"|(?<=(?<!\p{L})\p{Lu}\.) (?=\p{Lu}\p{L}*\.?)"  # J. K. Rowling
    r"|(?<=(?<!\p{L})\p{L}\.) (?=\p{L}\.)"  # z. B.
    r"|(?<=(?<!\p{L})(?:Dr|Mr|Mrs|Ms|Prof|St|Nr|No|p|§)\.?) (?=[\p{Lu}\d])"
    r"|(?<=\S) (?=[–—-] )"
)
#: A preposition or conjunction of one letter goes with the word after it.
_ONE_LETTER = regex.compile(r"(?<=(?<![\p{L}\p{N}’])\p{L}) (?=\p{L})")
_ONE_LETTER_LANGUAGES = {"be", "bg", "cs", "pl", "ru", "sk", "uk"}
_FRENCH = regex.compile(r" (?=[;!?»])|(?<=«) ")
_FRENCH_COLON = regex.compile(r" (?=:)")


class Dressed(NamedTuple):
    text: str
    opening: int  # how many code points at the start are the opening mark
    closing: int  # and at the end the closing one


def marks_of(language: str) -> Marks:
    """By the tag's language and script or region, then by its language."""
    parts = language.lower().replace("_", "-").split("-")
    tags = ["-".join(parts[:1] + parts[at : at + 1]) for at in (1, 2)]
    return next((_MARKS[tag] for tag in [*tags, parts[0]] if tag in _MARKS), _ENGLISH)


def dress(
    text: str, language: str = "", *, quoted: bool = False, opens: bool = True, closes: bool = True
) -> Dressed:
    """`text` as it is set: one space between words, curly marks, and within quotation marks where `quoted`.

    A part of a quote that goes on elsewhere does not open it, or does not close it.
    """
    marks = marks_of(language)
    plain = _SPACES.sub(" ", text).strip()
    curly = _INNER_QUOTE.sub(rf"{marks.inner_opening}\1{marks.inner_closing}", _APOSTROPHE.sub("’", plain))
    if not quoted:
        return Dressed(_hold(curly, language.lower()[:2]), 0, 0)
    held = _hold(_nested(curly, marks), language.lower()[:2])
    opening, closing = marks.opening * opens, marks.closing * closes
    return Dressed(f"{opening}{held}{closing}", len(opening), len(closing))


def _nested(text: str, marks: Marks) -> str:
    """What is quoted within the quote stands in the inner marks. A text that has these already is left as it is."""
    opening, closing = marks.opening.strip(), marks.closing.strip()
    if marks.inner_opening in text and marks.inner_opening != marks.inner_closing:
        return text
    before = r"(?<![\p{L}\p{N}])" if opening == closing else ""
    quoted = regex.compile(
        rf"{before}{opening}\s?([^{opening}{closing}]*[^{opening}{closing}\s])\s?{closing}"
    )
    return str(quoted.sub(rf"{marks.inner_opening}\1{marks.inner_closing}", text))


def _hold(text: str, language: str) -> str:
    held: str = _HELD.sub(NO_BREAK, text)
    if language == "fr":
        held = _FRENCH_COLON.sub(NO_BREAK, _FRENCH.sub(NARROW, held))
    if language in _ONE_LETTER_LANGUAGES:
        held = _ONE_LETTER.sub(NO_BREAK, held)
    return held
