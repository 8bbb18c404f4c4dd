"""The real app, its daemon and a receiver, looked at with a real browser. Skipped, with a word, where none is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browser.house import CHROMIUM, PASSWORD, PATIENCE, QUIET, House, move_in, press, running


@pytest.fixture(scope="module")  # while it runs, its event loop is in the way of everybody else's
def chromium() -> Iterator[Any]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: Debian's package chromium has one")
    sync = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house")) as house:
        yield house


@dataclass
class Visit:
    """A page, and everything that went wrong on it."""

    page: Any
    house: House
    wrong: list[str]
    clicks: int = 0

    def go(self, path: str) -> None:
        self.page.goto(self.house.address + path)

    def click(self, name: str, role: str = "button") -> None:
        self.clicks += 1
        press(self.page, name, role)

    def text(self) -> str:
        return str(self.page.inner_text("main"))


@pytest.fixture
def visit(chromium: Any, house: House) -> Iterator[Visit]:
    """Somebody new comes to the door."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    seen = Visit(page, house, [])
    page.on("pageerror", lambda error: seen.wrong.append(str(error)))
    page.on("console", lambda said: seen.wrong.append(said.text) if said.type == "error" else None)
    page.on(
        "response", lambda got: seen.wrong.append(f"{got.status} {got.url}") if got.status >= 400 else None
    )
    yield seen
    context.close()
    assert seen.wrong == [], "the browser complained"


@pytest.fixture
def owner(visit: Visit) -> Visit:
    """The owner, signed in; the account is made by whichever test comes first."""
    page = visit.page
    page.goto(visit.house.welcome)
    if page.locator("#name").count():
        move_in(page, visit.house)
        return visit
    visit.wrong.clear()  # that its link is used up is an answer of 404
    visit.go("/sign-in")
    page.fill("#email", "ada@example.com")
    page.fill("#password", PASSWORD)
    visit.click("Sign in")
    return visit
