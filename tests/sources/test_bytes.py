"""What is no text is refused with one sentence; what is text is decoded."""

from __future__ import annotations

import pytest

from scheduler.domain.article import MAX_BYTES
from scheduler.sources._bytes import SourceRefused, check, decode

SENTENCE = "“Så är det”, sa Åsa – ”ja”."


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"\n\n%PDF-1.4", "a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "an image"),
        (b"\xff\xd8\xff\xe0..JFIF", "an image"),
        (b"GIF89a....", "an image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "an image"),
        (b"\0\0\0\x20ftypavif", "an image or a video"),
        (b"PK\x03\x04word/document.xml", "an Office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an Office document"),
        (b"{\\rtf1\\ansi", "an RTF document"),
        (b"\x1f\x8b\x08\0", "a compressed file"),
        (b"ID3\x04", "a sound file"),
        (b"SQLite format 3\0", "a program's file"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', "a feed"),
    ],
)
def test_other_files_are_named_and_refused(data: bytes, what: str) -> None:
    with pytest.raises(SourceRefused, match=f"This is {what}") as refused:
        check(data)
    assert str(refused.value).endswith(".")


def test_too_large_a_text_is_refused_and_the_largest_is_not() -> None:
    check(b"a" * MAX_BYTES)
    with pytest.raises(SourceRefused, match="larger than the 512 KB"):
        check(b"a" * (MAX_BYTES + 1))


def test_a_large_pdf_is_called_a_pdf() -> None:
    with pytest.raises(SourceRefused, match="a PDF"):
        check(b"%PDF-1.7" + b"x" * MAX_BYTES)


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n "])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(SourceRefused, match="empty"):
        check(data)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_read_by_its_mark(charset: str) -> None:
    assert decode(SENTENCE.encode(charset)) == SENTENCE


@pytest.mark.parametrize(
    ("charset", "declared", "text"),
    [
        ("cp1252", "iso-8859-1", SENTENCE),  # as browsers read it
        ("cp1252", "", SENTENCE),  # what old editors write without saying so
        ("iso8859-15", "ISO-8859-15", "Il coûte 5 €"),
        ("cp1251", "windows-1251", "«Привет», сказала она"),
        ("shift_jis", "Shift_JIS", "「はい」と彼女は言った"),
        ("gb18030", "gb2312", "“你好”，她说"),
        ("euc_kr", "euc-kr", "“안녕”"),
        ("utf-8", "iso-8859-1", SENTENCE),  # a server that lies about UTF-8
    ],
)
def test_a_declared_character_set_is_used_unless_the_bytes_are_utf_8(
    charset: str, declared: str, text: str
) -> None:
    assert decode(text.encode(charset), declared) == text


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (b"abc\xff\xfe\x00\x81", ""),
        (b"a\0b\0c\0", ""),  # UTF-16 without a mark, or no text at all
        (b"caf\xe9", "utf-8"),
        (b"\x81\x8d\x8f", ""),
        (bytes(range(128, 256)) + b"\x01", ""),
        (b"\xff\xfe\x00\xd8", ""),  # half a surrogate pair
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, declared: str) -> None:
    with pytest.raises(SourceRefused, match="not text in UTF-8"):
        decode(data, declared)


@pytest.mark.parametrize(
    "declared", ["utf-7", "unicode_escape", "punycode", "zlib", "rot13", "\0", "no such thing"]
)
def test_a_page_cannot_choose_a_decoder_that_rewrites_it(declared: str) -> None:
    data = b"caf\xe9 +ADw-script+AD4- \\x3cscript\\x3e"
    assert decode(data, declared) == data.decode("cp1252")
