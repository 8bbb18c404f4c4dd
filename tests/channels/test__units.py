"""How networks count: in code points, UTF-16 units, UTF-8 bytes and graphemes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels._units import graphemes, mastodon, utf8, utf16
from scheduler.channels.discord import length

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "points", "units", "size", "clusters"),
    [
        ("", 0, 0, 0, 0),
        (FAMILY, 7, 11, 25, 1),
        ("🇺🇸🇩🇪", 4, 8, 16, 2),
        ("1️⃣", 3, 3, 7, 1),
        ("👩🏽‍🚀", 4, 7, 15, 1),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 7, 14, 28, 1),
        ("cafe\u0301", 5, 5, 6, 4),
        ("क्षि", 4, 4, 12, 1),
        ("สวัสดี", 6, 6, 18, 4),
        ("a\r\nb", 4, 4, 4, 3),
        ("“quoted” — text…", 16, 16, 24, 16),
    ],
)
def test_each_unit(text: str, points: int, units: int, size: int, clusters: int) -> None:
    assert (len(text), utf16(text), utf8(text), graphemes(text)) == (points, units, size, clusters)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 476 + " http://" + "b" * 30 + ".com/example", 500),
        ("a" * 475 + " @alice@" + "b" * 30 + ".com", 482),
        ("https://example.com/" + "x" * 400, 23),
        ("https://a.co", 23),  # shorter than 23, and still 23
        ("(https://example.com/a).", 26),
        ("example.com", 11),  # without a scheme it is no link
        ("http://localhost/x", 18),
        ("mail me@example.com", 19),
        ("@alice @bob@b.example", 11),
        ("cafe\u0301 " + FAMILY, 6),
        ("https://example.com https://example.com", 47),
    ],
)
def test_mastodon_counts_links_as_23_and_mentions_without_server(text: str, count: int) -> None:
    assert mastodon(text) == count


@given(st.text(max_size=60))
def test_units_keep_their_order(text: str) -> None:
    assert graphemes(text) <= len(text) <= utf16(text) <= utf8(text) or "\ud800" <= max(text) <= "\udfff"


def test_discord_counts_the_text_with_its_escapes() -> None:
    assert length("a_b") == 4
    assert length("https://example.com/a_b") == 23
    assert length(FAMILY) == 7
