"""Links that tell where a reader came from (UTM parameters, by the recipe), and links to words on a page."""

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
_DIRECTIVE = ":~:"  # what stands before it is the page's own fragment, what follows is the browser's alone
_WHOLE = 120  # code points: up to here a quote is linked whole, beyond it by its first and last words
_TERM = 5  # words: enough to be found once on most pages
#: A word with what follows it. Where no spaces are written, the next possible border is a mark of punctuation.
_WORD = re.compile(r"[^\s、。，！？；：]+[、。，！？；：]*")


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
    if not link:
        return ""
    found = (m[0].rstrip(_AFTER) for m in _URL.finditer(text))
    return next((url for url in found if _bare(url) == _bare(link)), "")


def retracked(text: str, link: str, parameters: Mapping[str, str], names: Mapping[str, str]) -> str:
    """`text` with those parameters on the address of `link`, where that stands in it."""
    url = standing_in(text, link)
    return text.replace(url, tracked(url, parameters, names)) if url else text


def parameters(url: str) -> dict[str, str]:
    """Those of an address that tell where a reader came from, by name."""
    pairs = (pair.partition("=") for pair in urlsplit(url).query.split("&"))
    found = {unquote_plus(name): unquote_plus(value) for name, _, value in pairs}
    return {name: value for name, value in found.items() if name.startswith("utm_")}


def text_fragment(url: str, words: str) -> str:
    """`url` with a text fragment: a browser that knows them opens the page at `words`.

    https://wicg.github.io/scroll-to-text-fragment/: `#top` becomes `#top:~:text=…`. A directive that the address
    has is replaced, for browsers scroll to the first one.
    """
    terms = _terms(words.strip())
    if not terms or urlsplit(url).scheme not in {"http", "https"}:
        return url
    page, _, fragment = url.partition("#")
    kept = fragment.partition(_DIRECTIVE)[0]
    return f"{page}#{kept}{_DIRECTIVE}text={','.join(map(_encoded, terms))}"


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


def _terms(words: str) -> list[str]:
    """The words whole, or how they start and how they end: only such a range may cross paragraphs."""
    lines = words.splitlines()
    if len(lines) < 2 and len(words) <= _WHOLE:
        return lines
    start, end = _start(lines[0]), _end(lines[-1], words)
    if len(lines) < 2 and len(start) + len(end) >= len(words):
        return lines
    return [start, end]


def _start(line: str) -> str:
    borders = [word.end() for word in _WORD.finditer(line)][:_TERM]
    return line[: borders[-1]] if borders else line


def _end(line: str, words: str) -> str:
    """The last words of the line, and as many more as it takes to stand in `words` but once."""
    borders = [word.start() for word in _WORD.finditer(line)]
    ends = (line[at:] for at in reversed(borders[: 1 - _TERM]))
    return next((end for end in ends if words.count(end) == 1), line.strip())


def _encoded(term: str) -> str:
    """Every character that is not a letter or a digit: - , and & have a meaning between terms."""
    return quote(term, safe="").replace("-", "%2D")


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
