"""Bluesky's rich text. Offsets are those of UTF-8 bytes."""

from __future__ import annotations

import pytest

from scheduler.channels._facets import facets, handles

DIDS = {"atproto.com": "did:plc:a"}


def spans(text: str) -> list[tuple[int, int, str]]:
    found = facets(text, DIDS)
    return [
        (
            f["index"]["byteStart"],
            f["index"]["byteEnd"],
            next(v for k, v in f["features"][0].items() if k != "$type"),
        )
        for f in found
    ]


def test_offsets_are_bytes() -> None:
    text = "✨ example mentioning @atproto.com to share the URL 👨‍❤️‍👨 https://en.wikipedia.org/wiki/CBOR."
    assert spans(text) == [(23, 35, "did:plc:a"), (74, 108, "https://en.wikipedia.org/wiki/CBOR")]


def test_every_facet_cuts_out_its_own_words() -> None:
    text = "“ü” #größe https://a.example/ß #🦋"
    data = text.encode()
    assert [data[start:end].decode() for start, end, _ in spans(text)] == [
        "#größe",
        "https://a.example/ß",
        "#🦋",
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#1", []),
        ("#1a", []),
        ("#a1", [(0, 3, "a1")]),
        ("a #b_c-d", [(2, 8, "b_c-d")]),
        ("#b_", [(0, 2, "b")]),
        ("#_b # #", []),
        ("##no not#this https://x.example/y#z", [(14, 35, "https://x.example/y#z")]),
        ("#like. #this!", [(0, 5, "like"), (7, 12, "this")]),
        ("works with #🦋 emoji, and #butter🦋fly", [(11, 16, "🦋"), (28, 42, "butter🦋fly")]),
        ("#👍🏻", [(0, 9, "👍🏻")]),
        ("#️⃣tag", []),
        ("#" + "a" * 64, [(0, 65, "a" * 64)]),
        ("#" + "a" * 65, []),
    ],
)
def test_tags(text: str, found: list[tuple[int, int, str]]) -> None:
    assert spans(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@atproto.com and @Atproto.com", ["atproto.com"]),
        ("(@a.example) x@b.example @c", ["a.example"]),
        ("@user@server.example", []),
        ("@full-123.test!", ["full-123.test"]),
    ],
)
def test_handles(text: str, found: list[str]) -> None:
    assert handles(text) == found


def test_a_handle_that_is_nobody_stays_text() -> None:
    assert facets("by @nobody.example", DIDS) == []
