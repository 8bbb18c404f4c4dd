"""HTML: a file, or the body of a page. The main text through trafilatura, what the page says of itself by us."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from scheduler.domain.article import Article
from scheduler.sources import _metadata, _nesting
from scheduler.sources._bytes import SourceRefused, check, decode
from scheduler.sources._chrome import is_prose
from scheduler.sources._lean import lean
from scheduler.sources._metadata import Tree
from scheduler.sources._stubs import refuse_stub
from scheduler.sources._tidy import tidy

# It reports every page it cannot read as an error of the program's; we say what is wrong ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_WHOLE_PAGE = re.compile(r"<(?:html|head|body)\b", re.IGNORECASE)
_CHARSET = re.compile(
    rb"(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE
)
_CHARSET_WINDOW = 4096

#: trafilatura takes a no-break space for any other; these two signs stand for it meanwhile.
_KEEP_SPACES = str.maketrans({"\xa0": "␣", "\u202f": "⍽"})
_GIVE_SPACES = str.maketrans({"␣": "\xa0", "⍽": "\u202f"})

_NEVER_TEXT = "//script | //style | //noscript | //template | //pre | //iframe | //svg"
_SET_APART = (
    "//blockquote | //aside | //*[contains(@class, 'pullquote') or contains(@class, 'pull-quote')"
    " or contains(@class, 'standfirst') or contains(@class, 'subtitle')]"
)
_SIGNATURES = "(//blockquote | //figure)//*[self::cite or self::footer or self::figcaption]"
_BLOCKS = frozenset({"head", "item", "list", "p", "quote"})

_MANY_ELEMENTS = (
    3_000  # trafilatura's second opinions take quadratic time: 3,000 elements two seconds at most
)

#: Elements inside a paragraph. A div that holds nothing else is a paragraph itself, if it says enough.
_INLINE = frozenset(
    """a abbr b bdi bdo br cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u
    var wbr""".split()
)


def read(data: bytes, *, charset: str = "", url: str = "") -> Article:
    """`charset` is what the server names, if there was one; `url` the address it was fetched from."""
    data = lean(data)
    check(data)
    source = decode(data, charset or _declared_charset(data))
    fast = _nesting.elements(source) > _MANY_ELEMENTS
    tree = load_html(source if _WHOLE_PAGE.search(source) else f"<html><body>{source}")
    if tree is None:
        raise SourceRefused("This page holds no HTML that could be read: paste the article's text.")
    known, free = _metadata.read(tree, url)
    _prepare(tree)
    body = _main_text(tree, fast=fast)
    refuse_stub(body, f"{known.title} {tree.text_content()}", free=free)
    return tidy(replace(known, body=body, lifted=tuple(_set_apart(tree))))


def _declared_charset(data: bytes) -> str:
    declared = _CHARSET.search(data[:_CHARSET_WINDOW])
    return declared[1].decode("ascii", "replace") if declared else ""


def _drop(tree: Tree, path: str) -> None:
    for element in tree.xpath(path):
        if element.getparent() is not None:
            element.drop_tree()


def _prepare(tree: Tree) -> None:
    """Say in plain elements what trafilatura would miss."""
    _drop(tree, _NEVER_TEXT)
    for signature in tree.xpath(_SIGNATURES):
        signature.tag = "p"  # who is quoted is a paragraph of its own
    for div in tree.iter("div"):
        if all(part.tag in _INLINE for part in div.iterdescendants()) and is_prose(div.text_content()):
            div.tag = "p"  # beside real paragraphs it would be left out
    for quote in tree.xpath("//q"):
        quote.text, quote.tail = f"“{quote.text or ''}", f"”{quote.tail or ''}"  # as browsers show it
        quote.drop_tag()


def _main_text(tree: Tree, *, fast: bool) -> str:
    """Paragraphs parted by blank lines, line breaks kept. Precision first; a page that has little may need less."""
    _translate(tree, _KEEP_SPACES)
    text = _found(tree, precise=True, fast=fast) or _found(tree, precise=False, fast=True)
    _translate(tree, _GIVE_SPACES)
    return text.translate(_GIVE_SPACES)


def _found(tree: Tree, *, precise: bool, fast: bool) -> str:
    found = bare_extraction(
        tree, fast=fast, favor_precision=precise, include_comments=False, include_tables=False
    )
    return "".join(_flow(found.body)).strip() if isinstance(found, Document) else ""


def _translate(tree: Tree, table: dict[int, str]) -> None:
    for element in tree.iter():
        if element.text:
            element.text = element.text.translate(table)
        if element.tail:
            element.tail = element.tail.translate(table)


def _flow(element: Tree) -> Iterator[str]:
    gap = "\n\n" if element.tag in _BLOCKS else ""
    yield gap or ("\n" if element.tag == "lb" else "")
    yield element.text or ""
    for child in element:
        yield from _flow(child)
    yield gap
    yield element.tail or ""


def _set_apart(tree: Tree) -> Iterator[str]:
    for element in tree.xpath(_SET_APART):
        for part in element.xpath(".//p") or [element]:
            yield part.text_content()
