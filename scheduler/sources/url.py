"""What a fetched reply is: an article, or a clear reason why not. The fetch itself is the transport's."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.domain.article import Article
from scheduler.sources import html, markdown, text
from scheduler.sources._bytes import SourceRefused, check


@dataclass(frozen=True)
class Page:
    """A reply, whatever its status. `body` may stop one byte after the most that is read."""

    url: str  # after redirects
    status: int
    type: str  # the Content-Type header: "text/html; charset=utf-8"
    body: bytes


_READERS: dict[str, Callable[..., Article]] = {
    "text/html": html.read,
    "application/xhtml+xml": html.read,
    "text/markdown": markdown.read,
    "text/x-markdown": markdown.read,
    "text/plain": text.read,
    "": html.read,  # unnamed: a web page is the best guess
}
_OTHERS = {
    "application/atom+xml": "a feed",
    "application/json": "data for machines",
    "application/pdf": "a PDF",
    "application/rss+xml": "a feed",
    "application/xml": "data for machines",
    "text/xml": "data for machines",
    "audio": "a sound file",
    "image": "an image",
    "video": "a video",
}
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w:.-]+)", re.IGNORECASE)
_PASTE = "open it in a browser and paste the article's text"


def read(page: Page) -> Article:
    """The article on `page`, or SourceRefused with its address in the sentence."""
    _refuse_status(page.url, page.status)
    kind, charset = page.type.partition(";")[0].strip().lower(), _CHARSET.search(page.type)
    try:
        check(page.body)  # its first bytes know better than its header what it is
        return _reader(kind)(page.body, charset=charset[1] if charset else "", url=page.url)
    except SourceRefused as refused:
        raise SourceRefused(f"{page.url}: {refused}") from refused


def _reader(kind: str) -> Callable[..., Article]:
    if kind in _READERS:
        return _READERS[kind]
    what = _OTHERS.get(kind) or _OTHERS.get(kind.partition("/")[0], f"a file of type {kind}")
    raise SourceRefused(f"This is {what}, not an article's text: {_PASTE}.")


def _refuse_status(url: str, status: int) -> None:
    match status:
        case 404 | 410:
            raise SourceRefused(f"There is no page at {url} ({status}): check the address.")
        case 401 | 402 | 403 | 407 | 451:
            why = "may not be read without a login"
        case 429:
            why = "asks us to come back later"
        case _ if status >= 500:
            why = "could not be served just now"
        case _ if not 200 <= status < 300:
            why = "answered with something else than a page"
        case _:
            return
    raise SourceRefused(f"{url} {why} ({status}): {_PASTE}.")
