"""What a reply is: an article, or a sentence that says why not."""

from __future__ import annotations

import pytest

from scheduler.domain.article import MAX_BYTES
from scheduler.sources import SourceRefused
from scheduler.sources.url import Page, read
from tests.sources.pages import BELLS, ICE, LUTHIER, ghost, plain

HTML = "text/html; charset=utf-8"


def page(body: bytes, *, status: int = 200, type: str = HTML, url: str = "https://a.example/x") -> Page:  # noqa: A002
    return Page(url, status, type, body)


@pytest.mark.parametrize("kind", ["text/html", "TEXT/HTML; charset=UTF-8", "application/xhtml+xml", ""])
def test_a_web_page(kind: str) -> None:
    found = read(page(ghost(BELLS).encode(), type=kind))
    assert (found.title, found.author) == (BELLS.title, BELLS.author)
    assert found.url == f"{BELLS.url}/"  # its canonical address


def test_the_address_it_was_fetched_from_is_the_articles_without_another() -> None:
    assert (
        read(page(plain(ICE).encode(), url="https://a.example/x?utm_source=y")).url == "https://a.example/x"
    )


def test_the_character_set_of_the_header_is_used() -> None:
    found = read(
        page(
            plain(LUTHIER).replace('<meta charset="utf-8">', "").encode("cp1252"),
            type="text/html; charset=cp1252",
        )
    )
    assert found.title == LUTHIER.title


@pytest.mark.parametrize(("kind", "mark"), [("text/plain", ""), ("text/markdown; charset=utf-8", "# ")])
def test_text_and_markdown(kind: str, mark: str) -> None:
    body = "\n\n".join([f"{mark}{BELLS.title}", *BELLS.paragraphs])
    found = read(page(body.encode(), type=kind))
    assert (found.title, found.body) == (BELLS.title, "\n\n".join(BELLS.paragraphs))
    assert found.url == "https://a.example/x"


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (404, "There is no page at https://a.example/x (404): check the address."),
        (410, "There is no page"),
        (401, "without a login (401)"),
        (402, "without a login"),
        (403, "without a login"),
        (429, "come back later (429)"),
        (500, "could not be served just now (500)"),
        (503, "could not be served"),
        (304, "something else than a page (304)"),
        (418, "something else than a page"),
    ],
)
def test_a_status_that_is_no_page(status: int, why: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(page(ghost(BELLS).encode(), status=status))
    assert why in str(refused.value)
    assert "https://a.example/x" in str(refused.value)


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        (b"%PDF-1.7", "application/pdf", "a PDF"),
        (b"%PDF-1.7", "text/html", "a PDF"),
        (b"%PDF-1.7" + b"x" * MAX_BYTES, "application/octet-stream", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "image/png", "an image"),
        (b"\xff\xd8\xff\xe0", "", "an image"),
        (b"xxxx", "image/x-unknown", "an image"),
        (b"xxxx", "video/mp4", "a video"),
        (b"xxxx", "audio/mpeg", "a sound file"),
        (b'{"a": 1}', "application/json", "data for machines"),
        (b"<rss/>", "application/rss+xml", "a feed"),
        (b"xxxx", "font/woff2", "a file of type font/woff2"),
        (b"", HTML, "empty"),
        (b"  \n ", HTML, "empty"),
        (b"<html><body></body></html>", HTML, "shows no article"),
        (b"<p>" + b"x" * MAX_BYTES, HTML, "larger than the 512 KB"),
        (b"<p>caf\xe9</p>", "text/html; charset=utf-8", "not text in UTF-8"),
    ],
)
def test_a_reply_that_is_no_article(body: bytes, kind: str, why: str) -> None:
    with pytest.raises(SourceRefused) as refused:
        read(page(body, type=kind))
    assert why in str(refused.value)
    assert str(refused.value).startswith("https://a.example/x: ")
    assert str(refused.value).endswith(".")
