"""Memory that was freed, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any


@cache
def _trim() -> Any:
    return getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None  # glibc's own


def give_back() -> None:
    """glibc keeps what lies between two blocks in use: after pictures were drawn, tens of megabytes."""
    if trim := _trim():
        trim(0)
