"""pullquote brand, as a person types it."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from PIL import Image

from tests.cli.conftest import ARTICLE, Pullquote

INTER = resources.files("fontpkg_inter").joinpath("files", "Inter[opsz,wght].ttf").read_bytes()


def test_a_brand_is_put_together_and_shown(pullquote: Pullquote) -> None:
    Image.new("RGB", (600, 200), "#123456").save("logo.png")
    Image.new("RGB", (1200, 900), "#654321").save("harbour.jpg")
    Path("own.ttf").write_bytes(INTER)
    pullquote("brand", "set", "paper=#ffffff", "accent=#b00020")
    assert "The logo is set: 600 × 200 pixels" in pullquote("brand", "logo", "logo.png").stdout
    pullquote("brand", "logo", "logo.png", "--dark")
    pullquote("brand", "background", "harbour", "harbour.jpg", "--focus", "30% 60%")
    pullquote("brand", "portrait", "Dana Okafor", "harbour.jpg")
    said = pullquote("brand", "font", "sans", "own.ttf").stdout
    assert "Inter is the font for sans now. Licence: This Font" in said
    shown = pullquote.json("brand", "show")
    assert shown["values"] == {"name": "The Ledger", "paper": "#ffffff", "accent": "#b00020"}
    files = {(each["look"], each["name"]): each for each in shown["files"]}
    assert set(files) == {
        ("logo", ""),
        ("logo_dark", ""),
        ("background", "harbour"),
        ("portrait", "dana okafor"),
        ("font", "sans"),
    }
    assert files["background", "harbour"]["focus"] == [0.3, 0.6]
    assert files["font", "sans"]["licence"].startswith("This Font Software")
    text = pullquote("brand", "show").stdout
    assert "Dana Okafor" in text
    assert "Inter (sans)" in text


def test_what_is_taken_away_is_gone(pullquote: Pullquote) -> None:
    Image.new("RGB", (60, 20)).save("logo.png")
    pullquote("brand", "logo", "logo.png")
    pullquote("brand", "logo", "--remove")
    assert pullquote.json("brand", "show")["files"] == []
    assert pullquote.refused("brand", "logo", "--remove").startswith("There is no logo")
    assert pullquote.refused("brand", "portrait", "Nobody", "--remove").startswith(
        "There is no portrait of Nobody"
    )


def test_what_is_wrong_is_said_in_a_sentence(pullquote: Pullquote) -> None:
    Path("logo.svg").write_text("<svg/>")
    Path("font.ttf").write_bytes(b"hello")
    assert pullquote.refused("brand", "logo") == "Say which file, or --remove to take it away."
    assert pullquote.refused("brand", "logo", "logo.svg").startswith("logo.svg is an SVG")
    assert "cannot be read (No such file" in pullquote.refused("brand", "logo", "none.png")
    assert pullquote.refused("brand", "font", "sans", "font.ttf").startswith("font.ttf is no font")
    assert "write it as 30% 40%" in pullquote.refused(
        "brand", "background", "x", "logo.svg", "--focus", "left"
    )
    assert "is no colour" in pullquote.refused("brand", "set", "ink=red")
    assert "cannot be read on its paper" in pullquote.refused("brand", "set", "ink=#dddddd")
    assert pullquote.json("brand", "show")["values"] == {"name": "The Ledger"}


def test_an_article_has_a_photo_of_its_own(made: Pullquote) -> None:
    Image.new("RGB", (600, 400), "#123456").save("river.jpg")
    assert "The photo of article 1 is set: 600 × 400" in made("brand", "photo", "1", "river.jpg").stdout
    assert made.refused("brand", "photo", "9", "river.jpg").startswith("There is no article 9")
    assert made.refused("brand", "photo", "1", "--from-page").startswith("Article 1 has no address")
    made("brand", "photo", "1", "--remove")
    assert made.json("brand", "show")["files"] == []


def test_a_photo_from_an_address_of_our_own_network_is_not_fetched(pullquote: Pullquote) -> None:
    Path("pullquote.toml").write_text("")
    Path("river.md").write_text("---\nurl: http://127.0.0.1:9/river\n---\n" + ARTICLE, encoding="utf-8")
    pullquote("add", "river.md")
    assert "is not a public address" in pullquote.refused("brand", "photo", "1", "--from-page")
