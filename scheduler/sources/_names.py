"""Who wrote it: a byline is believed only where it looks like the name of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: What announces a name: "By ", "Written by", "Words: ", and the glued label of Wix pages ("Writer's pictureX").
_LABEL = re.compile(
    r"(?:writer['’]s picture|author['’]s (?:picture|photo)|profile picture of)\s*"
    r"|(?:(?:an? )?(?:article|essay|interview|posted|published|report|reported|reporting|story|text|words|written)"
    r"(?: and (?:photos|photographs|photography|images|pictures))? )?by(?:\s*:\s*|\s+)"
    r"|(?:author|reporter|story|text|words|writer|autor|auteur|autore|tekst|texte|testo|texto)s?\s*:\s*"
    r"|(?:av|di|door|par|por|von)\s+(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
#: What follows a name: a place, an outlet, an address, a date.
_REST = re.compile(
    r"\s*(?:[|·•(\[<@]|https?:|\s[–—-]\s|\s(?:for|at|in|on|from|with|is|was|has|of)\s|"
    r",?\s+(?:published|updated|posted)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(r"\s*(?:[;&+]|\b(?:and|en|et|och|und|y)\b)\s*", re.IGNORECASE)

#: Lower-case words inside a name.
_PARTICLES = frozenset(
    """'t af al av bin bint ben da dal das de degli del della den der di do dos du e el i ibn la le op st te ten
    ter und van vom von y zu zum zur""".split()
)
_AFTER_A_NAME = frozenset({"jr", "sr", "ii", "iii", "iv", "phd", "md"})
#: What a role, an organisation or a button has in its name and a person has not.
_NO_PERSON = frozenset(
    """about admin administrator agency all analyst author authors blog by columnist comments contact contributor
    contributors correspondent correspondents courtesy critic desk director editor editorial editors fellow follow
    founder gmbh guest home image images inc institute intern journalist junior llc log ltd magazine manager media
    member members menu more news newsletter newsroom officer our photo photographer photos podcast policy posts
    press privacy producer professor read redactie redacción redaktion redazione reporter reporters rédaction senior
    service services share sign staff subscriber subscribers team terms the university us wire writer writers your
    january february march july august september october november december monday tuesday wednesday thursday friday
    saturday sunday""".split()
)
_WORD = re.compile(r"['’‘]?[^\W\d_](?:[^\W\d_]|['’‘.\-‐](?=[^\W\d_]))*\.?")
_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}")
_DOTTED_END = re.compile(r"(?:\b[^\W\d_]|\b[JS]r)\.$")
_LONGEST = 80  # code points
_MOST = 6  # words


def is_name(text: str, *, single: bool = False) -> bool:
    """Whether `text` can be a person's name. `single`: one word is enough, for the page says it is one."""
    words = text.split()
    if not words or len(words) > _MOST or len(text) > _LONGEST:
        return False
    if not all(_is_part(word) for word in words) or words[-1] in _PARTICLES:
        return False
    proper = [word for word in words if word not in _PARTICLES]
    return len(proper) >= (1 if single or _is_caseless(text) else 2)


def _is_part(word: str) -> bool:
    bare = word.rstrip(".").lower()
    if bare in _NO_PERSON:
        return False
    if word in _PARTICLES or bare in _AFTER_A_NAME or _INITIALS.fullmatch(word):
        return True
    return bool(_WORD.fullmatch(word)) and not word.lstrip("'’‘")[0].islower()


def _is_caseless(text: str) -> bool:
    """Chinese, Japanese, Korean …: a whole name may be one word."""
    letters = [c for c in text if c.isalpha()]
    return 2 <= len(letters) <= 12 and all(c.lower() == c.upper() for c in letters)


def announced(text: str) -> str:
    """The names in a line that announces them ("Written by Jane Doe, staff writer"), or ""."""
    m = _LABEL.match(text)
    return authors(text[m.end() :]) if m else ""


def authors(text: str) -> str:
    """The names that `text` begins with, without what follows them; "" where there is none.

    A comma parts names only in a list that says "and": elsewhere a role or a place follows it.
    """
    text = _REST.sub("", text)
    if not _AND.search(text):
        return joined(text.split(",")[:1])
    return joined(name for chunk in _AND.split(text) for name in chunk.split(","))


def joined(names: Iterable[str], *, single: bool = False) -> str:
    """`names` as one text, each once, up to the first that is no person's."""
    kept: dict[str, None] = {}
    for name in filter(None, map(_trimmed, names)):
        if not is_name(name, single=single):
            break
        kept[_cased(name)] = None
    return ", ".join(kept)


def _trimmed(name: str) -> str:
    name = " ".join(name.split()).strip(" ,;:|")
    return name if _DOTTED_END.search(name) else name.rstrip(" .")


def _cased(name: str) -> str:
    """JANE DOE is Jane Doe; a name in mixed case is its owner's business."""
    if not name.isupper() or " " not in name:
        return name
    return re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), name)
