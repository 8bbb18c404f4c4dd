"""The `template.toml` of a card template: its sizes, its colours, and how text behaves in each slot."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from scheduler.domain.errors import PullquoteError
from scheduler.render.contrast import ENOUGH, ENOUGH_IF_LARGE, Colour, luminance, worst
from scheduler.render.layout.fit import Manner

FILE = "template.toml"

TextName = Literal["quote", "speaker", "role", "outlet", "title", "figure", "counter", "mark"]
PictureName = Literal["photo", "portrait", "logo"]
Valign = Literal["top", "middle", "bottom", "ink"]
Leading = Annotated[float, Field(ge=1, le=2)]
Weight = Annotated[int, Field(ge=100, le=900, multiple_of=10)]

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


_STEPS = 16  # from the share of a mix to the whole


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mix(_Strict):
    """A colour made of two others, so that a brand need only name those."""

    of: str
    on: str
    share: float = Field(ge=0, le=1)  # of the first
    least: float = Field(
        default=1, ge=1, le=21
    )  # contrast with the second: it gets more of the first until then


class Best(_Strict):
    """The first of some colours that can be read on another; else the one that stands out most from it."""

    best: tuple[str, ...] = Field(min_length=2)
    on: str
    least: float = Field(default=ENOUGH, ge=ENOUGH_IF_LARGE, le=21)  # contrast; less will do for large type


class Size(BaseModel):
    """Every further number is a variable of the drawing."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, float]

    width: int = Field(ge=200, le=4096, multiple_of=4)  # pixels; HarfBuzz pads rows to four bytes
    height: int = Field(ge=200, le=4096)
    like: str = ""  # a size of the same shape: this one is drawn as that, and made as large

    @property
    def numbers(self) -> dict[str, float]:
        return self.model_dump(exclude={"like"})


class Slot(_Strict):
    font: Literal["serif", "sans", "display"]
    weight: Weight = 400
    color: str
    mark_color: str = ""  # of the quotation marks, where it is another
    smallest: int = Field(ge=16)  # pixels to the em: the least that can be read
    largest: int | str  # pixels, or the name of the size's number that holds them
    leading: tuple[Leading, Leading] = (1.25, 1.15)  # line heights, in ems, at the smallest and largest size
    lines: int | None = Field(default=None, ge=1)  # at most
    align: Literal["left", "center", "right"] = "left"
    valign: Valign = "top"
    quoted: bool = False  # set within the language's quotation marks
    hang: bool = False  # the opening mark stands in the margin
    overflow: Literal["error", "split", "ellipsis"] = (
        "error"  # where the text is too much even at the smallest
    )
    takes: TextName | None = None  # whose room it may have as well, where that has nothing to say

    def manner(self, size: Size, scale: float = 1) -> Manner:
        """At `size`, made `scale` times as large."""
        largest = (
            self.largest if isinstance(self.largest, int) else int(size.__pydantic_extra__[self.largest])
        )
        sizes = round(self.smallest * scale), round(largest * scale)
        return Manner(*sizes, self.leading, self.lines, self.align, self.valign)


class Scrim(_Strict):
    """How often the drawing's scrim may be laid on, one over the other: as often as the texts need."""

    least: float = Field(default=0.5, ge=0, le=20)
    most: float = Field(default=8, ge=0, le=20)


class Manifest(_Strict):
    label: str
    about: str = ""
    brand: dict[str, str | Mix | Best]  # colour role -> what it is where the workspace has none
    sizes: dict[str, Size] = Field(min_length=1)
    slot: dict[TextName, Slot] = Field(min_length=1)
    mirrored: bool = False  # whether all of it changes sides for a language that is written from the right
    scrim: Scrim = Scrim()

    @model_validator(mode="after")
    def names_exist(self) -> Self:
        _require("quote" in self.slot, "slot: a card needs a quote")
        plain = {role for role, value in self.brand.items() if isinstance(value, str)}
        for role, value in self.brand.items():
            made = plain | {name for name, other in self.brand.items() if isinstance(other, Best)}
            match value:
                case Mix():
                    _require({value.of, value.on} <= made, f"brand.{role}: mix two colours that are no mixes")
                case Best():
                    _require({*value.best, value.on} <= plain, f"brand.{role}: choose from plain colours")
        for name, slot in self.slot.items():
            inks = {slot.color, slot.mark_color or slot.color}
            _require(inks <= self.brand.keys(), f"slot.{name}: its colours must be roles of [brand]")
            _require(
                slot.takes is None or slot.takes in self.slot, f"slot.{name}: there is no slot {slot.takes}"
            )
            for size, numbers in self.drawn.items():
                known = isinstance(slot.largest, int) or slot.largest in numbers.numbers
                _require(known, f"slot.{name}: the size {size} has no number {slot.largest!r}")
        return self

    @model_validator(mode="after")
    def likes_are_alike(self) -> Self:
        for name, size in self.sizes.items():
            if size.like:
                other = self.sizes.get(size.like)
                _require(
                    other is not None and not other.like, f"sizes.{name}: like what is no size of its own"
                )
                shape = size.height / size.width, other.height / other.width if other else 0
                _require(abs(shape[0] - shape[1]) < 0.01, f"sizes.{name}: {size.like} has another shape")
        return self

    @property
    def drawn(self) -> dict[str, Size]:
        """Each size, or the one that it is drawn as."""
        return {name: self.sizes[size.like or name] for name, size in self.sizes.items()}

    def colours(self, brand: Mapping[str, str]) -> dict[str, Colour]:
        """Each role's colour: the brand's own, else the template's. What the brand has besides is not ours."""
        given = {role: brand.get(role, value) for role, value in self.brand.items()}
        found = {role: _colour(role, value) for role, value in given.items() if isinstance(value, str)}
        for role, value in given.items():
            if isinstance(value, Best):
                found[role] = _standing_out(value, found)
        for role, value in given.items():
            if isinstance(value, Mix):
                found[role] = _standing_off(value, found[value.of], found[value.on])
        return {role: found[role] for role in given}


def read_kept(folder: Path) -> Manifest:
    """`read`, once for each version of the file."""
    file = folder / FILE
    return _read_once(folder, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(32)
def _read_once(folder: Path, _version: int) -> Manifest:
    return read(folder)


def read(folder: Path) -> Manifest:
    try:
        return Manifest.model_validate(tomllib.loads((folder / FILE).read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, FileNotFoundError) as wrong:
        raise PullquoteError(f"the template {folder / FILE}: {wrong}") from wrong
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise PullquoteError(f"the template {folder / FILE}: {where} {first['msg']}".strip()) from wrong


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)


def _colour(role: str, value: str) -> Colour:
    if not _HEX.fullmatch(value):
        raise PullquoteError(f"the brand's colour {role!r} is {value!r}: write it as #rrggbb")
    digits = value[1:] if len(value) == 7 else "".join(2 * d for d in value[1:])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def _standing_out(among: Best, found: Mapping[str, Colour]) -> Colour:
    behind = luminance(found[among.on])
    seen = [(worst(found[role], (behind, behind)), found[role]) for role in among.best]
    return next((colour for ratio, colour in seen if ratio >= among.least), max(seen)[1])


def _standing_off(mix: Mix, of: Colour, on: Colour) -> Colour:
    behind = luminance(on)
    steps = (_mixed(of, on, mix.share + (1 - mix.share) * step / _STEPS) for step in range(_STEPS))
    return next((colour for colour in steps if worst(colour, (behind, behind)) >= mix.least), of)


def _mixed(of: Colour, on: Colour, share: float) -> Colour:
    red, green, blue = (round(b + (a - b) * share) for a, b in zip(of, on, strict=True))
    return red, green, blue
