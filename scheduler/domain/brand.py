"""What a workspace looks like: its colours, its logo, its fonts, its photos and the faces of those it quotes."""

from __future__ import annotations

import re
from enum import StrEnum

from scheduler.domain.errors import PullquoteError

COLOURS = ("paper", "ink", "accent")  # roles that every template of ours knows; others are for those of users
FONT_ROLES = ("serif", "sans", "display")  # what a template's slots ask for

_FOCUS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*%\s*,?\s*(\d+(?:\.\d+)?)\s*%\s*")
CENTRE = (0.5, 0.5)


class Look(StrEnum):
    """The kinds of file that a brand has."""

    LOGO = "logo"
    LOGO_DARK = "logo_dark"  # for dark grounds
    FONT = "font"  # one for each role
    BACKGROUND = "background"  # photos for cards of articles that have none
    PORTRAIT = "portrait"  # of a speaker
    PHOTO = "photo"  # of an article, before any background


def focus(text: str) -> tuple[float, float]:
    """What of a photo must stay in sight: "30% 40%" is from the left and from the top."""
    found = _FOCUS.fullmatch(text)
    if found is None or max(float(found[1]), float(found[2])) > 100:
        raise PullquoteError(
            f"{text!r} is no place in a photo: write it as 30% 40%, from the left and the top."
        )
    return float(found[1]) / 100, float(found[2]) / 100


def same_person(name: str) -> str:
    """What two spellings of a name have in common: case and spaces do not tell people apart."""
    return " ".join(name.casefold().split())
