"""Whole drawings as Figma and Inkscape export them, without a line changed by hand."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
from PIL import Image

from scheduler.render.card_check import check
from scheduler.render.cards import CardRenderer, CardText
from scheduler.render.photo import Picture, receive

TEXT = CardText("We never asked the people who live here.", "Dana Okafor", outlet="The Harbour Ledger")
TOML = """\
label = "Exported"
[brand]
paper = "#FDF6E3"
ink = "#102030"
[sizes.square]
width = 1080
height = 1080
[sizes.small]
width = 540
height = 540
like = "square"
[slot.quote]
font = "serif"
color = "ink"
smallest = 32
largest = 90
[slot.speaker]
font = "sans"
color = "ink"
smallest = 22
largest = 36
lines = 1
"""


def picture(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (40, 40), colour).save(data, "PNG")
    return data.getvalue()


FIGMA = f"""\
<svg width="1080" height="1080" viewBox="0 0 1080 1080" fill="none" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">
<g id="Quote card" clip-path="url(#clip0_12_34)">
<rect width="1080" height="1080" fill="#FDF6E3"/>
<rect id="texture" opacity="0.5" width="1080" height="200" fill="url(#pattern0_12_34)"/>
<g id="shadow" filter="url(#filter0_d_12_34)" style="mix-blend-mode:multiply">
<rect x="80" y="240" width="920" height="8" rx="4" fill="#E0B040"/>
</g>
<g id="if:portrait">
<circle id="slot:portrait" cx="140" cy="900" r="60" fill="#D9D9D9"/>
</g>
<rect id="slot:quote" x="96" y="300" width="888" height="460" fill="#D9D9D9" fill-opacity="0.2"/>
<rect id="slot:speaker" x="240" y="870" width="744" height="48" fill="#D9D9D9"/>
<path id="frame" d="M20 20H1060V1060H20V20Z" stroke="#102030" stroke-width="4"/>
</g>
<defs>
<pattern id="pattern0_12_34" patternContentUnits="objectBoundingBox" width="1" height="1">
<use xlink:href="#image0_12_34" transform="scale(0.025)"/>
</pattern>
<filter id="filter0_d_12_34" x="70" y="236" width="940" height="28" filterUnits="userSpaceOnUse" color-interpolation-filters="sRGB">
<feFlood flood-opacity="0" result="BackgroundImageFix"/>
<feColorMatrix in="SourceAlpha" type="matrix" values="0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 127 0" result="hardAlpha"/>
<feOffset dy="4"/>
<feGaussianBlur stdDeviation="4"/>
<feBlend mode="normal" in="SourceGraphic" in2="BackgroundImageFix" result="shape"/>
</filter>
<clipPath id="clip0_12_34">
<rect width="1080" height="1080" fill="white"/>
</clipPath>
<image id="image0_12_34" width="40" height="40" preserveAspectRatio="none" xlink:href="data:image/png;base64,{base64.b64encode(picture("#408020")).decode()}"/>
</defs>
</svg>
"""  # noqa: E501

INKSCAPE = """\
<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape (http://www.inkscape.org/) -->

<svg
   width="285.75mm"
   height="285.75mm"
   viewBox="0 0 285.75 285.75"
   version="1.1"
   id="svg1"
   inkscape:version="1.4"
   sodipodi:docname="card.svg"
   xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
   xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
   xmlns="http://www.w3.org/2000/svg"
   xmlns:svg="http://www.w3.org/2000/svg">
  <sodipodi:namedview
     id="namedview1"
     pagecolor="#ffffff"
     inkscape:document-units="px" />
  <defs
     id="defs1">
    <style
       id="style1">.paper { fill: #fdf6e3 } .bar { fill: url('#g') }</style>
    <linearGradient
       id="g">
      <stop style="stop-color:#e0b040" offset="0" />
      <stop style="stop-color:#102030" offset="1" />
    </linearGradient>
  </defs>
  <g
     inkscape:label="Layer 1"
     inkscape:groupmode="layer"
     id="layer1"
     transform="translate(-10,-20)">
    <rect
       class="paper"
       id="rect1"
       width="285.75"
       height="285.75"
       x="10"
       y="20" />
    <rect
       class="bar"
       id="rect2"
       width="285.75"
       height="4"
       x="10"
       y="20" />
    <rect
       style="fill:#d9d9d9;stroke-width:0.26"
       id="rect3"
       width="234.95"
       height="121.7"
       x="35.4"
       y="99.375"
       inkscape:label="slot:quote" />
    <rect
       style="fill:#d9d9d9"
       id="rect4"
       width="234.95"
       height="12.7"
       x="35.4"
       y="250"
       inkscape:label="slot:speaker" />
  </g>
</svg>
"""


def made(folder: Path, svg: str) -> CardRenderer:
    template = folder / "mine"
    template.mkdir()
    (template / "card.svg").write_text(svg, "utf-8")
    (template / "template.toml").write_text(TOML, "utf-8")
    assert check(template) == []
    return CardRenderer([folder])


def drawn(cards: CardRenderer, size: str = "square", **pictures: Picture) -> Image.Image:
    return Image.open(io.BytesIO(cards.render("mine", size, TEXT, {}, pictures).data)).convert("RGB")


def test_a_frame_of_figma(tmp_path: Path) -> None:
    cards = made(tmp_path, FIGMA)
    card = drawn(cards, portrait=receive(picture("#c02020"), "face.png"))
    red = card.getpixel((140, 900))
    assert isinstance(red, tuple)
    assert red[0] > 150 > 80 > red[1]
    assert card.getpixel((20, 500)) == (0x10, 0x20, 0x30)  # what is drawn last lies above
    assert card.getpixel((500, 100)) != (0xFD, 0xF6, 0xE3)  # the texture
    assert card.getpixel((140, 830)) == (0xFD, 0xF6, 0xE3)  # the corner of the circle
    assert drawn(cards).getpixel((140, 900)) == (0xFD, 0xF6, 0xE3)
    assert (np.asarray(card)[300:760, 96:984].min(axis=2) < 60).any()  # the quote


def test_a_page_of_inkscape_in_millimetres(tmp_path: Path) -> None:
    cards = made(tmp_path, INKSCAPE)
    for size, pixels in (("square", 1080), ("small", 540)):
        card = drawn(cards, size)
        assert card.size == (pixels, pixels)
        left, right = (card.getpixel((x, 4)) for x in (4, pixels - 4))
        assert left != right
        ink = np.asarray(card).astype(int).min(axis=2) < 60
        rows = np.flatnonzero(ink[pixels // 20 :].any(axis=1)) + pixels // 20
        assert rows.min() >= pixels * 300 / 1080
        assert np.flatnonzero(ink[rows.min() :].any(axis=0)).min() >= pixels * 94 / 1080
