"""What a card depends on, as one key: two cards with the same key are the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

#: What turns a text into pixels and those into bytes, and the fonts.
_LIBRARIES = ("numpy", "pillow", "resvg-py", "svg2png-py", "uharfbuzz", "zlib-ng")
_FONTS = "font"  # how the distributions begin that hold fonts


def key(folder: Path, inputs: Mapping[str, Any]) -> str:
    """Over every file of the template in `folder`, over `inputs`, our own code and the libraries'."""
    parts = {"files": files_digest(folder), "drawing": drawing_digest(), **inputs}
    plain = json.dumps(parts, sort_keys=True, default=_plain, ensure_ascii=False)
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def files_digest(folder: Path) -> str:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    stamps = ((file, found.st_mtime_ns, found.st_size) for file in files for found in [file.stat()])
    digests = [f"{file.relative_to(folder)} {_file_digest(file, *stamp)}" for file, *stamp in stamps]
    return hashlib.sha256("\n".join(digests).encode()).hexdigest()


@lru_cache(256)
def _file_digest(file: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def drawing_digest() -> str:
    """Changes with whatever may change the pixels."""
    here = Path(__file__).parent
    ours = {str(file.relative_to(here)): _file_digest(file, 0, 0) for file in sorted(here.rglob("*.py"))}
    return hashlib.sha256(json.dumps([ours, _versions()], sort_keys=True).encode()).hexdigest()


def _versions() -> dict[str, str]:
    """Of the libraries, and of the fonts that we require."""
    required = (re.match(r"[\w.-]+", line) for line in metadata.requires("pullquote") or ())
    fonts = {name[0] for name in required if name and name[0].startswith(_FONTS)}
    return {name: _version(name) for name in sorted(fonts.union(_LIBRARIES))}


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:  # an optional one
        return ""


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: getattr(value, each.name) for each in fields(value)}
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{value!r} has no place in a key")
