from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import PullquoteError
from scheduler.domain.links import slug, standing_in, tracked

UTM = {"utm_medium": "social", "utm_source": "{kind}"}
ADDRESS = "https://gazette.example/2026/bees"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (ADDRESS, f"{ADDRESS}?utm_medium=social&utm_source=mastodon"),
        (f"{ADDRESS}?id=7&flag", f"{ADDRESS}?id=7&flag&utm_medium=social&utm_source=mastodon"),
        (f"{ADDRESS}?q=a%20b+c#top", f"{ADDRESS}?q=a%20b+c&utm_medium=social&utm_source=mastodon#top"),
        (f"{ADDRESS}?utm_source=rss&id=7", f"{ADDRESS}?id=7&utm_medium=social&utm_source=mastodon"),
        ("https://gazette.example", "https://gazette.example?utm_medium=social&utm_source=mastodon"),
        ("", ""),
        ("mailto:desk@gazette.example", "mailto:desk@gazette.example"),
    ],
)
def test_parameters_join_what_the_address_has(url: str, expected: str) -> None:
    assert tracked(url, UTM, {"kind": "mastodon"}) == expected


def test_values_are_filled_and_encoded_and_left_out_where_empty() -> None:
    parameters = {"utm_campaign": "{article} {kind}&co", "utm_term": "{recipe}"}
    url = tracked(ADDRESS, parameters, {"kind": "x", "article": "bees", "recipe": ""})
    assert url == f"{ADDRESS}?utm_campaign=bees%20x%26co"


def test_a_place_that_nothing_fills_is_a_mistake_in_the_recipe() -> None:
    with pytest.raises(PullquoteError, match=r"names \{channel\}, which nothing fills: use \{kind\}"):
        tracked(ADDRESS, {"utm_source": "{channel}"}, {"kind": "x"})


QUERY = st.lists(
    st.sampled_from(["a=1", "utm_source=x", "utm%5Fsource=y", "b", "utm_medium=", ""]), max_size=5
)


@given(QUERY, st.sampled_from(["", "#top"]))
def test_never_twice(query: list[str], fragment: str) -> None:
    url = f"{ADDRESS}?{'&'.join(query)}{fragment}"
    once = tracked(url, UTM, {"kind": "x"})
    names = [name for name, _ in parse_qsl(urlsplit(once).query, keep_blank_values=True)]
    assert names.count("utm_source") == names.count("utm_medium") == 1
    assert names.count("a") == query.count("a=1")
    assert tracked(once, UTM, {"kind": "x"}) == once


def test_the_link_is_found_in_a_text_with_its_parameters() -> None:
    text = f"Read this: https://other.example and {ADDRESS}?utm_source=x#top."
    assert standing_in(text, f"{ADDRESS}?id=1") == f"{ADDRESS}?utm_source=x#top"
    assert standing_in(text, "https://gazette.example/2026") == ""
    assert standing_in(text, "") == ""


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Mårten’s way: “Slow down”", "martens-way-slow-down"),
        ("", ""),
        ("a" * 90, "a" * 60),
        ("word " * 30, "word-" * 11 + "word"),
        ("蜜蜂的一年", "蜜蜂的一年"),
    ],
)
def test_a_title_makes_a_name_for_a_campaign(title: str, name: str) -> None:
    assert slug(title) == name
