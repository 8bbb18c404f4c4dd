from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import PullquoteError
from scheduler.render.contrast import ENOUGH, luminance, worst
from scheduler.render.palette import Palette, by_day, by_night

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def ratio(text: str, ground: str) -> float:
    one, other = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (text, ground))
    level = luminance(other)  # type: ignore[arg-type]
    return worst(one, (level, level))  # type: ignore[arg-type]


def readable(palette: Palette) -> bool:
    on_paper = (palette.ink, palette.muted, palette.accent_text)
    return all(ratio(each, palette.paper) >= ENOUGH for each in on_paper) and (
        ratio(palette.on_accent, palette.accent) >= ENOUGH
    )


@given(colours)
def test_every_accent_can_be_read_by_day_and_by_night(accent: str) -> None:
    for palette in (by_day({"accent": accent}), by_night({"accent": accent})):
        assert palette.accent == accent
        assert readable(palette)


@given(colours, colours)
def test_a_brand_s_own_ink_and_paper_are_kept_or_refused(paper: str, ink: str) -> None:
    if ratio(ink, paper) < ENOUGH:
        with pytest.raises(PullquoteError, match="cannot be read"):
            by_day({"paper": paper, "ink": ink})
        return
    palette = by_day({"paper": paper, "ink": ink})
    assert (palette.paper, palette.ink) == (paper, ink)
    assert readable(palette)


def test_ours_stand_in_for_what_a_brand_leaves_open() -> None:
    assert by_day({}) == by_day({"accent": "", "name": "The Ledger"})
    assert all(value.startswith("#") and len(value) == 7 for value in asdict(by_day({})).values())


@pytest.mark.parametrize("value", ["red", "#fff", "#12345g", "#1234567", "url(x)"])
def test_a_colour_is_written_in_full(value: str) -> None:
    with pytest.raises(PullquoteError, match="#rrggbb"):
        by_day({"accent": value})
