"""A packed font unpacks to what was packed."""

from __future__ import annotations

import struct
import zlib

import pytest

from scheduler.render.woff import unpacked

TABLES = {b"SVG ": b"<svg/>" * 50, b"cmap": b"odd", b"glyf": b"outline" * 40}


def packed() -> bytes:
    at, entries, bodies = 44 + 20 * len(TABLES), [], []
    for tag, data in TABLES.items():
        small = min(zlib.compress(data), data, key=len)
        entries.append(struct.pack(">4sIIII", tag, at, len(small), len(data), 7))
        bodies.append(small)
        at += len(small)
    header = b"wOFF\0\1\0\0" + struct.pack(">IHH", at, len(TABLES), 0) + bytes(28)
    return b"".join([header, *entries, *bodies])


def test_what_is_left_out_goes_and_the_rest_is_whole() -> None:
    font = unpacked(packed(), frozenset({b"SVG "}))
    flavour, count, *search = struct.unpack_from(">4sHHHH", font)
    assert (flavour, count, search) == (b"\0\1\0\0", 2, [32, 1, 0])
    found = {}
    for number in range(count):
        tag, checksum, at, length = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        assert (checksum, at % 4) == (7, 0)
        found[tag] = font[at : at + length]
    assert found == {tag: data for tag, data in TABLES.items() if tag != b"SVG "}


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="no WOFF"):
        unpacked(b"wOF2" + packed()[4:])
