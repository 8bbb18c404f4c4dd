"""The last step of every source: a rough article, as it was read, becomes a clean one."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.article import Article
from scheduler.sources._bytes import SourceRefused
from scheduler.sources._characters import normalise
from scheduler.sources._chrome import without_chrome
from scheduler.sources._head import read_head
from scheduler.sources._headlines import stays_in_body
from scheduler.sources._lifted import part
from scheduler.sources._lines import mended, paragraphs

_TITLE_CHARACTERS = 80  # of a title made from the first words, where there is no headline


def clean(text: str) -> str:
    """`text` without the page around it. Cleaning twice changes nothing, and no character is ever added."""
    return "\n\n".join(mended(without_chrome(paragraphs(text))))


def tidy(rough: Article) -> Article:
    """What `rough` does not know about itself is read from its first lines; then its body is cleaned.

    `rough.lifted` holds all that the page sets apart; what remains of it stands in the body too.
    """
    head = read_head(paragraphs(rough.body), title=_line(rough.title))
    body = mended(without_chrome(head.body))
    body, lifted = part(body, map(_line, rough.lifted))
    if not body and not rough.title:
        body = [head.title] if head.title else []
    if not body:
        raise SourceRefused("There is no text in it but a page's menus: paste the article's own text.")
    title = head.title or _first_words(body[0])
    if head.title and stays_in_body(title) and body[0] != title:
        body.insert(0, title)
    return replace(
        rough,
        title=title,
        body="\n\n".join(body),
        author=rough.author or head.author,
        published=rough.published or head.published,
        lifted=tuple(lifted),
    )


def _line(text: str) -> str:
    return " ".join(normalise(text).split("\n")).strip()


def _first_words(paragraph: str) -> str:
    """The first words stand in for a headline that is missing."""
    if len(paragraph) <= _TITLE_CHARACTERS:
        return paragraph
    return paragraph[: _TITLE_CHARACTERS + 1].rsplit(" ", 1)[0][:_TITLE_CHARACTERS].rstrip(" ,;:–—-") + "…"
