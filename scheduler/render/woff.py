"""WOFF 1.0 to OpenType: what browsers are sent, unpacked. The format is the W3C's recommendation of 2012."""

from __future__ import annotations

import struct
import zlib
from typing import NamedTuple

_HEADER, _ENTRY = 44, 20


class _Table(NamedTuple):
    tag: bytes
    checksum: int
    data: bytes


def unpacked(packed: bytes, leave: frozenset[bytes] = frozenset()) -> bytes:
    """The font, but for the tables to `leave`."""
    flavour, count = packed[4:8], int.from_bytes(packed[12:14], "big")
    if packed[:4] != b"wOFF":
        raise ValueError("this is no WOFF file")
    entries = [_HEADER + _ENTRY * number for number in range(count)]
    tables = [_table(packed, entry) for entry in entries if packed[entry : entry + 4] not in leave]
    return _font(flavour, tables)


def _table(packed: bytes, entry: int) -> _Table:
    tag, offset, packed_length, length, checksum = struct.unpack_from(">4sIIII", packed, entry)
    data = packed[offset : offset + packed_length]
    return _Table(tag, checksum, zlib.decompress(data) if packed_length < length else data)


def _font(flavour: bytes, tables: list[_Table]) -> bytes:
    power = len(tables).bit_length() - 1
    header = struct.pack(
        ">4sHHHH", flavour, len(tables), 16 << power, power, 16 * len(tables) - (16 << power)
    )
    at = len(header) + 16 * len(tables)
    entries, bodies = [], []
    for tag, checksum, data in tables:
        entries.append(struct.pack(">4sIII", tag, checksum, at, len(data)))
        bodies.append(data + bytes(-len(data) % 4))
        at += len(bodies[-1])
    return b"".join([header, *entries, *bodies])
