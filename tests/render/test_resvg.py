"""Both bindings of resvg draw the same; the fast one is an extra."""

from __future__ import annotations

import pytest

from scheduler.render import resvg

EDGES = """<svg xmlns="http://www.w3.org/2000/svg" width="200" height="120">
<defs><filter id="soft"><feGaussianBlur stdDeviation="9"/></filter>
<linearGradient id="ink"><stop offset="0" stop-color="#000" stop-opacity="0"/>
<stop offset="1" stop-color="#e9c46a"/></linearGradient></defs>
<circle cx="99" cy="60" r="50" fill="#e9c46a" fill-opacity=".6" filter="url(#soft)"/>
<circle cx="30" cy="30" r="20.5"/><rect x="120" width="80" height="60" fill="url(#ink)"/></svg>"""
FULL = """<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48">
<rect width="64" height="48" fill="#274c77"/><circle cx="20" cy="20" r="11" fill="#f7f3e9"/></svg>"""


@pytest.mark.parametrize("svg", [EDGES, FULL])
def test_both_draw_the_same_pixels(svg: str) -> None:
    pytest.importorskip("svg2png_py", reason="the extra `art` is not installed")
    assert resvg.fast(svg).tobytes() == resvg.plain(svg).tobytes()


@pytest.mark.parametrize("svg", ["", "<svg", "<a/>", '<svg xmlns="http://www.w3.org/2000/svg" width="0"/>'])
def test_what_is_no_drawing_is_refused_alike(svg: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        resvg.plain(svg)
    pytest.importorskip("svg2png_py", reason="the extra `art` is not installed")
    with pytest.raises(ValueError, match=r"\w"):
        resvg.fast(svg)


def test_without_the_extra_the_other_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resvg, "HAS_FAST", False)
    monkeypatch.setattr(resvg, "fast", None)
    assert resvg.drawn(FULL).getpixel((1, 1)) == (0x27, 0x4C, 0x77, 255)
