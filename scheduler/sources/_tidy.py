"""The last step of every source: a rough article, as it was read, becomes a clean one."""

from __future__ import annotations

from dataclasses import replace

from scheduler.domain.article import Article
from scheduler.sources._bytes import SourceRefused
from scheduler.sources._characters import one_line
from scheduler.sources._chrome import without_chrome
from scheduler.sources._head import read_head
from scheduler.sources._headlines import stays_in_body
from scheduler.sources._lifted import part
from scheduler.sources._lines import mended, paragraphs

_LONGEST_TITLE = 300  # code points; what is longer is no headline
_FIRST_WORDS = 80  # code points of a title made from the first words, where there is no headline


def clean(text: str) -> str:
    """`text` without the page around it. Cleaning twice changes nothing, and no character is ever added."""
    return "\n\n".join(mended(without_chrome(paragraphs(text))))


def tidy(rough: Article) -> Article:
    """What `rough` does not know about itself is read from its first lines; then its body is cleaned.

    `rough.lifted` holds all that the page sets apart; what remains of it stands in the body too.
    """
    declared = one_line(rough.title)
    head = read_head(paragraphs(rough.body), title=declared if len(declared) <= _LONGEST_TITLE else "")
    body, lifted = part(mended(without_chrome(head.body)), map(one_line, rough.lifted))
    if not body and head.title and not declared:  # all there is: title and text in one
        body = [head.title]
    if not body:
        raise SourceRefused("There is no text in it but a page's menus: paste the article's own text.")
    return replace(
        rough,
        title=head.title or _first_words(body[0]),
        body="\n\n".join(_opened(body, head.title)),
        author=rough.author or head.author,
        published=rough.published or head.published,
        lifted=tuple(lifted),
    )


def _opened(body: list[str], headline: str) -> list[str]:
    """The headline is the first paragraph where it is part of the text."""
    return [headline, *body] if stays_in_body(headline) and body[0] != headline else body


def _first_words(paragraph: str) -> str:
    """The first words stand in for a headline that is missing."""
    if len(paragraph) <= _FIRST_WORDS:
        return paragraph
    return paragraph[: _FIRST_WORDS + 1].rsplit(" ", 1)[0][:_FIRST_WORDS].rstrip(" ,;:–—-") + "…"
