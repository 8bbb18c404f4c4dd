"""Markdown: front matter, then the words of its paragraphs. Pictures, tables and code are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scheduler.domain.article import Article
from scheduler.sources import _dates
from scheduler.sources._bytes import SourceRefused, check, decode
from scheduler.sources._characters import normalise
from scheduler.sources._chrome import is_chrome
from scheduler.sources._credits import read_credit
from scheduler.sources._names import joined
from scheduler.sources._tidy import tidy

Fields = dict[str, list[str]]

_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\r?\n(?P<fields>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:[ \t]*(?P<value>.*)")
_ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.+)")

_HTML_DROPPED = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<name>iframe|pre|script|style|svg)\b.*?(?:</(?P=name)\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_HTML_BREAK = re.compile(r"</?(?:blockquote|br|div|figcaption|h[1-6]|hr|li|p|tr)\b[^<>]*>", re.IGNORECASE)
_HTML_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_HIDES = re.compile(r"<(?P<end>/?)(?:script|style)\b", re.IGNORECASE)

#: Without indented code: a paragraph that somebody indented is no program.
_parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")


def read(data: bytes, *, charset: str = "", url: str = "") -> Article:
    check(data)
    fields, source = _front_matter(decode(data, charset))
    tokens = _parser.parse(source)
    _refuse_depth(tokens)
    return tidy(
        Article(
            title=_first(fields, "title") or _headline(tokens),
            body="\n\n".join(_paragraphs(tokens)),
            author=joined(_names(fields), single=True),
            published=_dates.read(_first(fields, "date", "published", "published_at", "pubdate")),
            language=_first(fields, "language", "lang").replace("_", "-"),
            url=_first(fields, "canonical_url", "canonical", "url", "source") or url,
            site=_first(fields, "site", "site_name", "publication"),
            lifted=tuple(_paragraphs(tokens, quoted=True)),
        )
    )


def _refuse_depth(tokens: Iterable[Token]) -> None:
    """What lies deeper than the parser goes would be left out without a word."""
    deepest = _parser.options.maxNesting
    if any(token.nesting > 0 and token.level + 1 >= deepest for token in tokens):
        raise SourceRefused(f"This nests quotes or lists {deepest} deep or more: paste the article's text.")


def _front_matter(source: str) -> tuple[Fields, str]:
    """The simple part of YAML: `key: value`, `key: [a, b]`, and `- item` lines under a key."""
    block = _FRONT_MATTER.match(source)
    lines = block["fields"].splitlines() if block else []
    if not block or not any(_FIELD.fullmatch(line) for line in lines):
        return {}, source
    fields: Fields = {}
    key = ""
    for line in lines:
        if field := _FIELD.fullmatch(line):
            key = field["key"].lower()
            fields[key] = _values(field["value"])
        elif key and (item := _ITEM.fullmatch(line)):
            fields[key] += _values(item["value"])
    return fields, source[block.end() :]


def _values(value: str) -> list[str]:
    value = value.strip()
    parts = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
    return [text for text in (_unquoted(part.strip()) for part in parts) if text]


def _unquoted(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1].replace('\\"', '"').replace("''", "'") if quoted else value


def _first(fields: Fields, *keys: str) -> str:
    return next((fields[key][0] for key in keys if fields.get(key)), "")


def _names(fields: Fields) -> list[str]:
    named = fields.get("author") or fields.get("authors") or fields.get("by") or []
    return [name for value in named for name in re.split(r",|&|\band\b", value)]


def _headline(tokens: list[Token]) -> str:
    inlines = (after for token, after in pairwise(tokens) if token.tag == "h1" and token.nesting > 0)
    return next((" ".join(_inline(inline).split()) for inline in inlines), "")


def _paragraphs(tokens: Iterable[Token], *, quoted: bool = False) -> Iterator[str]:
    """The paragraphs, or only those in block quotes."""
    depth = {"blockquote": 0, "table": 0}
    for token in tokens:
        if (kind := token.type.rpartition("_")[0]) in depth:
            depth[kind] += token.nesting
        if depth["table"] or (quoted and not depth["blockquote"]):
            continue
        if token.type == "inline":
            yield from _unfolded(_inline(token))
        elif token.type == "html_block":
            yield from _unfolded(_html_text(token.content))


def _inline(token: Token) -> str:
    parts: list[str] = []
    hidden = False
    for child in token.children or []:
        if child.type == "html_inline":
            if tag := _HIDES.match(child.content):
                hidden = not tag["end"]
            parts += ["\n\n"] if _HTML_BREAK.match(child.content) else []
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n" if child.type == "softbreak" else "\n\n")
        elif child.type in {"text", "code_inline"} and not hidden:
            parts.append(child.content)
    return "".join(parts)


def _html_text(source: str) -> str:
    return unescape(_HTML_TAG.sub("", _HTML_BREAK.sub("\n\n", _HTML_DROPPED.sub("", source))))


def _unfolded(text: str) -> Iterator[str]:
    """A line end is a space in Markdown, but not beside the lines of a page that was pasted."""
    for block in normalise(text).split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        while lines and (is_chrome(lines[0], edge=True) or read_credit(lines[0], strict=True)):
            yield lines.pop(0)
        tail: list[str] = []
        while lines and is_chrome(lines[-1], edge=False):
            tail.insert(0, lines.pop())
        if lines:
            yield " ".join(lines)
        yield from tail
