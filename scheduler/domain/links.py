"""Links that tell where a reader came from: UTM parameters, by the recipe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote, unquote_plus, urlsplit, urlunsplit

from scheduler.domain.errors import PullquoteError

_PLACE = re.compile(r"\{(\w+)\}")
_URL = re.compile(r"https?://[^\s<>]+")
_AFTER = ".,;:!?)]}'\"’”»›"  # what stands right after a link and is not part of it
_SLUG = 60  # code points; campaign reports cut longer names


def tracked(url: str, parameters: Mapping[str, str], names: Mapping[str, str]) -> str:
    """`url` with each of `parameters` exactly once; everything else in it stays as it is.

    A value may name a place, {kind} say, that `names` fills. A value that comes out empty is left out.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"}:
        return url
    filled = {name: _fill(value, names) for name, value in parameters.items()}
    kept = [pair for pair in parts.query.split("&") if pair and _name(pair) not in filled]
    ours = [f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in filled.items() if value]
    return urlunsplit(parts._replace(query="&".join(kept + ours)))


def standing_in(text: str, link: str) -> str:
    """The address of `link` as it stands in `text`, with whatever parameters; "" where it does not."""
    found = (m[0].rstrip(_AFTER) for m in _URL.finditer(text))
    return next((url for url in found if link and _bare(url) == _bare(link)), "")


def slug(title: str) -> str:
    """A title as a name for a campaign: "Mårten’s way" is "martens-way"."""
    plain = unicodedata.normalize("NFKD", title).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’")
    name = ""
    for word in re.findall(r"\w+", plain):
        if name and len(name) + 1 + len(word) > _SLUG:
            break
        name = f"{name}-{word}" if name else word[:_SLUG]
    return name


def _fill(value: str, names: Mapping[str, str]) -> str:
    def name(place: re.Match[str]) -> str:
        if place[1] not in names:
            known = ", ".join(f"{{{n}}}" for n in names)
            raise PullquoteError(f"A UTM parameter names {place[0]}, which nothing fills: use {known}.")
        return names[place[1]]

    return _PLACE.sub(name, value)


def _name(pair: str) -> str:
    return unquote_plus(pair.partition("=")[0])


def _bare(url: str) -> str:
    return url.partition("#")[0].partition("?")[0]
