"""Art that was drawn before, kept on disk: the first card after a restart is as fast as the next one.

It can be deleted at any time. What cannot be read, or was damaged, is as if it were not there.
"""

from __future__ import annotations

import hashlib
import logging
import os
import struct
import tempfile
from contextlib import suppress
from pathlib import Path

from PIL import Image
from zlib_ng import zlib_ng

from scheduler.render.card_key import drawing_digest

log = logging.getLogger(__name__)

MOST = 64_000_000  # bytes on disk: some hundreds of drawings
_HEADER = struct.Struct(">4sII")
_MARK = b"PQA1"
_LARGEST = 4096 * 4096 * 4  # bytes of pixels


class ArtCache:
    def __init__(self, folder: Path, most: int = MOST):
        self._folder = folder
        self._most = most

    def get(self, svg: str) -> Image.Image | None:
        """The pixels of a drawing, RGBA."""
        file = self._file(svg)
        try:
            data = file.read_bytes()
        except OSError:
            return None
        image = _unpacked(data)
        with suppress(OSError):
            file.unlink() if image is None else os.utime(file)  # what was used last goes last
        return image

    def put(self, svg: str, image: Image.Image) -> None:
        """A disk that is full or read-only costs the next start some time, and nothing else."""
        try:
            self._write(self._file(svg), _packed(image))
        except OSError as wrong:
            log.info("Drawings are not kept in %s: %s", self._folder, wrong.strerror)

    def _file(self, svg: str) -> Path:
        digest = hashlib.sha256(f"{drawing_digest()}\n{svg}".encode("utf-8", "surrogatepass")).hexdigest()
        return self._folder / f"{digest}.art"

    def _write(self, file: Path, data: bytes) -> None:
        """Whole or not at all: another process may read it meanwhile."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._make_room(len(data))
        handle, name = tempfile.mkstemp(suffix=".part", dir=self._folder)
        try:
            with os.fdopen(handle, "wb") as part:
                part.write(data)
            Path(name).replace(file)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self, size: int) -> None:
        found = sorted(_stamped(self._folder))
        over = sum(each for _, each, _ in found) + size - self._most
        for _, freed, file in found:
            if over <= 0:
                return
            file.unlink(missing_ok=True)
            over -= freed


def _stamped(folder: Path) -> list[tuple[int, int, Path]]:
    """When each was used last, and its bytes. Another process may be deleting them."""
    files = []
    for file in folder.iterdir():
        with suppress(FileNotFoundError):
            stat = file.stat()
            files.append((stat.st_mtime_ns, stat.st_size, file))
    return files


def _packed(image: Image.Image) -> bytes:
    return _HEADER.pack(_MARK, *image.size) + zlib_ng.compress(image.tobytes(), 1)


def _unpacked(data: bytes) -> Image.Image | None:
    """None where it is damaged: the stream holds a checksum of the pixels."""
    try:
        mark, width, height = _HEADER.unpack_from(data)
        stream = zlib_ng.decompressobj()
        pixels = stream.decompress(data[_HEADER.size :], _LARGEST)
    except (struct.error, zlib_ng.error):  # type: ignore[misc]  # its stub says it is an instance
        return None
    if mark != _MARK or not stream.eof or len(pixels) != width * height * 4:
        return None
    return Image.frombytes("RGBA", (width, height), pixels)
