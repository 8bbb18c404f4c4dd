"""Flat art, kept small: of rows that are the same, one. A card of one colour and two bars is a few rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from scheduler.render.contrast import Pixels, Region

_WORTH = 0.5  # of its rows: art that has more different ones is kept as it is


class FlatArt:
    """Pixels that never change, read as an array is: `art[rows, columns]`."""

    def __init__(self, pixels: Pixels):
        rows, which = _different(pixels)
        self.shape = pixels.shape
        self._rows, self._which = (
            (rows, which) if len(rows) <= _WORTH * len(pixels) else (pixels, np.arange(len(pixels)))
        )

    @property
    def nbytes(self) -> int:
        return self._rows.nbytes + self._which.nbytes

    def into(self, canvas: Pixels) -> None:
        np.take(self._rows, self._which, axis=0, out=canvas, mode="clip")  # "clip" needs no buffer

    def __getitem__(self, region: Region) -> Pixels:
        rows, columns = region
        part: Pixels = self._rows[self._which[rows], columns]
        return part

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        whole = np.empty(self.shape, np.uint8)
        self.into(whole)
        return whole if dtype is None else whole.astype(dtype)


def _different(pixels: Pixels) -> tuple[Pixels, npt.NDArray[np.intp]]:
    """The rows that differ, and which of them each row is."""
    numbers: dict[bytes, int] = {}
    which = [numbers.setdefault(row.tobytes(), len(numbers)) for row in pixels]
    rows = np.frombuffer(b"".join(numbers), np.uint8).reshape(-1, *pixels.shape[1:])
    return rows, np.array(which, np.intp)
