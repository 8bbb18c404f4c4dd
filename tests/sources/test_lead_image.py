"""The photo that a page names for itself."""

from __future__ import annotations

import pytest

from scheduler.sources.lead_image import lead_image

URL = "https://ledger.example/2026/river"


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ('<meta property="og:image" content="https://cdn.example/a.jpg">', "https://cdn.example/a.jpg"),
        ('<meta name="twitter:image" content="/b.png"><p>', "https://ledger.example/b.png"),
        ('<META CONTENT="c.webp" PROPERTY="OG:IMAGE"/>', "https://ledger.example/2026/c.webp"),
        (
            '<meta name="twitter:image" content="/t.png"><meta property="og:image" content="/o.png">',
            "https://ledger.example/o.png",
        ),
        ('<meta property="og:image" content="file:///etc/passwd">', ""),
        ('<meta property="og:image" content="data:image/png;base64,AAAA">', ""),
        ('<meta property="og:image" content="http://[::1">', ""),
        ('<meta property="og:image" content="">', ""),
        ('<!-- <meta property="og:image" content="/x.png"> -->', ""),
        (f'<meta property="og:image" content="/{"x" * 3000}">', ""),
        ("", ""),
    ],
)
def test_what_is_named_is_found(head: str, found: str) -> None:
    assert lead_image(f"<html><head>{head}</head>".encode(), URL) == found


def test_bytes_that_are_no_page_have_none() -> None:
    assert lead_image(bytes(range(256)) * 20 + b"<" * 5000, URL) == ""
