"""Values → JSON in UTF-8, without spaces. orjson, of the extra `fast`, writes the same ten times as fast."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

try:
    import orjson
except ModuleNotFoundError:
    orjson = None  # type: ignore[assignment]

from scheduler.domain.message import Filled


def dumped(value: Any) -> bytes:
    if orjson is not None:
        try:
            packed: bytes = orjson.dumps(value, _unusual, orjson.OPT_PASSTHROUGH_SUBCLASS)
        except TypeError:  # what it does not take: an integer of more than 64 bits, half an emoji
            pass
        else:
            return packed
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _unusual(value: Any) -> Any:
    """A text that is like that of every other reader: what they share is written once, and joined."""
    if not isinstance(value, Filled):
        raise TypeError(f"{type(value).__name__} is left to json")
    pieces = _pieces(value.pieces)
    parts = [*pieces, *pieces[1:]]
    parts[0::2], parts[1::2] = pieces, [orjson.dumps(own)[1:-1] for own in value.values]
    return orjson.Fragment(b'"%b"' % b"".join(parts))


@lru_cache(maxsize=64)
def _pieces(texts: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(orjson.dumps(text)[1:-1] for text in texts)
