"""The packages have the fonts, and the licence that lets us use them."""

from __future__ import annotations

from importlib.metadata import distribution
from pathlib import Path

import pytest
import regex

from scheduler.render import fonts
from scheduler.render.font_families import FAMILIES, SCRIPTS, Script

PAGE = Path(__file__).parents[2] / "docs/reference/fonts.md"
SAMPLES = {"ar": "ع", "he": "ש", "hi": "क", "th": "ก", "jp": "川", "zh_cn": "桥", "zh_tw": "橋", "ko": "강"}

scripts = pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.package)


def there(script: Script) -> Script:
    if not fonts.installed(script):
        pytest.skip(f"{script.package} is not installed")
    return script


@pytest.mark.parametrize("role", FAMILIES)
def test_a_role_s_own_face_comes_first(role: str) -> None:
    own, other, *_ = fonts.faces(role, 400)
    assert own is not other
    assert own.ascent > own.cap_height > 0.6 > own.descent > 0


def test_weight_makes_another_cut() -> None:
    regular, bold = (
        fonts.faces("sans", weight)[0].shape("m", 0, 1, "en")[0].advance for weight in (400, 700)
    )
    assert bold > regular


@scripts
@pytest.mark.parametrize("role", FAMILIES)
def test_a_script_has_a_serif_and_a_sans(script: Script, role: str) -> None:
    letter = SAMPLES[there(script).package.removeprefix("pylopdf_fonts_")]
    language = script.languages[0] if script.languages else ""
    face = next(face for face in fonts.faces(role, 400, letter, language) if face.shows(letter))
    font = face.font.face
    assert (script.files.serif if role == "serif" else script.files.sans).startswith("Noto")
    assert font.glyph_count > 100
    assert face.leading == script.leading
    assert face.shape(letter, 0, 1, language)[0].glyphs[0].id


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("ja", "川", "JP"),
        ("zh-Hans", "川", "SC"),
        ("zh_CN", "川", "SC"),
        ("zh-Hant", "川", "TC"),
        ("zh-TW", "川", "TC"),
        ("zh-Hant-HK", "川", "TC"),
        ("ko", "川", "KR"),
        ("en", "川が", "JP"),
        ("en", "川 강", "KR"),
        ("en", "川", "SC"),
    ],
)
def test_shared_characters_have_the_forms_of_the_language(language: str, text: str, first: str) -> None:
    tag = fonts._east_asian(text, language)
    assert next(script for script in SCRIPTS if tag in script.languages).names.sans.endswith(first)


@pytest.mark.parametrize("mark", "「」『』")
def test_corner_brackets_are_no_hairlines_beside_serif_letters(mark: str) -> None:
    there(next(script for script in SCRIPTS if script.extra))
    serif, sans = fonts.faces("serif", 400, "川が", "ja"), fonts.faces("sans", 400, "川が", "ja")
    (letter,) = [next(face for face in serif if face.shows("川"))]
    corner = next(face for face in serif if face.shows(mark))
    assert corner is not letter
    assert corner.font.synthetic_bold[0] > letter.font.synthetic_bold[0]
    assert corner.shape(mark, 0, 1, "ja")[0].advance == letter.shape(mark, 0, 1, "ja")[0].advance
    plain = next(face for face in sans if face.shows(mark))
    assert plain is next(face for face in sans if face.shows("川"))


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("川", "install pullquote[cjk], or leave that out"),
        ("ع", "install pylopdf-fonts-ar, or leave that out"),
        ("ཀ", "leave that out"),
    ],
)
def test_what_is_not_installed_is_named(missing: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "installed", lambda script: False)
    assert fonts.remedy(["ཁ", missing]) == said


def test_what_is_not_here_is_listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "installed", lambda script: not script.extra)
    monkeypatch.setattr(fonts, "EMOJI", tmp_path / "none.woff")
    assert fonts.without() == [
        "Noto Sans JP",
        "Noto Sans SC",
        "Noto Sans TC",
        "Noto Sans KR",
        "Noto Color Emoji",
    ]


def test_no_script_asks_for_latin_letters() -> None:
    for script in SCRIPTS:
        assert not regex.search(script.characters, "Az09é")


@pytest.mark.parametrize("package", [*(f.package for f in FAMILIES.values()), *(s.package for s in SCRIPTS)])
def test_the_font_is_under_the_open_font_licence(package: str) -> None:
    if package in {script.package for script in SCRIPTS}:
        there(next(script for script in SCRIPTS if script.package == package))
    files = distribution(package).files or []
    licence = next(file for file in files if file.name == "LICENSE" and "licenses" in file.parts)
    assert "SIL Open Font License, Version 1.1" in " ".join(licence.read_text("utf-8").split())


def test_the_emoji_are_under_the_open_font_licence() -> None:
    if not fonts.EMOJI.exists():
        pytest.skip("the emoji have not been fetched")
    licence = " ".join(fonts.EMOJI.with_suffix(".LICENSE").read_text("utf-8").split())
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Reserved Font Name" not in licence.split("PREAMBLE", maxsplit=1)[0]


def test_the_page_about_fonts_is_true() -> None:
    rows = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")]
    for role, family in FAMILIES.items():
        row = next(row for row in rows if row.startswith(f"| `{role}` |"))
        assert {family.name, f"`{family.package.replace('_', '-')}`"} <= {
            cell.split(",")[0].strip() for cell in row.split("|")
        }
    for script in SCRIPTS:
        row = next(row for row in rows if f"`{script.package.replace('_', '-')}`" in row)
        assert all(name in row for name in script.names)
        assert (f"`pullquote[{script.extra}]`" in row) == bool(script.extra)
