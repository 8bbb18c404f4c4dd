"""Pages that give the beginning of an article, or something else in its place."""

from __future__ import annotations

import re

from scheduler.domain.text import words
from scheduler.sources._bytes import SourceRefused

_STUB_WORDS = 150  # an article with more than that may well have a wall around another one
_BARE_WORDS = 40
_WALL = re.compile(
    r"\b(?:subscribe|register|sign up|log ?in|sign in)(?: now)? to (?:continue|keep|read|unlock)"
    r"|\b(?:article|content|post|story) is (?:exclusively |only )?(?:available )?(?:for|to) (?:our |paid |paying )*"
    r"(?:members|subscribers)|\b(?:members|subscribers) only\b|\bto (?:continue|keep) reading\b"
    r"|\b(?:continue|keep) reading (?:for|with)\b|\bweiterlesen mit\b|\bréservé aux abonnés|\bsolo para suscriptores"
    r"|会員限定",
    re.IGNORECASE,
)
_ROBOT_CHECK = re.compile(
    r"access denied|are you a robot|attention required|captcha|checking your browser|enable javascript and cookies"
    r"|just a moment|unusual traffic|verify(?:ing)? (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)


def refuse_stub(body: str, shown: str, *, free: bool) -> None:
    """Raise SourceRefused where `body`, the main text found, is no article.

    `shown` is all that the page shows; `free` is what it says itself about who may read it.
    """
    length = words(body)
    if length < _BARE_WORDS and _ROBOT_CHECK.search(shown):
        why = "The site answered with a check for robots instead of the article"
    elif length < _STUB_WORDS and (not free or _WALL.search(shown)):
        why = f"Only the first {length} words of this article are free to read"
    elif not body:
        why = "This page shows no article, or only a program can show it"
    else:
        return
    raise SourceRefused(f"{why}: open it in a browser and paste its text.")
