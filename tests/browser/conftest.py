"""The real app, its daemon and a receiver, looked at with a real browser. Skipped, with a word, where none is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scheduler.demo import stage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [  # it must not ask anybody on the network for anything
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "nine harbour gulls"
PATIENCE = 15_000  # milliseconds


@dataclass(frozen=True)
class House:
    """A running installation."""

    address: str
    welcome: str  # the link that makes the owner's account
    receiver: str
    received: Path
    folder: Path


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
    folder = tmp_path_factory.mktemp("house")
    port = stage.free_port()
    (folder / "pullquote.toml").write_text(
        f'allow_networks = ["127.0.0.0/8"]\nport = {port}\nbase_url = "http://127.0.0.1:{port}"\n', "utf-8"
    )
    command = [sys.executable, "-m", "scheduler.cli"]
    elsewhere = {name: value for name, value in os.environ.items() if not name.startswith("PULLQUOTE_")}
    environment = elsewhere | {"PYTHONPATH": str(Path(__file__).parents[2]), "COLUMNS": "300"}
    subprocess.run(
        [*command, "init", "--name", "The Harbour Ledger"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
    )
    with stage.receiver(folder / "received") as receiver:
        process = subprocess.Popen(
            [*command, "run"],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield House(f"http://127.0.0.1:{port}", _welcome(process), receiver, folder / "received", folder)
        finally:
            process.terminate()
            process.communicate(timeout=30)


def _welcome(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.search(r"http://\S+/welcome/\S+", line):
            return found[0]
    raise AssertionError("the app ended before it printed its link")


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
        self.page.get_by_role(role, name=name, exact=False).first.click()
        self.page.wait_for_load_state()

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
        page.fill("#name", "Ada Quist")
        page.fill("#email", "ada@example.com")
        page.fill("#password", PASSWORD)
        visit.click("Make the account")
        return visit
    visit.wrong.clear()  # that its link is used up is an answer of 404
    visit.go("/sign-in")
    page.fill("#email", "ada@example.com")
    page.fill("#password", PASSWORD)
    visit.click("Sign in")
    return visit
