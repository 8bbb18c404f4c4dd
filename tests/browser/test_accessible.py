"""Every room, in light and in the dark, wide and narrow: axe finds nothing, and nothing is wider than the window."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser import rooms
from tests.browser.conftest import Visit
from tests.browser.house import House, furnish

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def complaints(page: Any) -> list[str]:
    """What axe finds, a line each. It is put in from outside: the page's own policy lets no script in."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{each['id']}: {node['html'][:120]} {json.dumps(node['any'][:1])[:200]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


def walk(owner: Visit, paths: list[str]) -> dict[str, list[str]]:
    wrong: dict[str, list[str]] = {}
    page = owner.page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (1440, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for path in paths:
                owner.go(path)
                found = complaints(page)
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append("it is wider than the window")
                if found:
                    wrong[f"{path} {scheme} {width}"] = found
    return wrong


@pytest.fixture(autouse=True)
def axe() -> None:
    if not AXE.exists():
        pytest.skip("axe is not here: `npm ci` fetches it")


def test_an_empty_house_is_accessible(owner: Visit) -> None:
    assert walk(owner, rooms.addresses(rooms.EMPTY)) == {}


def test_a_full_house_is_accessible(owner: Visit, house: House) -> None:
    furnish(owner.page, house)
    assert walk(owner, rooms.addresses(rooms.FULL)) == {}


def test_a_fault_would_be_found(visit: Visit) -> None:
    visit.go("/sign-in")
    visit.page.evaluate("document.querySelector('label').remove()")
    assert any(found.startswith("label") for found in complaints(visit.page))


def test_the_door_is_accessible(visit: Visit) -> None:
    for path in ("/sign-in", "/sign-in?next=/queue"):
        visit.go(path)
        assert complaints(visit.page) == []
