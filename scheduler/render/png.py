"""PNG, written fast: each row less the one above it, and only runs compressed.

On flat art that is several times as fast as a general encoder, for half as many bytes more. A picture is compressed
in bands of rows, each on its own: where a text was set on art, the bands that it does not touch are the art's.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from zlib_ng import zlib_ng

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2  # the filter: a byte is the difference to the one above
_RGB = 2
_BAND = 32  # rows
_START, _END = b"\x78\x01", b"\x03\x00"  # of a zlib stream: its header, and a last block with nothing in it
_ADLER = 65521

Bytes = npt.NDArray[np.uint8]
Rows = tuple[int, int]  # the first one, and the one after the last
Band = tuple[bytes, int]  # compressed, and the Adler-32 of what was
Bands = dict[int, Band]  # by number


def encode(pixels: Bytes, kept: Bands | None = None, changed: Sequence[Rows] = ()) -> bytes:
    """`pixels` is height × width × 3. It makes the same bytes with `kept` as without.

    `kept` has the bands of a picture that is the same but for the rows in `changed`; those that it lacks are added.
    """
    height, width, _ = pixels.shape
    header = struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    data = _stream(pixels.reshape(height, 3 * width), {} if kept is None else kept, changed)
    return b"".join([_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", data), _chunk(b"IEND", b"")])


def _stream(lines: Bytes, kept: Bands, changed: Sequence[Rows]) -> bytes:
    height, width = lines.shape
    filtered = np.empty((_BAND, 1 + width), np.uint8)
    parts, check = [_START], 1
    for number, top in enumerate(range(0, height, _BAND)):
        bottom = min(height, top + _BAND)
        band = None if _touches(top, bottom, changed) else kept.get(number)
        if band is None:
            band = _compressed(_filtered(lines, top, bottom, filtered))
            if not _touches(top, bottom, changed):
                kept[number] = band
        parts.append(band[0])
        check = _joined(check, band[1], (bottom - top) * (1 + width))
    return b"".join([*parts, _END, struct.pack(">I", check)])


def _touches(top: int, bottom: int, changed: Sequence[Rows]) -> bool:
    """Whether one of these rows has changed, or the one above, which the first is the difference to."""
    return any(first < bottom and top <= after for first, after in changed)


def _filtered(lines: Bytes, top: int, bottom: int, into: Bytes) -> Bytes:
    rows = into[: bottom - top]
    rows[:, 0] = _UP
    rows[0, 1:] = lines[top] - lines[top - 1] if top else lines[0]
    np.subtract(lines[top + 1 : bottom], lines[top : bottom - 1], out=rows[1:, 1:])
    return rows


def _compressed(rows: Bytes) -> Band:
    return deflate(rows), zlib_ng.adler32(rows)


def deflate(rows: Bytes) -> bytes:
    """Only its runs compressed, to a whole number of bytes, without a header."""
    # Z_RLE gives the same bytes on every processor; levels do not.
    deflate = zlib_ng.compressobj(1, zlib.DEFLATED, -15, 9, zlib.Z_RLE)
    return deflate.compress(rows) + deflate.flush(zlib.Z_FULL_FLUSH)


def _joined(one: int, other: int, size: int) -> int:
    """The Adler-32 of two pieces, the second of that size."""
    low = (one & 0xFFFF) + (other & 0xFFFF) - 1
    high = (one >> 16) + (other >> 16) + size * ((one & 0xFFFF) - 1)
    return high % _ADLER << 16 | low % _ADLER


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib_ng.crc32(data, zlib_ng.crc32(kind))
    return b"".join([struct.pack(">I", len(data)), kind, data, struct.pack(">I", check)])
