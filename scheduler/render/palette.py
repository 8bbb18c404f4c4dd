"""The colours of a mail, from a brand's: text that can be read on its ground, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.errors import PullquoteError
from scheduler.render.contrast import ENOUGH, Colour, luminance, worst

_HEX = re.compile(r"#[0-9a-fA-F]{6}")
DAY = {"paper": "#fbf9f5", "ink": "#1d1b18", "accent": "#a3341f"}
NIGHT = {"paper": "#161719", "ink": "#ece9e3"}
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


@dataclass(frozen=True)
class Palette:
    """Each as "#rrggbb"."""

    paper: str  # the ground
    ink: str  # text
    muted: str  # small text beside the text
    rule: str  # hairlines
    accent: str  # marks, and the ground of the button
    accent_text: str  # the accent, readable on paper
    on_accent: str  # text on the button


def by_day(brand: Mapping[str, str]) -> Palette:
    """`brand` maps colour roles to "#rrggbb"; paper, ink and accent are used, and ours stand in for others."""
    paper, ink, accent = (_parsed(role, brand.get(role) or DAY[role]) for role in ("paper", "ink", "accent"))
    if _ratio(ink, paper) < ENOUGH:
        raise PullquoteError(
            f"The brand's ink {_hex(ink)} cannot be read on its paper {_hex(paper)}: "
            f"choose two colours with a contrast of at least {ENOUGH}."
        )
    return _palette(paper, ink, accent)


def by_night(brand: Mapping[str, str]) -> Palette:
    """For dark mode: our paper and ink, the brand's accent."""
    accent = _parsed("accent", brand.get("accent") or DAY["accent"])
    return _palette(_parsed("paper", NIGHT["paper"]), _parsed("ink", NIGHT["ink"]), accent)


def _palette(paper: Colour, ink: Colour, accent: Colour) -> Palette:
    return Palette(
        paper=_hex(paper),
        ink=_hex(ink),
        muted=_hex(_readable(_mixed(ink, paper, 0.6), ink, paper)),
        rule=_hex(_mixed(ink, paper, 0.16)),
        accent=_hex(accent),
        accent_text=_hex(_readable(accent, ink, paper)),
        on_accent=_hex(max(WHITE, BLACK, key=lambda text: _ratio(text, accent))),
    )


def _readable(colour: Colour, ink: Colour, paper: Colour) -> Colour:
    """`colour`, moved towards the ink until it can be read on the paper."""
    steps = (_mixed(ink, colour, share / 10) for share in range(11))
    return next((step for step in steps if _ratio(step, paper) >= ENOUGH), ink)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(share * a + (1 - share) * b) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _ratio(text: Colour, ground: Colour) -> float:
    return worst(text, (luminance(ground), luminance(ground)))


def _parsed(role: str, value: str) -> Colour:
    if not _HEX.fullmatch(value):
        raise PullquoteError(f"The brand's {role} “{value}” is no colour: write it as #rrggbb.")
    return int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
