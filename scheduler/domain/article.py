"""The source text. Its body is stored once, cleaned, and every offset in the product points into it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

MAX_SOURCE = 4 * 2**20  # bytes that are read at most: a newspaper's page with its scripts
MAX_BYTES = (
    512 * 1024
)  # of what is parsed, scripts dropped: parsers need a bound (10k levels stall, 9k crash)
MAX_DEPTH = 256  # of HTML nesting


@dataclass(frozen=True)
class Article:
    """An article as it was read: clean, not stored yet. A blank line separates the paragraphs of `body`."""

    title: str
    body: str
    author: str = ""
    published: date | None = None
    language: str = ""  # BCP 47, "" where unknown
    url: str = ""  # canonical, for the links that pieces carry
    site: str = ""  # the outlet's name
    lifted: tuple[str, ...] = field(
        default=()
    )  # texts that the page itself sets apart: pull quotes, standfirst

    @property
    def fingerprint(self) -> str:
        """The same words are the same article, wherever they came from."""
        return hashlib.sha256(" ".join(f"{self.title}\n{self.body}".split()).encode()).hexdigest()
