from __future__ import annotations

import time
from contextlib import suppress

import pytest

from scheduler.domain.article import MAX_DEPTH
from scheduler.sources._bytes import SourceRefused
from scheduler.sources._nesting import MAX_ELEMENTS, elements


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * MAX_DEPTH,
        "<p>one" * 1000,  # each ends the one before
        "<ul>" + "<li><p>one" * 1000 + "</ul>",
        "<table>" + "<tr><td>one<td>two" * 1000 + "</table>",
        "<br>" * 1000 + '<img src="x">' * 1000,
        "<svg>" + "<path d='M0 0'/>" * 1000 + "</svg>",
        "<!-- " + "<div>" * 1000 + " -->",
        "<script>" + "x = '<div>';" * 1000 + "</script>",
        "<div>" * 200 + "</div>" * 200 + "<div>" * 200,
        "a < b and <3 hearts" * 1000,
    ],
)
def test_pages_that_nest_no_deeper_than_they_may(source: str) -> None:
    elements(source)


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * (MAX_DEPTH + 1),
        "<blockquote>" * 20_000,
        "<table><tr><td>" * 100,
        "<b><i><u>" * 100,
        "<DIV CLASS='a'>" * 300,
        "<ul><li>" * 200,
    ],
)
def test_deeper_ones_are_refused(source: str) -> None:
    with pytest.raises(SourceRefused, match="more than 256 levels deep"):
        elements(source)


def test_a_page_of_too_many_elements_is_refused() -> None:
    elements("<b>a</b>" * MAX_ELEMENTS)
    with pytest.raises(SourceRefused, match="elements"):
        elements("<b>a</b>" * (MAX_ELEMENTS + 1))


@pytest.mark.parametrize(
    "piece", ["<!--", "<script>", "<a<b", "<a b='", "<", "</p>", "<p/", "<style", "<!", "<a "]
)
def test_half_a_megabyte_of_anything_takes_no_time(piece: str) -> None:
    source = piece * (512 * 1024 // len(piece))
    start = time.perf_counter()
    with suppress(SourceRefused):
        elements(source)
    assert time.perf_counter() - start < 2
