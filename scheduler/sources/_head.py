"""What stands above an article: its headline, who wrote it and when. Found in the first paragraphs alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice, pairwise

from scheduler.sources._chrome import is_chrome, is_prose
from scheduler.sources._credits import Credit, read_credit
from scheduler.sources._headlines import is_better, looks_like_headline, same
from scheduler.sources._names import is_name

_DEPTH = 24  # paragraphs from the top in which a byline may stand
_TAIL = 4  # paragraphs from the end in which a credit may stand
_UNDERLINE = re.compile(r"[=\-]{3,}")
_LABEL = re.compile(r"(?:(?:story|text|words|written) )?by:?|writer['’]s picture|author:?", re.IGNORECASE)
_TITLE_LABEL = re.compile(r"(?:title|headline)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    title: str = ""
    author: str = ""
    published: date | None = None
    body: tuple[str, ...] = field(default=())  # the paragraphs that are left


@dataclass
class _Reading:
    """How far the head was read."""

    head: Head
    settled: bool  # the headline is certain: declared, or followed by a byline
    paged: bool = False  # a page stands around the article
    told: bool = False  # its text has begun
    kept: list[str] = field(default_factory=list)

    def take(self, paragraph: str, following: str) -> None:
        credit = read_credit(paragraph, beside=following, strict=self.told)
        if credit:
            self._credit(credit)
        elif not self.told and is_chrome(paragraph, edge=True):
            self.paged = True
        elif self._is_headline(paragraph, following):
            self.head, self.kept = replace(self.head, title=_TITLE_LABEL.sub("", paragraph)), []
        elif not same(paragraph, self.head.title) and not _UNDERLINE.fullmatch(paragraph):
            self.kept.append(paragraph)
            self.told = self.told or is_prose(paragraph)

    def _credit(self, credit: Credit) -> None:
        author, published = self.head.author or credit.author, self.head.published or credit.published
        self.head = replace(self.head, author=author, published=published)
        self.settled = self.settled or bool(self.head.title and credit.author)

    def _is_headline(self, paragraph: str, following: str) -> bool:
        if self.told or self.settled or not looks_like_headline(paragraph, following):
            return False
        return not self.head.title or (self.paged and is_better(paragraph, self.head.title))


def read_head(paragraphs: Sequence[str], title: str = "") -> Head:
    """Take the headline and the credits off the top (and a credit off the end) of `paragraphs`.

    `title` is what the page itself declares; without it the first line that looks like a headline is taken.
    """
    reading = _Reading(Head(title=title), settled=bool(title))
    labelled = list(_with_labels(paragraphs))
    for paragraph, following in islice(pairwise([*labelled, ""]), _DEPTH):
        reading.take(paragraph, following)
    return _with_tail_credit(replace(reading.head, body=(*reading.kept, *labelled[_DEPTH:])))


def _with_labels(paragraphs: Sequence[str]) -> Iterator[str]:
    """A label on a line of its own ("by") belongs to the name in the next."""
    label = ""
    for paragraph, following in pairwise([*paragraphs, ""]):
        is_label = _LABEL.fullmatch(paragraph) and is_name(following)
        if not is_label:
            yield label + paragraph
        label = f"{paragraph} " if is_label else ""


def _with_tail_credit(head: Head) -> Head:
    """Magazines name the writer at the end: "Words: Jane Doe"."""
    body = head.body
    for i in range(max(1, len(body) - _TAIL), len(body)):
        credit = read_credit(body[i].lstrip("-–— "), strict=True)
        if credit and credit.author:
            return replace(head, author=head.author or credit.author, body=(*body[:i], *body[i + 1 :]))
    return head
