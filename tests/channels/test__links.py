from __future__ import annotations

import pytest

from scheduler.channels._links import links


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.com", ["https://example.com"]),
        ("https://a.example/x?y=1&z=2#w and more", ["https://a.example/x?y=1&z=2#w"]),
        ("HTTPS://EXAMPLE.COM/A", ["HTTPS://EXAMPLE.COM/A"]),
        ("https://example.com:8443/x", ["https://example.com:8443/x"]),
        ("(https://foo.com)", ["https://foo.com"]),
        ("https://foo.com/thing_(cool)", ["https://foo.com/thing_(cool)"]),
        ("(https://foo.com/thing_(cool))", ["https://foo.com/thing_(cool)"]),
        (
            "https://foo.com, https://bar.com/x; https://baz.com.",
            ["https://foo.com", "https://bar.com/x", "https://baz.com"],
        ),
        ("“https://foo.com/x”", ["https://foo.com/x"]),
        ("really? https://foo.com/x?!", ["https://foo.com/x"]),
        ("https://bücher.example/ä", ["https://bücher.example/ä"]),
        ("https://xn--bcher-kva.xn--p1ai/x", ["https://xn--bcher-kva.xn--p1ai/x"]),
        ("one\nhttps://a.example\nhttps://b.example", ["https://a.example", "https://b.example"]),
        ("e.g. website.com.jpg example.com", []),
        ("http://localhost/x http://1.2.3.4/x", []),
        ("xhttps://example.com @https://example.com", []),
        ("https:// https://. https://a", []),
    ],
)
def test_finds_links_without_the_punctuation_around_them(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in links(text)] == found
