"""What a designer is told about a template."""

from __future__ import annotations

from pathlib import Path

import pytest

from scheduler.render.card_check import check
from scheduler.render.card_safety import Problem
from scheduler.render.environment import default_templates

OURS = sorted((default_templates() / "cards").iterdir())
TOML = """\
label = "Mine"

[brand]
paper = "#ffffff"
ink = "#000000"

[sizes.square]
width = 400
height = 400

[slot.quote]
font = "serif"
color = "ink"
smallest = 20
largest = 40
"""
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">
  <rect width="400" height="400" fill="{{ brand.paper }}"/>
  <rect id="slot:quote" x="20" y="20" width="360" height="300"/>
</svg>
"""


def problems(folder: Path, toml: str = TOML, svg: str = SVG) -> list[Problem]:
    (folder / "template.toml").write_text(toml, "utf-8")
    (folder / "card.svg").write_text(svg, "utf-8")
    return check(folder)


@pytest.mark.parametrize("template", OURS, ids=lambda path: path.name)
def test_nothing_is_wrong_with_ours(template: Path) -> None:
    assert check(template) == []


def test_nothing_is_wrong_with_a_small_one(tmp_path: Path) -> None:
    assert problems(tmp_path) == []


@pytest.mark.parametrize(
    ("change", "file", "line", "what"),
    [
        (("smallest = 20", "smallest = 8"), "template.toml", 14, "slot.quote.smallest: input should be greater"),
        (('font = "serif"', 'font = "comic"'), "template.toml", 12, "slot.quote.font"),
        (("largest = 40", "largest = 40\nlargets = 40"), "template.toml", 16, "slot.quote.largets: extra"),
        (("width = 400\nheight", "height"), "template.toml", 7, "sizes.square.width: field required"),
        (('color = "ink"', 'color = "gold"'), "template.toml", 11, "slot.quote"),
        (('ink = "#000000"', 'ink = "black"'), "template.toml", 3, "'black'"),
        (('ink = "#000000"', "ink = "), "template.toml", 5, "no TOML"),
        (('ink = "#000000"', 'ink = "#eeeeee"'), "template.toml", 0, "stands out only 1.2:1"),
        (("[slot.quote]", "[slot.role]\nfont='sans'\ncolor='ink'\nsmallest=20\nlargest=20\n[slot.quote]"),
         "template.toml", 11, "slot.role is in no drawing"),
        (('  <rect id="slot:quote"', '  <text/>\n  <script/>\n  <rect id="slot:quote"'), "card.svg", 3, "<text>"),
        (('  <rect id="slot:quote"', "  <rect id='slot:role' width='9' height='9'/>\n  <rect id='slot:quote'"),
         "card.svg", 0, "slot:role is not in template.toml"),
        (('id="slot:quote"', ""), "card.svg", 0, "no slot:quote at the size square"),
        (("brand.paper", "brand.papier"), "card.svg", 2, "papier"),
        (('width="400" height="400" fill', 'width="300" height="400" fill'), "card.svg", 0, "not painted everywhere"),
    ],
)  # fmt: skip
def test_each_problem_has_its_line(
    tmp_path: Path, change: tuple[str, str], file: str, line: int, what: str
) -> None:
    found = problems(tmp_path, TOML.replace(*change), SVG.replace(*change))
    assert found, "nothing was found"
    named = [each for each in found if (each.file, each.line) == (file, line) and what in each.what]
    assert named, found
    assert all(each.todo for each in found)


def test_all_of_a_drawing_s_problems_are_told_at_once(tmp_path: Path) -> None:
    svg = SVG.replace("  <rect id", '  <text/>\n  <script/>\n  <image href="/etc/passwd"/>\n  <rect id')
    assert [each.line for each in problems(tmp_path, svg=svg)] == [3, 4, 5]


def test_a_part_that_is_only_shown_without_a_photo_is_judged_too(tmp_path: Path) -> None:
    hidden = '<g id="unless:photo"><rect id="slot:quote" width="500" height="20"/></g><g id="if:photo">'
    svg = SVG.replace("  <rect id", hidden + "<rect id").replace("</svg>", "</g></svg>")
    (found,) = problems(tmp_path, svg=svg)
    assert (found.line, "over the edge" in found.what) == (3, True)


def test_files_that_are_none(tmp_path: Path) -> None:
    assert "there is no template.toml" in check(tmp_path)[0].what
    (tmp_path / "template.toml").write_text(TOML)
    assert "there is no drawing of that name" in check(tmp_path)[0].what
    (tmp_path / "card.svg").write_bytes(b"\xff\xfe<svg/>")
    assert "not UTF-8" in check(tmp_path)[0].what
    (tmp_path / "template.toml").write_bytes(b"\xff")
    assert "not UTF-8" in check(tmp_path)[0].what


def test_a_drawing_of_another_shape_is_told_the_size_of_the_card(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, svg=SVG.replace("0 0 400 400", "0 0 400 300"))
    assert found.what == "it is 400 × 300, and the card 400 × 400"
    assert "card@9x16.svg" in found.todo
