"""The TOML beside a drawing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_manifest import Manifest, Mix, Slot, read
from scheduler.render.contrast import luminance, worst
from scheduler.render.environment import default_templates

GOOD = """
label = "Small"
[brand]
paper = "#fff"
ink = "#102030"
soft = { of = "ink", on = "paper", share = 0.5 }
[sizes.tiny]
width = 400
height = 300
most = 60
[slot.quote]
font = "serif"
color = "ink"
smallest = 20
largest = "most"
"""


def manifest(folder: Path, text: str) -> Manifest:
    (folder / "template.toml").write_text(text, "utf-8")
    return read(folder)


def test_a_brand_s_colours_come_first_and_mixes_follow_them(tmp_path: Path) -> None:
    colours = manifest(tmp_path, GOOD).colours({"ink": "#000000"})
    assert colours == {"paper": (255, 255, 255), "ink": (0, 0, 0), "soft": (128, 128, 128)}


def test_a_mix_can_be_a_colour_of_the_brand_s_own(tmp_path: Path) -> None:
    assert manifest(tmp_path, GOOD).colours({"soft": "#010203"})["soft"] == (1, 2, 3)


def test_the_largest_size_can_be_a_number_of_each_size(tmp_path: Path) -> None:
    found = manifest(tmp_path, GOOD)
    assert found.slot["quote"].manner(found.sizes["tiny"]).largest == 60


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("smallest = 20", "smallest = 8"), "slot.quote.smallest Input should be greater"),
        (('font = "serif"', 'font = "comic"'), "slot.quote.font"),
        (('color = "ink"', 'color = "ink"\ncolour = "ink"'), "slot.quote.colour Extra inputs"),
        (('color = "ink"', 'color = "gold"'), "its colours must be roles"),
        (('"most"', '"least"'), "the size tiny has no number 'least'"),
        (('of = "ink"', 'of = "soft"'), "mix two colours that are no mixes"),
        (("[slot.quote]", "[slot.speaker]"), "a card needs a quote"),
        (("width = 400", "width = 401"), "multiple of 4"),
        (('label = "Small"', "label = "), "line 2"),
        (("smallest = 20", 'smallest = 20\ntakes = "role"'), "there is no slot role"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(PullquoteError, match=r"template\.toml") as refused:
        manifest(tmp_path, GOOD.replace(*change))
    assert complaint in str(refused.value)


def test_a_bad_default_colour_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PullquoteError, match="'paper' is 'white': write it as #rrggbb"):
        manifest(tmp_path, GOOD.replace("#fff", "white")).colours({})


def test_the_page_about_templates_names_every_setting() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/cards.md").read_text("utf-8")
    settings = {*Slot.model_fields, *Manifest.model_fields, *Mix.model_fields}
    assert {name for name in settings if not re.search(rf"\b{name}\b", page)} == set()


@pytest.mark.parametrize("accent", ["#2B59FF", "#C2410C", "#0B7A75", "#7C3AED", "#D6006C"])
def test_no_ordinary_accent_makes_a_soft_colour_of_ours_too_faint(accent: str) -> None:
    for file in (default_templates() / "cards").glob("*/template.toml"):
        colours = read(file.parent).colours({"paper": "#F4F7FF", "ink": "#0A1A44", "accent": accent})
        grounds = {"carousel": "accent", "fact": "ink", "photo": "shade", "quiet": "white"}
        soft, ground = colours.get("soft"), colours[grounds.get(file.parent.name, "paper")]
        behind = luminance(ground)
        assert soft is None or worst(soft, (behind, behind)) >= 4.5, file.parent.name
