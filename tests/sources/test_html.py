"""HTML pages in the manner of well-known systems come back to the article that was written."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from scheduler.sources import SourceRefused, html
from tests.sources.pages import ARTICLES, BELLS, ICE, LUTHIER, STYLES, Written, unclosed

WITH_PULL_QUOTE = {"wordpress", "ghost", "substack", "squarespace"}
PAGES = [pytest.param(style, a, id=f"{style.__name__}-{a.site}") for style in STYLES for a in ARTICLES]


def page(style: Callable[[Written], str], article: Written) -> bytes:
    return style(article).encode("cp1252" if style is unclosed else "utf-8")


def wrapped(body: str, title: str = BELLS.title) -> bytes:
    return f"<html lang=en><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode()


@pytest.mark.parametrize(("style", "article"), PAGES)
def test_title_author_date_and_every_paragraph(style: Callable[[Written], str], article: Written) -> None:
    found = html.read(page(style, article))
    assert (found.title, found.published, found.language) == (
        article.title,
        article.published,
        article.language,
    )
    assert found.author == article.author
    headline = [article.title] if "“" in article.title else []
    assert found.body.split("\n\n") == [*headline, *article.paragraphs]
    assert bool(found.lifted) is (style.__name__ in WITH_PULL_QUOTE)


@pytest.mark.parametrize("style", STYLES)
def test_a_page_and_a_paste_of_its_text_are_the_same_article(style: Callable[[Written], str]) -> None:
    fingerprints = {html.read(page(style, ICE)).fingerprint, html.read(page(STYLES[0], ICE)).fingerprint}
    assert len(fingerprints) == 1


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<div>{p}</div>" for p in BELLS.paragraphs),
        "".join(f"<div><span>{p}</span></div>" for p in BELLS.paragraphs),
        "<br><br>".join(BELLS.paragraphs),
        "".join(f"<p>{p}</p>" if i % 3 else f"<div>{p}</div>" for i, p in enumerate(BELLS.paragraphs)),
        "".join(f"<p><font>{p.replace('bell', '<b>bell</b>')}</font></p>" for p in BELLS.paragraphs),
        "".join(f"<p>{p.replace('bell', '<a href=/>bell</a>')}</p>" for p in BELLS.paragraphs),
        "".join(f"<section><p>{p}</p></section>" for p in BELLS.paragraphs),
        "<table><tr><td>" + "<br><br>".join(BELLS.paragraphs) + "</td></tr></table>",
        "".join(f"<p>{p}</p>\n".replace(". ", ".\n     ") for p in BELLS.paragraphs),
    ],
    ids=["divs", "spans", "breaks", "divs among p", "font", "links", "sections", "table", "wrapped"],
)
def test_however_the_paragraphs_are_marked_up(body: str) -> None:
    assert html.read(wrapped(body)).body.split("\n\n") == list(BELLS.paragraphs)


def test_a_quote_that_a_break_cut_in_two_is_mended() -> None:
    body = "".join(f"<p>{p}</p>" for p in ICE.paragraphs).replace(
        "and you would be", "and you<br><br>would be"
    )
    assert html.read(wrapped(body, ICE.title)).body.split("\n\n")[1:] == list(ICE.paragraphs)


def test_no_break_spaces_survive() -> None:
    body = "".join(f"<p>{p}</p>" for p in LUTHIER.paragraphs).replace("\u00a0", "&nbsp;")
    assert html.read(wrapped(body, LUTHIER.title)).body.count("\u00a0") == "".join(LUTHIER.paragraphs).count(
        "\u00a0"
    )


def test_a_block_quote_with_words_of_its_own_is_part_of_the_article() -> None:
    letter = "Dear founder, we would like a bell that sounds like rain on slate, if such a thing can be had."
    body = "".join(f"<p>{p}</p>" for p in BELLS.paragraphs) + f"<blockquote><p>{letter}</p></blockquote>"
    found = html.read(wrapped(body))
    assert found.body.split("\n\n") == [*BELLS.paragraphs, letter]
    assert found.lifted == ()


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>never read this aloud, not even once, whatever the page may say about it.</script>",
        "<style>p::after { content: 'never read this aloud, not even once' }</style>",
        "<noscript><p>never read this aloud, not even once, whatever the page may say about it.</p></noscript>",
        "<template><p>never read this aloud, not even once, whatever the page may say about it.</p></template>",
        "<!-- <p>never read this aloud, not even once, whatever the page may say about it.</p> -->",
        "<pre>never read this aloud, not even once</pre>",
        "<svg><text>never read this aloud, not even once</text></svg>",
        "<iframe srcdoc='<p>never read this aloud</p>'>never read this aloud, not even once</iframe>",
        "<textarea>never read this aloud, not even once</textarea>",
        "<script>/*</script><script>never read this aloud*/</script>",
    ],
)
def test_what_nobody_reads_is_not_in_the_body(hidden: str) -> None:
    body = "".join(f"<p>{p}</p>{hidden}" for p in BELLS.paragraphs)
    assert "never read" not in html.read(wrapped(body)).body


def test_no_parser_touches_a_network_or_an_entity(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("something asked for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refused)
    monkeypatch.setattr(socket.socket, "connect", refused)
    doctype = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    links = '<link rel="stylesheet" href="http://a.example/x.css"><base href="http://a.example/"><img src="http://a.example/i">'
    body = "".join(f"<p>{p} &b; &f;</p>" for p in BELLS.paragraphs)
    found = html.read(f"{doctype}<html><head>{links}</head><body>{body}</body></html>".encode())
    assert "aaaa" not in found.body
    assert "root:" not in found.body


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<blockquote>" * 20_000 + "x", "256 levels"),
        ("<div>" * 20_000 + "x" + "</div>" * 20_000, "256 levels"),
        ("<p>a" * 100_000, "elements"),
        ("<html></html>", "shows no article"),
        ("<html><body><div id=root></div><script>draw()</script></body></html>", "shows no article"),
        (
            "<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>",
            "robots",
        ),
        ("<p>caf\0e</p>", "not text"),
        ("x" * 600_000, "512 KB"),
    ],
)
def test_refusals_are_quick_and_say_why(source: str, why: str) -> None:
    start = time.perf_counter()
    with pytest.raises(SourceRefused, match=why):
        html.read(source.encode())
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "piece",
    [
        "<p>Jane walks. ",
        "<h1>a title</h1>",
        "<i class=author>x</i>",
        "“a ",
        "<a href=x>y</a>",
        "<br>word ",
        "&amp;",
        "<lt;",
    ],
)
def test_hostile_pages_end_in_bounded_time(piece: str) -> None:
    source = (piece * 10_000)[: 300 * 1024]
    start = time.perf_counter()
    with suppress(SourceRefused):
        html.read(source.encode())
    assert time.perf_counter() - start < 20  # seconds on a busy machine; about two on an idle one


def test_the_declared_character_set_is_used() -> None:
    body = "".join(f"<p>{p}</p>" for p in LUTHIER.paragraphs)
    source = f'<html><head><meta charset="iso-8859-15"><title>Été</title></head><body>{body}</body></html>'
    found = html.read(source.replace("’", "'").encode("iso8859-15"))
    assert found.title == "Été"
    assert "épicéa" in found.body


def test_a_teaser_before_a_paywall_is_refused() -> None:
    paragraphs = "".join(f"<p>{p}</p>" for p in ICE.paragraphs[:2])
    teaser = f"<article>{paragraphs}<div>Subscribe to continue reading</div></article>"
    with pytest.raises(SourceRefused, match="free to read"):
        html.read(wrapped(teaser, ICE.title))


def test_quotes_that_browsers_mark_are_marked() -> None:
    body = "".join(f"<p>{p.replace('“', '<q>').replace('”', '</q>')}</p>" for p in BELLS.paragraphs)
    assert html.read(wrapped(body)).body.split("\n\n") == list(BELLS.paragraphs)


@pytest.mark.parametrize(
    "source",
    [
        "<!doctype html><title>{title}</title><h1>{title}</h1>{body}",  # the optional tags left out
        "<html><head><title>{title}</title></head><h1>{title}</h1>{body}</html>",
        '<?xml version="1.0" encoding="utf-8"?>\n<html><head><title>{title}</title></head><body>{body}</body></html>',
        "<h1>{title}</h1>{body}",
        "<div><h2>{title}</h2>{body}</div>",
    ],
)
def test_however_little_there_is_around_it(source: str) -> None:
    body = "".join(f"<p>{p}</p>" for p in BELLS.paragraphs)
    found = html.read(source.format(title=BELLS.title, body=body).encode())
    assert (found.title, found.body.split("\n\n")) == (BELLS.title, list(BELLS.paragraphs))


def test_a_title_that_is_none_is_not_believed() -> None:
    body = "".join(f"<p>{p}</p>" for p in BELLS.paragraphs)
    found = html.read(
        f"<html><head><title>{'very ' * 1000}long</title></head><body>{body}</body></html>".encode()
    )
    assert found.title.startswith("The foundry stands")
