from __future__ import annotations

import json
from typing import Any

import pytest

from scheduler.sources._jsonld import Claims, read


def claims(*nodes: Any) -> Claims:
    return read(json.dumps(node) for node in nodes)


def test_an_article_is_found_among_other_things() -> None:
    article = {"@type": "NewsArticle", "headline": "Keep &amp; going", "datePublished": "2026-03-02"}
    for found in (
        claims({"@type": "WebSite"}, article),
        claims([{"@type": "Person"}, article]),
        claims({"@graph": [article]}),
    ):
        assert (found.headline, found.published, found.free) == ("Keep & going", "2026-03-02", True)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Jane Doe"}, "Jane Doe"),
        (
            [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}],
            "Jane Doe, John Roe",
        ),
        ("Jane Doe", "Jane Doe"),
        (["Jane Doe", "John Roe"], "Jane Doe, John Roe"),
        ({"@type": "Person", "name": "Plato"}, "Plato"),
        ({"@type": "Person", "name": ["Jane Doe"]}, "Jane Doe"),
        ({"@id": "#jane"}, "Jane Doe"),
        ({"@type": "Organization", "name": "Harbour Post"}, ""),
        ({"@type": "Person", "name": "admin"}, ""),
        ({"@type": "Person", "name": "https://post.example/jane"}, ""),
        ("", ""),
        (None, ""),
        ([], ""),
        (7, ""),
        ({"@type": "Person"}, ""),
    ],
)
def test_authors(author: Any, names: str) -> None:
    person = {"@type": "Person", "@id": "#jane", "name": "Jane Doe"}
    assert claims({"@graph": [{"@type": "Article", "author": author}, person]}).author == names


@pytest.mark.parametrize("value", [False, "False", "false", "0"])
def test_a_paywall_that_is_declared(value: object) -> None:
    assert claims({"@type": "Article", "isAccessibleForFree": value}).free is False


@pytest.mark.parametrize(
    "script",
    [
        "",
        "{",
        "null",
        "7",
        '"text"',
        "[" * 100_000,
        '{"@type": {}}',
        '{"@graph": 3}',
        '[[{"@type": "Article"}]]',
    ],
)
def test_what_cannot_be_read_says_nothing(script: str) -> None:
    assert read([script]) == Claims()
