from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import PullquoteError
from scheduler.domain.links import slug, standing_in, text_fragment, tracked

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


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("It reads the rain.", "It%20reads%20the%20rain."),
        ("well-known, this & that", "well%2Dknown%2C%20this%20%26%20that"),
        ("50% #1 a=b?", "50%25%20%231%20a%3Db%3F"),
        ("Bienenstöcke’", "Bienenst%C3%B6cke%E2%80%99"),
        (" padded ", "padded"),
    ],
)
def test_short_words_are_linked_whole_and_escaped(words: str, fragment: str) -> None:
    assert text_fragment(ADDRESS, words) == f"{ADDRESS}#:~:text={fragment}"


LONG = (
    "You stand there in the snow with your ear on the wood and you listen. If they hum, you go home and "
    "sleep. If they do not hum, you go home as well, but you do not sleep."
)


def terms(words: str) -> list[str]:
    found = text_fragment(ADDRESS, words).partition("#:~:text=")[2].split(",")
    return [unquote(term) for term in found]


def test_long_words_are_linked_by_their_start_and_their_end() -> None:
    assert terms(LONG) == ["You stand there in the", "but you do not sleep."]


def test_an_end_that_stands_in_the_words_before_takes_more_words() -> None:
    words = f"{LONG} And so it goes, and so on. {LONG}"
    assert terms(words)[1] == f"on. {LONG}"


def test_words_over_several_paragraphs_are_a_range_for_no_term_may_cross_one() -> None:
    assert terms("No.\n\nI never did, and never will.") == ["No.", "never did, and never will."]


@pytest.mark.parametrize("words", ["x" * 300, "a" * 60 + " " + "b" * 90, "蜂" * 130])
def test_what_has_too_few_words_for_a_range_is_linked_whole(words: str) -> None:
    assert terms(words) == [words]


def test_where_no_spaces_are_written_a_range_ends_at_punctuation() -> None:
    parts = [f"{c}" * 11 + "、" for c in "春夏秋冬花鳥風月山川海空"]
    assert terms("".join(parts)) == ["".join(parts[:5]), "".join(parts[-5:])]


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        (f"{ADDRESS}?id=7#top", f"{ADDRESS}?id=7#top:~:text=hum"),
        (f"{ADDRESS}#", f"{ADDRESS}#:~:text=hum"),
        (f"{ADDRESS}#top:~:text=buzz", f"{ADDRESS}#top:~:text=hum"),
        ("", ""),
        ("mailto:desk@gazette.example", "mailto:desk@gazette.example"),
    ],
)
def test_the_fragment_of_the_address_is_kept(url: str, linked: str) -> None:
    assert text_fragment(url, "hum") == linked
    assert text_fragment(url, " ") == url


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=400))
def test_whatever_the_words_nothing_of_them_is_syntax(words: str) -> None:
    directive = text_fragment(ADDRESS, words).partition("#:~:text=")[2]
    assert not set(directive) & set("-& #\n")
    assert directive.count(",") <= 1
    for term in filter(None, directive.split(",")):
        assert unquote(term) in words
