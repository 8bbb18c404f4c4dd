"""The number that a quote is about: what a card shows large."""

from __future__ import annotations

import re

_NO_BREAK, _NARROW = "\u00a0", "\u202f"
_SPACE = r"[ \u00a0\u202f]?"
_NUMBER = r"(?<![\w.,])(?:\d{1,3}(?:[.,'’ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)?(?![\d%]*[\d])"
_SCALE = (
    r"(?:thousand|million|billion|trillion|millionen|million|milliarden|milliarde|mio\.?|mrd\.?|millions?|milliards?"
    r"|millones|millón|miles|milhões|milhão|bilhões|milioni|miliardi|miljoen|miljard|miljoner|miljarder|bn|tn)(?!\w)"
)
_PERCENT = r"(?:%|per cent|percent|prozent|pour cent|por ciento|por cento|per cento|procent|prosent|prosenttia)(?!\w)"
_COINS = r"(?:euros?|dollars?|pounds|dólares|dollari|yen|francs?|franken|kronor|kroner)(?!\w)"

_SHARE = re.compile(rf"({_NUMBER}){_SPACE}{_PERCENT}", re.IGNORECASE)
_MONEY = re.compile(
    rf"[$€£¥]{_SPACE}{_NUMBER}(?:{_SPACE}{_SCALE})?|{_NUMBER}{_SPACE}(?:{_SCALE}{_SPACE})?(?:[€$£¥]|{_COINS})",
    re.IGNORECASE,
)
_SCALED = re.compile(rf"{_NUMBER}{_SPACE}{_SCALE}", re.IGNORECASE)
_GROUPED = re.compile(r"(?<![\w.,$€£])\d{1,3}(?:[,.'’\u00a0\u202f]\d{3})+(?![\d.,]*\d)")

#: Languages that put a space before the percent sign. In type as large as a card's number, a whole one is a hole.
_SPACED_PERCENT = frozenset("cs da de es fi fr nb nn no ru sk sv uk".split())
_MOST = 2  # numbers of a kind: with more, none of them is what the quote is about


def figure(text: str, language: str = "") -> str:
    """As it is shown: "42%", "$3.2 billion", "12,000". "" where the text has none, or too many to tell."""
    shares = _SHARE.findall(text)
    if shares:
        gap = _NARROW if language.lower()[:2] in _SPACED_PERCENT else ""
        return f"{shares[0]}{gap}%" if len(shares) <= _MOST else ""
    for kind in (_MONEY, _SCALED, _GROUPED):
        if found := kind.findall(text):
            return re.sub(r"\s+", _NO_BREAK, found[0]) if len(found) <= _MOST else ""
    return ""
