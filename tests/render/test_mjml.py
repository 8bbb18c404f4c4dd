from __future__ import annotations

import time

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render.mjml import MAX_LINE, check, to_html


def mjml(inner: str, head: str = "") -> str:
    body = f"<mj-section><mj-column><mj-text>{inner}</mj-text></mj-column></mj-section>"
    return f'<mjml lang="en"><mj-head>{head}</mj-head><mj-body>{body}</mj-body></mjml>'


def test_merge_tokens_come_through() -> None:
    link = '<a href="%%PQ:unsubscribe_url%%">Leave %%PQ:list_name%%</a>'
    assert link in to_html(mjml(f"<p>{link}</p>"), "")


def test_what_an_article_says_stays_as_it_is() -> None:
    said = "<p>{{ user.email }} %recipient.x% &lt;b&gt; &amp;amp; &#34;x&#34; {% raw %}</p>"
    assert said in to_html(mjml(said), "")


def test_the_preheader_stands_first_and_is_not_seen() -> None:
    html = to_html(mjml("<p>Hello</p>"), "What’s <in> it")
    start = html.index("<body")
    hidden = html.index("What’s &lt;in&gt; it")
    assert start < hidden < html.index("Hello")
    assert "max-height:0;overflow:hidden;mso-hide:all" in html[start:hidden]
    assert 'aria-hidden="true"' in html[start:hidden]
    assert "display:none" not in html[start:hidden]


@pytest.mark.parametrize("family", ["Roboto", "Ubuntu", "Open Sans", "Droid Sans", "Lato"])
def test_opening_the_mail_loads_no_font_from_anywhere(family: str) -> None:
    html = to_html(
        f'<mjml><mj-body><mj-section><mj-column><mj-text font-family="{family}, sans-serif">Hello</mj-text>'
        "</mj-column></mj-section></mj-body></mjml>",
        "",
    )
    assert family in html
    assert "@import" not in html
    assert "<link" not in html


def test_no_line_is_too_long_for_a_mail() -> None:
    html = to_html(mjml(f"<p>{'déjà vu ' * 2000}</p>"), "x " * 600)
    assert max(len(line.encode()) for line in html.splitlines()) <= MAX_LINE
    assert html.split().count("déjà") == 2000 - 1  # the first stands behind a tag


def test_a_line_that_cannot_be_broken_stays_whole() -> None:
    word = "x" * 3000
    assert word in to_html(mjml(f"<p>{word}</p>"), "")


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<iframe src="https://example.com"></iframe>',
        "<form></form>",
        "<style>p {}</style>",
        "<mj-include path='x' />",
        "<mj-preview>x</mj-preview>",
        "<mj-carousel></mj-carousel>",
        "<mjwrong></mjwrong>",
        '<p onclick="x()">x</p>',
    ],
)
def test_what_mail_cannot_carry_is_refused(inner: str) -> None:
    with pytest.raises(PullquoteError, match="mail cannot carry"):
        check(mjml(inner))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "\x01java\x03script:alert(1)",
        "java&#1;script:alert(1)",
        "java&#x09;script:alert(1)",
        "&#106;avascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//example.com",
        "/article",
        "",
        "%%PQ:address%%",
        "x%%PQ:unsubscribe_url%%",
    ],
)
@pytest.mark.parametrize("tag", ['<a href="{}">x</a>', '<img alt="" src="{}" />'])
def test_links_lead_to_the_web_and_nowhere_else(address: str, tag: str) -> None:
    with pytest.raises(PullquoteError, match="must begin with https"):
        check(mjml(tag.format(address)))


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/?a=1&amp;b=2",
        "http://localhost/",
        "mailto:x@example.com",
        "%%PQ:unsubscribe_url%%",
    ],
)
def test_good_links_pass(address: str) -> None:
    check(mjml(f'<a href="{address}">x</a>'))


@pytest.mark.parametrize(
    "image", ['<img src="https://example.com/x.png" />', '<mj-image src="https://x.com/y.png" />']
)
def test_an_image_needs_its_alt_text(image: str) -> None:
    with pytest.raises(PullquoteError, match="alt text"):
        check(mjml(image))


@pytest.mark.parametrize("open_tag", ["<blockquote>", "<div>", "<title><div>", "<textarea-x><b>"])
def test_deep_nesting_is_refused_before_it_can_crash_the_process(open_tag: str) -> None:
    started = time.perf_counter()
    with pytest.raises(PullquoteError, match="256 deep"):
        check(mjml(open_tag * 20_000))
    assert time.perf_counter() - started < 0.5


def test_an_endless_source_is_refused() -> None:
    with pytest.raises(PullquoteError, match="larger than 512 KB"):
        check(mjml("<p>" + "x" * 600_000 + "</p>"))


def test_a_mistake_in_the_source_is_one_sentence() -> None:
    with pytest.raises(PullquoteError, match="not well-formed MJML"):
        to_html(mjml("<p>never closed"), "")


def test_void_tags_do_not_count_as_nesting() -> None:
    check(mjml("<br>" * 500 + '<img alt="" src="https://example.com/x.png">' * 300))
