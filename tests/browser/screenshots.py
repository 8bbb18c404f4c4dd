"""`make screenshots`: every page at two widths, light and dark, empty and full, to be looked at one by one."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser import rooms
from tests.browser.house import CHROMIUM, PATIENCE, QUIET, House, furnish, move_in, running, trouble

OUTPUT = Path("screenshots")
WIDTHS = {1440: 900, 390: 844}


def main() -> None:
    if CHROMIUM is None:
        sys.exit("There is no Chromium here: Debian's package chromium has one.")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", help="parts of the names of the pictures to take")
    only = parser.parse_args().only
    OUTPUT.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder)) as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        take(page, house, "door", ["/sign-in", house.welcome.removeprefix(house.address), "/none"], only)
        move_in(page, house)
        take(page, house, "empty", rooms.addresses(rooms.EMPTY), only)
        furnish(page, house)
        trouble(house)
        take(page, house, "full", rooms.addresses(rooms.FULL), only)


def take(page: Any, house: House, name: str, paths: list[str], only: list[str]) -> None:
    for path in paths:
        for width, height in WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            for scheme in ("light", "dark"):
                file = OUTPUT / f"{name}-{_spoken(path)}-{width}-{scheme}.png"
                if only and not any(each in file.name for each in only):
                    continue
                page.emulate_media(color_scheme=scheme)
                page.goto(house.address + path)
                page.wait_for_timeout(150)
                page.screenshot(path=file, full_page=True)
                print(file)


def _spoken(path: str) -> str:
    if path.startswith("/welcome"):
        return "welcome"
    return re.sub(r"\W+", "-", path).strip("-") or "today"


if __name__ == "__main__":
    main()
