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
from scheduler.render.contrast import Colour
from scheduler.render.layout.fit import Manner

FILE = "template.toml"

TextName = Literal["quote", "speaker", "role", "outlet", "title", "figure", "counter"]
PictureName = Literal["photo", "portrait", "logo"]
Leading = Annotated[float, Field(ge=1, le=2)]
Weight = Annotated[int, Field(ge=100, le=900, multiple_of=10)]

_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Mix(_Strict):
    """A colour made of two others, so that a brand need only name those."""

    of: str
    on: str
    share: float = Field(ge=0, le=1)  # of the first


class Size(BaseModel):
    """Every further number is a variable of the drawing."""

    model_config = ConfigDict(extra="allow", frozen=True)
    __pydantic_extra__: dict[str, float]

    width: int = Field(ge=200, le=4096, multiple_of=4)  # pixels; HarfBuzz pads rows to four bytes
    height: int = Field(ge=200, le=4096)

    @property
    def numbers(self) -> dict[str, float]:
        return self.model_dump()


class Slot(_Strict):
    font: Literal["serif", "sans"]
    weight: Weight = 400
    color: str
    mark_color: str = ""  # of the quotation marks, where it is another
    smallest: int = Field(ge=16)  # pixels to the em: the least that can be read
    largest: int | str  # pixels, or the name of the size's number that holds them
    leading: tuple[Leading, Leading] = (1.25, 1.15)  # line heights, in ems, at the smallest and largest size
    lines: int | None = Field(default=None, ge=1)  # at most
    align: Literal["left", "right"] = "left"
    valign: Literal["top", "middle", "bottom"] = "top"
    quoted: bool = False  # set within the language's quotation marks
    hang: bool = False  # the opening mark stands in the margin
    overflow: Literal["error", "split", "ellipsis"] = (
        "error"  # where the text is too much even at the smallest
    )
    takes: TextName | None = None  # whose room it may have as well, where that has nothing to say

    def manner(self, size: Size) -> Manner:
        largest = (
            self.largest if isinstance(self.largest, int) else int(size.__pydantic_extra__[self.largest])
        )
        return Manner(self.smallest, largest, self.leading, self.lines, self.align, self.valign)


class Scrim(_Strict):
    """How strongly the drawing's scrim is laid on, where 1 is as it is drawn: as much as the texts need."""

    least: float = Field(default=0, ge=0, le=1)
    most: float = Field(default=1, ge=0, le=1)


class Manifest(_Strict):
    label: str
    about: str = ""
    brand: dict[str, str | Mix]  # colour role -> what it is where the workspace has none
    sizes: dict[str, Size] = Field(min_length=1)
    slot: dict[TextName, Slot] = Field(min_length=1)
    scrim: Scrim = Scrim()

    @model_validator(mode="after")
    def names_exist(self) -> Self:
        _require("quote" in self.slot, "slot: a card needs a quote")
        plain = {role for role, value in self.brand.items() if isinstance(value, str)}
        for role, mix in self.brand.items():
            if isinstance(mix, Mix):
                _require(
                    {mix.of, mix.on} <= plain, f"brand.{role}: mix two colours that are not mixed themselves"
                )
        for name, slot in self.slot.items():
            inks = {slot.color, slot.mark_color or slot.color}
            _require(inks <= self.brand.keys(), f"slot.{name}: its colours must be roles of [brand]")
            _require(
                slot.takes is None or slot.takes in self.slot, f"slot.{name}: there is no slot {slot.takes}"
            )
            for size, numbers in self.sizes.items():
                known = isinstance(slot.largest, int) or slot.largest in numbers.numbers
                _require(known, f"slot.{name}: the size {size} has no number {slot.largest!r}")
        return self

    def colours(self, brand: Mapping[str, str]) -> dict[str, Colour]:
        """Each role's colour: the brand's own, else the template's. What the brand has besides is not ours."""
        _require("quote" in self.slot, "slot: a card needs a quote")
        plain = {role: brand.get(role, value) for role, value in self.brand.items()}
        fixed = {role: _colour(role, value) for role, value in plain.items() if isinstance(value, str)}
        return {
            role: fixed[role]
            if isinstance(value, str)
            else _mixed(fixed[value.of], fixed[value.on], value.share)
            for role, value in plain.items()
        }


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
    except tomllib.TOMLDecodeError as wrong:
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


def _mixed(of: Colour, on: Colour, share: float) -> Colour:
    red, green, blue = (round(b + (a - b) * share) for a, b in zip(of, on, strict=True))
    return red, green, blue
