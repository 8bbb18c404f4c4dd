"""What a page says of itself, and what is believed of it."""

from __future__ import annotations

from datetime import date

import pytest
from trafilatura.utils import load_html

from scheduler.domain.article import Article
from scheduler.sources._metadata import read, untracked, without_site


def known(head: str = "", body: str = "", url: str = "", lang: str = "en") -> Article:
    source = f'<html lang="{lang}"><head>{head}</head><body>{body}<p>Text</p></body></html>'
    return read(load_html(source), url)[0]


OUTLETS = ("The Harbour Post", "harbour-post.example", "harbour-post")


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Keep going | The Harbour Post", "Keep going"),
        ("Keep going - The Harbour Post", "Keep going"),
        ("Keep going – The Harbour Post", "Keep going"),
        ("Keep going -- The Harbour Post", "Keep going"),
        ("Keep going :: Harbour-Post", "Keep going"),
        ("The Harbour Post » Keep going", "Keep going"),
        ("The Harbour Post | Keep going", "Keep going"),
        ("Keep going | by Jane Doe | Crafts | Mar, 2026 | Medium", "Keep going"),
        ("Keep going » Local » News » Some Paper", "Keep going"),
        ("Slow - and proud of it - The Harbour Post", "Slow - and proud of it"),
        ("Slow - and proud of it", "Slow - and proud of it"),
        ("Slow – a manifesto", "Slow – a manifesto"),
        (
            "One thing | and then another one that goes on for long",
            "One thing | and then another one that goes on for long",
        ),
        ("Re-entry", "Re-entry"),
    ],
)
def test_the_outlets_name_comes_off_a_title(title: str, plain: str) -> None:
    assert without_site(title, OUTLETS) == plain


def test_the_headline_that_readers_see_is_preferred_to_copies_of_it() -> None:
    shown = "<h1>Keep going: the whole story</h1>"
    for declared in (
        '<title>Keep going - Post</title><meta property="og:title" content="KEEP GOING: THE WHOLE STORY">',
        "<title>Keep going: the whole…</title>",
        "<title>Post | Keep going: the whole story</title>",
    ):
        assert known(declared, shown).title == "Keep going: the whole story"


def test_a_logo_is_no_headline() -> None:
    head = '<title>Keep going</title><meta property="og:site_name" content="The Post">'
    assert known(head, "<h1>The Post</h1><h2>Keep going</h2>").title == "Keep going"


def test_a_line_break_in_a_headline_is_a_space() -> None:
    assert known("", "<h1>Keep<br>going</h1>").title == "Keep going"
    assert known("", "<h1><span>K</span>eep going</h1>").title == "Keep going"


def test_a_page_without_a_title() -> None:
    assert known().title == ""
    assert known("", "<h1>Keep going</h1>").title == "Keep going"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="Jane Doe">', ""),
        ('<meta name="author" content="By Jane Doe">', ""),
        ('<meta name="parsely-author" content="JANE DOE">', ""),
        ('<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Doe">', ""),
        ('<meta property="article:author" content="https://facebook.com/jane">', '<a rel="author">Jane Doe</a>'),
        ("", '<span itemprop="author"><span itemprop="name">Jane Doe</span></span>'),
        ("", '<p class="byline">By <b>Jane Doe</b><i>2 March 2026</i></p>'),
        ("", '<div class="c-byline__name">Jane Doe</div>'),
        ("", '<span data-hook="user-name">Jane Doe</span>'),
        ("", '<div class="author-box">About John Roe</div><h1>T</h1><p>By Jane Doe, 2 March 2026</p>'),
        ("", '<ol class="comments"><li class="author">John Roe</li></ol><p class="author">Jane Doe</p>'),
        (
            '<meta name="author" content="The Post"><meta property="og:site_name" content="The Post">',
            '<p class="author">Jane Doe</p>',
        ),
        ('<meta name="author" content="admin">', '<p class="author">Jane Doe</p>'),
    ],
)  # fmt: skip
def test_the_author(head: str, body: str) -> None:
    assert known(head, body).author == "Jane Doe"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta name="author" content="admin">', ""),
        ('<meta name="author" content="Slow Metal"><meta property="og:site_name" content="Slow Metal">', ""),
        ("", '<p class="author">By the Editors</p>'),
        ("", '<footer><p class="author">Theme Maker</p></footer>'),
        ("", "<h1>T</h1><p>Jane Doe walked home.</p>"),
    ],
)
def test_nobody_is_named_where_nobody_is(head: str, body: str) -> None:
    assert known(head, body).author == ""


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<meta property="article:published_time" content="2026-03-02T23:30:00-05:00">', ""),
        ('<meta name="date" content="March 2, 2026">', ""),
        ("", '<time datetime="2026-03-02">yesterday</time>'),
        ("", '<span itemprop="datePublished" content="2026-03-02">x</span>'),
        ("", '<span class="entry-date">2 March 2026</span>'),
        ("", '<aside><time datetime="1999-01-01">x</time></aside><time datetime="2026-03-02">y</time>'),
        ("", "<h1>T</h1><div>Published 2 March 2026</div>"),
    ],
)
def test_the_date(head: str, body: str) -> None:
    assert known(head, body).published == date(2026, 3, 2)


def test_a_date_in_the_text_is_not_the_articles() -> None:
    body = (
        '<article class="post published"><p>On 2 March 1999 the ice broke and nobody was there.</p></article>'
    )
    assert known("", body).published is None


@pytest.mark.parametrize(
    ("lang", "tag"), [("en", "en"), ("en_US", "en-US"), (" de-AT ", "de-AT"), ("", ""), ("<b>", "")]
)
def test_the_language(lang: str, tag: str) -> None:
    assert known(lang=lang).language == tag


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ('<link rel="canonical" href="https://a.example/x">', "https://a.example/x?p=1", "https://a.example/x"),
        ('<link rel="canonical" href="/x">', "https://a.example/y", "https://a.example/x"),
        ('<link rel="canonical" href="https://a.example/">', "https://a.example/x", "https://a.example/x"),
        ('<link rel="canonical" href="javascript:alert(1)">', "https://a.example/x", "https://a.example/x"),
        ('<link rel="canonical" href="http://[">', "https://a.example/x", "https://a.example/x"),
        ('<meta property="og:url" content="https://a.example/x">', "", "https://a.example/x"),
        ("", "https://a.example/x?id=4&utm_source=y&fbclid=z#top", "https://a.example/x?id=4"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_address(head: str, url: str, address: str) -> None:
    assert known(head, url=url).url == address


def test_a_campaign_of_somebody_else_is_not_carried_on() -> None:
    assert untracked("https://a.example/?q=a+b&utm_medium=email&gclid=1") == "https://a.example/?q=a+b"


def test_the_outlet() -> None:
    assert known('<meta property="og:site_name" content="The Post">').site == "The Post"
