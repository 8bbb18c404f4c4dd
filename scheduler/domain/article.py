"""The source text. Its body is stored once, cleaned, and every offset in the product points into it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

#: Bytes that are read at most: a newspaper's page with its scripts.
MAX_SOURCE = 4 * 2**20
#: Of what is parsed, scripts dropped: parsers need a bound (10,000 levels of tags stall or crash them).
MAX_BYTES = 512 * 1024
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
    #: Texts that the page itself sets apart: pull quotes, the standfirst.
    lifted: tuple[str, ...] = ()

    @property
    def fingerprint(self) -> str:
        """The same words are the same article, wherever they came from."""
        return hashlib.sha256(" ".join(f"{self.title}\n{self.body}".split()).encode()).hexdigest()
