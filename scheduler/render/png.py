"""PNG, written fast: each row less the one above it, and only runs compressed.

On flat art that is several times as fast as a general encoder, for half as many bytes more.
"""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt
from zlib_ng import zlib_ng

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2  # the filter: a byte is the difference to the one above
_RGB = 2

Bytes = npt.NDArray[np.uint8]


def scratch_for(width: int, height: int) -> Bytes:
    """Memory for `encode`, to be used again and again: fresh megabytes cost thousands of page faults."""
    return np.empty(height * (1 + 3 * width), np.uint8)


def encode(pixels: Bytes, scratch: Bytes) -> bytes:
    """`pixels` is height × width × 3; `scratch` comes from `scratch_for` this size or a larger one."""
    height, width, _ = pixels.shape
    rows = scratch[: height * (1 + 3 * width)].reshape(height, 1 + 3 * width)
    lines = pixels.reshape(height, 3 * width)
    rows[:, 0] = _UP
    rows[0, 1:] = lines[0]
    np.subtract(lines[1:], lines[:-1], out=rows[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)
    return b"".join(
        [_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", deflate(rows)), _chunk(b"IEND", b"")]
    )


def deflate(rows: Bytes) -> bytes:
    """Only its runs compressed."""
    # Z_RLE gives the same bytes on every processor; levels do not.
    deflate = zlib_ng.compressobj(1, zlib.DEFLATED, 15, 9, zlib.Z_RLE)
    return deflate.compress(rows) + deflate.flush()


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib_ng.crc32(data, zlib_ng.crc32(kind))
    return b"".join([struct.pack(">I", len(data)), kind, data, struct.pack(">I", check)])
