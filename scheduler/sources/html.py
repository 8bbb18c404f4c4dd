"""HTML: a file, or the body of a page. The main text through trafilatura, what the page says of itself by us."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace

from trafilatura import bare_extraction
from trafilatura.settings import Document
from trafilatura.utils import load_html

from scheduler.domain.article import MAX_DEPTH, Article
from scheduler.domain.text import words
from scheduler.sources import _metadata
from scheduler.sources._bytes import SourceRefused, check, decode
from scheduler.sources._metadata import Tree
from scheduler.sources._nesting import nests_deeper
from scheduler.sources._tidy import tidy

# It reports every page it cannot read as an error of the program's; we say what is wrong ourselves.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
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

_STUB_WORDS = 150
_BARE_WORDS = 40
_WALL = re.compile(
    r"\b(?:subscribe|register|sign up|log ?in|sign in)(?: now)? to (?:continue|keep|read|unlock)"
    r"|\b(?:article|content|post|story) is (?:exclusively |only )?(?:available )?(?:for|to) (?:our |paid |paying )*"
    r"(?:members|subscribers)|\b(?:members|subscribers) only\b|\bto (?:continue|keep) reading\b"
    r"|\b(?:continue|keep) reading (?:with|for)\b|\bweiterlesen mit\b|\bréservé aux abonnés|\bsolo para suscriptores",
    re.IGNORECASE,
)
_ROBOT_CHECK = re.compile(
    r"access denied|are you a robot|attention required|captcha|checking your browser|enable javascript and cookies"
    r"|just a moment|unusual traffic|verify(?:ing)? (?:that )?you are (?:a )?human",
    re.IGNORECASE,
)


def read(data: bytes, *, charset: str = "", url: str = "") -> Article:
    """`charset` is what the server names, if there was one; `url` the address it was fetched from."""
    check(data)
    source = decode(data, charset or _declared_charset(data))
    if nests_deeper(source, MAX_DEPTH):
        raise SourceRefused(
            f"This page nests its elements more than {MAX_DEPTH} deep: paste the article's text."
        )
    tree = load_html(f"<html><body>{source}" if "<body" not in source.lower() else source)
    if tree is None:
        raise SourceRefused("This page holds no HTML that could be read: paste the article's text.")
    known, free = _metadata.read(tree, url)
    _drop(tree, _NEVER_TEXT)
    body = _main_text(tree)
    _refuse_stub(known.title, body, tree, free=free)
    return tidy(replace(known, body=body, lifted=tuple(_set_apart(tree))))


def _declared_charset(data: bytes) -> str:
    declared = _META_CHARSET.search(data[:_CHARSET_WINDOW])
    return declared[1].decode("ascii", "replace") if declared else ""


def _drop(tree: Tree, path: str) -> None:
    for element in tree.xpath(path):
        if element.getparent() is not None:
            element.drop_tree()


def _main_text(tree: Tree) -> str:
    """Paragraphs parted by blank lines, line breaks kept. Precision first; a page that has little may need less."""
    for signature in tree.xpath(_SIGNATURES):
        signature.tag = "p"  # who is quoted is a paragraph of its own
    _translate(tree, _KEEP_SPACES)
    for precision in (True, False):
        found = bare_extraction(tree, favor_precision=precision, include_comments=False, include_tables=False)
        text = "".join(_flow(found.body)).strip() if isinstance(found, Document) else ""
        if text:
            break
    _translate(tree, _GIVE_SPACES)
    return text.translate(_GIVE_SPACES)


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
            yield " ".join(part.text_content().split())


def _refuse_stub(title: str, body: str, tree: Tree, *, free: bool) -> None:
    """A page that gives only the beginning of its article, or something else in its place."""
    length = words(body)
    if length >= _STUB_WORDS:
        return
    shown = f"{title} {tree.text_content()}"
    if length < _BARE_WORDS and _ROBOT_CHECK.search(shown):
        raise SourceRefused(
            "The site answered with a check for robots: open the article in a browser and paste its text."
        )
    if not free or _WALL.search(shown):
        raise SourceRefused(
            f"Only the first {length} words are free to read: log in with a browser and paste the article's text."
        )
    if not body:
        raise SourceRefused(
            "This page shows no article without running its scripts: open it in a browser and paste the text."
        )
