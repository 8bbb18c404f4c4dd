"""From bytes to text, or a refusal that says what is wrong and what to do."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from scheduler.domain.article import MAX_BYTES
from scheduler.domain.errors import PullquoteError


class SourceRefused(PullquoteError):
    """No article can be read from this source."""


_PASTE = "paste its text instead"
_SIGNATURES = (
    (re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?<(?:rss|feed|rdf:RDF)\b"), "a feed", "add one of its articles"),
    (re.compile(rb"\s*%PDF-"), "a PDF", "export it as text or HTML, or " + _PASTE),
    (
        re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP", re.DOTALL),
        "an image",
        "add the article's text",
    ),
    (re.compile(rb".{4}ftyp", re.DOTALL), "an image or a video", "add the article's text"),
    (re.compile(rb"PK\x03\x04"), "an Office document or a zip", "save it as HTML or text, or " + _PASTE),
    (re.compile(rb"\xd0\xcf\x11\xe0"), "an Office document", "save it as HTML or text, or " + _PASTE),
    (re.compile(rb"\{\\rtf"), "an RTF document", "save it as HTML or text, or " + _PASTE),
    (re.compile(rb"\x1f\x8b\x08"), "a compressed file", "unpack it first"),
    (re.compile(rb"ID3|OggS|RIFF.{4}WAVE|fLaC", re.DOTALL), "a sound file", "add its transcript"),
    (re.compile(rb"SQLite format 3\0|\x7fELF|MZ\x90"), "a program's file", "add the article's text"),
)

#: The character sets that web pages may declare (WHATWG's list), by their names in Python.
#: UTF-7, punycode and the like are not among them: a page must not choose a decoder that rewrites it.
_CHARSETS = frozenset(
    """utf-8 utf-16 utf-16-le utf-16-be ascii cp866 cp874 cp932 cp949 cp1250 cp1251 cp1252 cp1253 cp1254 cp1255
    cp1256 cp1257 cp1258 iso8859-1 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8
    iso8859-9 iso8859-10 iso8859-11 iso8859-13 iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman
    mac-cyrillic tis-620 gb2312 gbk gb18030 big5 big5hkscs euc_jp iso2022_jp shift_jis euc_kr""".split()
)
_AS_BROWSERS_READ = {"ascii": "cp1252", "iso8859-1": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def check(data: bytes) -> None:
    """Refuse what is no text, by its first bytes, and what is too large or empty."""
    for signature, what, remedy in _SIGNATURES:
        if signature.match(data[:1024]):
            raise SourceRefused(f"This is {what}, not an article's text: {remedy}.")
    if len(data) > MAX_BYTES:
        raise SourceRefused(
            f"This is larger than the {MAX_BYTES // 1024} KB that an article may have: {_PASTE}."
        )
    if not data.strip():
        raise SourceRefused("This is empty: there is no text in it.")


def decode(data: bytes, declared: str = "") -> str:
    """The text of `data`; `declared` is the character set that the page or its server names, if any.

    Bytes that are valid UTF-8 are UTF-8 whatever was declared: no other text looks like it by chance.
    Where nothing is declared, Windows-1252 is what old editors write.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _text((_strictly(data[len(mark) :], name),))
    if b"\0" in data:
        return _text(())
    return _text(_strictly(data, name) for name in ("utf-8", _charset(declared) or "cp1252"))


def _text(attempts: Iterable[str | None]) -> str:
    for text in attempts:
        if text is not None:
            return text
    raise SourceRefused(
        "These bytes are not text in UTF-8 or in the character set that is declared: save it as UTF-8 first."
    )


def _strictly(data: bytes, charset: str) -> str | None:
    try:
        text = data.decode(charset)
    except UnicodeDecodeError:
        return None
    return None if charset != "utf-8" and _CONTROL.search(text) else text


def _charset(declared: str) -> str:
    try:
        name = codecs.lookup(declared.strip(" \"'").lower()).name if declared else ""
    except (LookupError, ValueError):  # ValueError: a NUL or a lone surrogate in the name
        return ""
    return _AS_BROWSERS_READ.get(name, name) if name in _CHARSETS else ""
