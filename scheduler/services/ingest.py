"""Ingest: a file, a pasted text or a page becomes an article with its quotes, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlmodel import Session

from scheduler.domain.article import Article
from scheduler.domain.errors import PullquoteError
from scheduler.extract import extract
from scheduler.sources import html, markdown, text
from scheduler.sources import url as pages
from scheduler.sources.url import Page
from scheduler.store import articles, quotes, workspaces
from scheduler.store.tables import ArticleRow

_READERS: dict[str, Callable[[bytes], Article]] = {
    "text": text.read,
    "markdown": markdown.read,
    "html": html.read,
}
_SUFFIXES = {
    ".txt": "text", ".text": "text",
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
}  # fmt: skip
_WINDOW = 4096  # bytes looked at to tell one kind from another
_HTML = re.compile(
    rb"\s*(?:(?><!--.*?-->)\s*+)*+<(?:!doctype|html|head|body|article|main|div|section|h1|p)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(rb"---[ \t]*\r?\n\w[\w-]*:|^#{1,6} \S|\]\(https?://|^(?:\*\*|> )\S", re.MULTILINE)


@dataclass(frozen=True)
class Ingested:
    article: ArticleRow
    new: bool  # False: the workspace had it, and nothing was changed
    quotes: int


def add_text(
    session: Session, workspace_id: int, data: bytes, *, origin: str, kind: str | None = None, now: datetime
) -> Ingested:
    """Add an article from a file or a paste; `origin` is its name, `kind` text, markdown or html."""
    return _store(session, workspace_id, read_text(data, origin=origin, kind=kind), origin, now)


def read_text(data: bytes, *, origin: str, kind: str | None = None) -> Article:
    """The article in a file or a paste, not stored."""
    kind = kind or guess_kind(origin, data)
    if kind not in _READERS:
        raise PullquoteError(f"{kind!r} is no kind of article: use {', '.join(_READERS)}.")
    return _READERS[kind](data)


def read_page(page: Page) -> Article:
    """The article on a page that was fetched, not stored."""
    return pages.read(page)


def add_page(session: Session, workspace_id: int, page: Page, *, now: datetime) -> Ingested:
    """Add the article on a page that was fetched."""
    return _store(session, workspace_id, read_page(page), page.url, now)


def add_url(
    session: Session, workspace_id: int, url: str, fetch: Callable[[str], Page], *, now: datetime
) -> Ingested:
    """Fetch a page and add its article. The session is not touched before the page is here: no lock is held."""
    return add_page(session, workspace_id, fetch(url), now=now)


def guess_kind(name: str, data: bytes) -> str:
    """Text, markdown or html: by the name of the file, else by how it begins."""
    start = data[:_WINDOW].removeprefix(b"\xef\xbb\xbf")
    known = _SUFFIXES.get(PurePath(name).suffix.lower())
    if known and known != "text":
        return known
    if _HTML.match(start):  # also where a browser saved a page as .txt
        return "html"
    return known or ("markdown" if _MARKDOWN.search(start) else "text")


def _store(session: Session, workspace_id: int, article: Article, origin: str, now: datetime) -> Ingested:
    workspaces.get(session, workspace_id)  # a clear error where there is none
    known = articles.find_by_fingerprint(session, workspace_id, article.fingerprint)
    if known is not None:
        return Ingested(known, new=False, quotes=len(quotes.of_article(session, _id(known))))
    row = articles.add(session, workspace_id, article, origin=origin, now=now)
    return Ingested(row, new=True, quotes=find_quotes(session, row))


def find_quotes(session: Session, row: ArticleRow) -> int:
    """Extract the quotes of a stored article and store them; returns how many they are."""
    found = extract(row.body, title=row.title, language=row.language, lifted=tuple(row.lifted))
    quotes.replace_for(session, _id(row), found)
    return len(found)


def _id(row: ArticleRow) -> int:
    if row.id is None:
        raise ValueError("the article was not stored")
    return row.id
