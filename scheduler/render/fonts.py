"""The faces of a text: its role's own, then those that lend the glyphs that it lacks. None is opened before a text
needs it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import regex
import uharfbuzz as hb

from scheduler.render import woff
from scheduler.render.font_families import FAMILIES, SCRIPTS, Script
from scheduler.render.layout.east_asian import is_traditional
from scheduler.render.layout.face import Face

EMOJI = Path(__file__).parent / "_fonts" / "NotoColorEmoji.woff"  # from npm, by hatch_build.py

_EMOJI_SCALE = 0.86
_EMOJI_CHARACTERS = regex.compile(r"\p{Emoji}(?<![0-9#*©®™])|[0-9#*]\uFE0F?\u20E3|[©®™]\uFE0F|\p{RI}")
_REGULAR = 400
_BOLDER = 0.0001  # ems for each step of weight, of a font that has one only
_CORNERS = "[「」『』]"
_STURDIER = 0.018  # ems
_HANGUL, _KANA = regex.compile(r"\p{sc=Hang}"), regex.compile(r"[\p{sc=Hira}\p{sc=Kana}]")


def faces(role: str, weight: int, text: str = "", language: str = "") -> tuple[Face, ...]:
    """In the order that suits the text."""
    return _stack(role, weight, _east_asian(text, language))


def remedy(characters: Sequence[str]) -> str:
    """What to do about characters that no font here has."""
    for script in SCRIPTS:
        if not installed(script) and any(regex.search(script.letters, each) for each in characters):
            wanted = f"pullquote[{script.extra}]" if script.extra else script.package.replace("_", "-")
            return f"install {wanted}, or leave that out"
    return "leave that out"


def without() -> list[str]:
    """The fonts that are not here, by name."""
    lacking = [script.names.sans for script in SCRIPTS if not installed(script)]
    return lacking if EMOJI.exists() else [*lacking, "Noto Color Emoji"]


def installed(script: Script) -> bool:
    return find_spec(script.package) is not None


@lru_cache(64)
def _stack(role: str, weight: int, east_asian: str) -> tuple[Face, ...]:
    roles = [role, *(other for other in FAMILIES if other != role)]
    return (*(_cut(each, weight) for each in roles), *_lent(role, weight, east_asian))


def _lent(role: str, weight: int, east_asian: str) -> Iterator[Face]:
    here = [script for script in SCRIPTS if installed(script)]
    here.sort(key=lambda script: east_asian not in script.languages)
    if role == "serif":
        yield from (_corners(script, weight) for script in here if script.of_one_weight)
    yield from (_of_script(script, role, weight) for script in here)
    if EMOJI.exists():
        yield _emoji()


def _east_asian(text: str, language: str) -> str:
    """The language whose forms of the shared characters are meant: the tag's, or what the text gives away."""
    if is_traditional(language):
        return "zh-hant"
    if (main := language.lower().replace("_", "-").split("-")[0]) in {"ja", "ko", "zh"}:
        return main
    if _KANA.search(text):
        return "ja"
    return "ko" if _HANGUL.search(text) else "zh"


@lru_cache(64)
def _cut(role: str, weight: int) -> Face:
    family = FAMILIES[role]
    variations = {"wght": weight, "opsz": family.optical_size}
    return Face(lambda: _packaged(family.package, "files", family.file), variations)


@lru_cache(64)
def _of_script(script: Script, role: str, weight: int) -> Face:
    file = script.files.serif if role == "serif" else script.files.sans
    others = f"(?!{_CORNERS})" if role == "serif" else ""
    return Face(
        lambda: _packaged(script.package, file),
        {"wght": weight},
        scripts=regex.compile(rf"{others}(?:{script.characters})"),
        scale=script.scale,
        leading=script.leading,
        bolder=_bolder(script, weight),
    )


@lru_cache(64)
def _corners(script: Script, weight: int) -> Face:
    """The corner brackets alone: in the serif they are hairlines beside its letters."""
    return Face(
        lambda: _packaged(script.package, script.files.serif),
        {},
        scripts=regex.compile(_CORNERS),
        scale=script.scale,
        leading=script.leading,
        bolder=_STURDIER + _bolder(script, weight),
    )


def _bolder(script: Script, weight: int) -> float:
    return max(0, weight - _REGULAR) * _BOLDER if script.of_one_weight else 0.0


@cache
def _emoji() -> Face:
    return Face(_unpacked_emoji, {}, scripts=_EMOJI_CHARACTERS, scale=_EMOJI_SCALE, colour=True)


@cache
def _unpacked_emoji() -> hb.Face:
    """Without its SVG table, which says once more, in twenty megabytes, what its COLR table says."""
    return hb.Face(hb.Blob(woff.unpacked(EMOJI.read_bytes(), leave=frozenset({b"SVG "}))))


@cache
def _packaged(package: str, *file: str) -> hb.Face:
    with resources.as_file(resources.files(package).joinpath(*file)) as path:
        return hb.Face(hb.Blob.from_file_path(str(path)))  # mapped, not read: the large ones are used in part
