"""The packages have the fonts, and the licence that lets us use them."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import pytest

from scheduler.render import fonts


@pytest.mark.parametrize("role", fonts.FAMILIES)
def test_a_role_s_own_face_comes_first(role: str) -> None:
    own, other = fonts.faces(role, 400)
    assert own is not other
    assert own.ascent > own.cap_height > 0.6 > own.descent > 0


def test_weight_makes_another_cut() -> None:
    regular, bold = (fonts.faces("sans", weight)[0].shape("m", 0, 1, "en", 0.0)[1] for weight in (400, 700))
    assert bold > regular


@pytest.mark.parametrize("family", fonts.FAMILIES.values())
def test_the_font_is_under_the_open_font_licence(family: fonts.Family) -> None:
    files = distribution(family.package).files or []
    licence = next(file for file in files if file.name == "LICENSE" and "licenses" in file.parts)
    assert "SIL Open Font License, Version 1.1" in licence.read_text("utf-8")


@pytest.mark.parametrize(("role", "family"), fonts.FAMILIES.items())
def test_the_page_about_fonts_is_true(role: str, family: fonts.Family) -> None:
    page = (Path(__file__).parents[2] / "docs/reference/fonts.md").read_text("utf-8")
    row = next(line for line in page.splitlines() if line.startswith(f"| `{role}` |"))
    package = family.package.replace("_", "-")
    assert family.name in row
    assert f"`{package}`" in row
