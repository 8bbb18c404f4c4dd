"""Plain text, as it was typed or pasted from a web page."""

from __future__ import annotations

from scheduler.domain.article import Article
from scheduler.sources._bytes import check, decode
from scheduler.sources._tidy import tidy


def read(data: bytes, *, charset: str = "", url: str = "") -> Article:
    check(data)
    return tidy(Article(title="", body=decode(data, charset), url=url))
