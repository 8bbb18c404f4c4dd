"""The fonts of cards: open families that come as packages, each one variable file with every weight in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import uharfbuzz as hb

from scheduler.render.layout.face import Face


@dataclass(frozen=True)
class Family:
    name: str
    package: str
    file: str
    optical_size: float  # points that the letters are cut for: smaller is sturdier


FAMILIES = {
    "serif": Family("Source Serif 4", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf", 32),
    "sans": Family("Inter", "fontpkg_inter", "Inter[opsz,wght].ttf", 14),
}


@lru_cache(64)
def faces(role: str, weight: int) -> tuple[Face, ...]:
    """The role's own face, then those of the other families for the glyphs that it lacks."""
    roles = [role, *(other for other in FAMILIES if other != role)]
    return tuple(_cut(each, weight) for each in roles)


@lru_cache(64)
def _cut(role: str, weight: int) -> Face:
    return Face(_file(role), {"wght": weight, "opsz": FAMILIES[role].optical_size})


@cache
def _file(role: str) -> hb.Face:
    family = FAMILIES[role]
    return hb.Face(hb.Blob(resources.files(family.package).joinpath("files", family.file).read_bytes()))
