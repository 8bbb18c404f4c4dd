"""What stands above an article: its headline, who wrote it and when. Found in the first paragraphs alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from scheduler.domain.text import words
from scheduler.sources import _dates
from scheduler.sources._chrome import is_chrome, is_prose
from scheduler.sources._names import announced, authors, is_name

_DEPTH = 16  # paragraphs from the top in which a byline may stand
_HEADLINE_WORDS = 30
_HEADLINE_SENTENCE_WORDS = 20
_CREDIT_CHARACTERS = 120
_TAIL = 4  # paragraphs from the end in which a credit may stand

_SENTENCE_INSIDE = re.compile(r"[.!?][\"'”’»]?\s+[\"'“‘„«]?[^\W\da-z_]")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"'”’»]*$")
_QUOTING = re.compile(r"[“”„«「『\"]|(?<!\w)['‘]\w.*['’](?!\w)")
_UNDERLINE = re.compile(r"[=\-]{3,}")
_TITLE_LABEL = re.compile(r"(?:title|headline)\s*:\s*", re.IGNORECASE)
#: What stands beside a date or a name in a credit line and says nothing more.
_NOISE = re.compile(
    r"\b(?:first |last )?(?:published|posted|updated|modified|edited|written|date)\b(?: (?:on|at))?:?"
    r"|\b\d{1,2}[:.]\d\d(?::\d\d)?\s*(?:[ap]\.?m\b\.?)?(?:\s*\(?\b[A-Z]{2,4}\b\)?)?"
    r"|\b\d+ ?-?min(?:ute)?s?\b(?: read)?|\b\d+ (?:hours?|days?|weeks?|months?|years?) ago\b|\bfollow(?:ing)?\b"
    r"|\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:on|at|am|pm)\b|[·•|,:()–—]|(?<!\w)-|-(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Credit:
    """A line about the article: who, when, or only that it is such a line."""

    author: str = ""
    published: date | None = None


@dataclass(frozen=True)
class Head:
    title: str = ""
    author: str = ""
    published: date | None = None
    body: tuple[str, ...] = field(default=())  # the paragraphs that are left


def read_head(paragraphs: Sequence[str], title: str = "") -> Head:
    """Take the headline and the credits off the top (and a credit off the end) of `paragraphs`.

    `title` is what the page itself declares; without it the first line that looks like a headline is taken.
    """
    head, told = Head(title=title), 0
    kept: list[str] = []
    for i, paragraph in enumerate(paragraphs[:_DEPTH]):
        following = paragraphs[i + 1] if i + 1 < len(paragraphs) else ""
        credit = read_credit(paragraph, beside=following, strict=told > 0)
        if credit:
            head = _with(head, credit)
        elif not told and not title and _is_better(paragraph, following, head.title):
            head = replace(head, title=_TITLE_LABEL.sub("", paragraph))
        elif not _is_title(paragraph, head.title) and not (not told and is_chrome(paragraph, edge=True)):
            kept.append(paragraph)
            told += is_prose(paragraph)
    return _with_tail_credit(replace(head, body=(*kept, *paragraphs[_DEPTH:])))


def _with(head: Head, credit: Credit) -> Head:
    return replace(head, author=head.author or credit.author, published=head.published or credit.published)


def _with_tail_credit(head: Head) -> Head:
    """Magazines name the writer at the end: "Words: Jane Doe"."""
    body = list(head.body)
    for i in range(max(1, len(body) - _TAIL), len(body)):
        name = announced(body[i].lstrip("-–— ")) if len(body[i]) <= _CREDIT_CHARACTERS else ""
        if name and not is_prose(body[i]):
            return replace(head, author=head.author or name, body=(*body[:i], *body[i + 1 :]))
    return head


def read_credit(paragraph: str, *, beside: str = "", strict: bool = False) -> Credit | None:
    """The credit that `paragraph` is, as a whole, or None.

    A bare name is one where a date or a reading time stands in its line or in the next (`beside`). `strict`:
    the article has begun, and only a line that announces its writer, or is a date and no more, counts.
    """
    if len(paragraph) > _CREDIT_CHARACTERS or is_prose(paragraph):
        return None
    when, rest = _without_date(paragraph)
    dated = rest != paragraph
    rest = " ".join(_NOISE.sub(" ", rest).split()) if dated else paragraph
    if not rest:
        return Credit(published=when)
    name = announced(rest)
    if name:
        return Credit(name, when)
    if strict or not is_name(rest):
        return None
    return Credit(authors(rest), when) if dated or _is_dateline(beside) else None


def _without_date(paragraph: str) -> tuple[date | None, str]:
    hit = _dates.find(paragraph)
    if hit:
        start, end = hit[1]
        return hit[0], f"{paragraph[:start]} {paragraph[end:]}"
    return None, _dates.YEARLESS.sub(" ", paragraph, count=1)


def _is_dateline(paragraph: str) -> bool:
    """A line of nothing but a date, a reading time and what goes with them."""
    _, rest = _without_date(paragraph)
    return bool(paragraph) and len(paragraph) <= _CREDIT_CHARACTERS and not _NOISE.sub(" ", rest).strip()


def looks_like_headline(paragraph: str, following: str) -> bool:
    """One line, not too long, that does not begin in mid-sentence; a sentence only if a text follows it."""
    if is_chrome(paragraph, edge=True) or not 1 <= words(paragraph) <= _HEADLINE_WORDS:
        return False
    if paragraph[0].islower() or paragraph[-1] in ",;:" or _SENTENCE_INSIDE.search(paragraph):
        return False
    if not _FULL_STOP.search(paragraph):
        return True
    return words(paragraph) <= _HEADLINE_SENTENCE_WORDS and bool(following)


def _is_better(paragraph: str, following: str, title: str) -> bool:
    """Whether `paragraph` is the headline rather than `title`, the best so far: a section's name may come first."""
    if not looks_like_headline(paragraph, following):
        return False
    return not title or (words(title) <= 2 and words(paragraph) >= 4 and not _FULL_STOP.search(paragraph))


def stays_in_body(title: str) -> bool:
    """Whether the headline is also part of the text.

    One that quotes somebody is: its words can be lifted, and are recognised as saying the same as a quote
    further down. So is one that reads as a sentence: it may have been the article's first.
    """
    return bool(_QUOTING.search(title) or _FULL_STOP.search(title))


def same(a: str, b: str) -> bool:
    return _bare(a) == _bare(b) != ""


def _is_title(paragraph: str, title: str) -> bool:
    return same(paragraph, title) or bool(_UNDERLINE.fullmatch(paragraph))


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
