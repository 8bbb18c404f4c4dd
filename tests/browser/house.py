"""A running installation, and a browser to look at it with: for the tests, the screenshots and Lighthouse."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scheduler.demo import stage
from scheduler.demo.networks import TOKEN

EXAMPLE = Path(__file__).parents[2] / "examples" / "interview.md"
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


@contextmanager
def running(folder: Path) -> Iterator[House]:
    """The app and its daemon in a process of their own, and services that are played on this machine."""
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


def press(page: Any, name: str, role: str = "button") -> None:
    page.get_by_role(role, name=name, exact=False).first.click()
    page.wait_for_load_state()


def move_in(page: Any, house: House) -> None:
    """Make the owner's account."""
    page.goto(house.welcome)
    page.fill("#name", "Ada Quist")
    page.fill("#email", "ada@example.com")
    page.fill("#password", PASSWORD)
    press(page, "Make the account")


def furnish(page: Any, house: House) -> None:
    """A channel that works, one whose token is wrong, an article and its pieces, what was sent and what waits."""
    for kind, token, name in (("mastodon", TOKEN, "Mastodon"), ("mastodon", "wrong-token", "The archive")):
        page.goto(f"{house.address}/channels/new/{kind}")
        page.fill("#name", name)
        page.fill("#field-server", f"{house.receiver}/mastodon")
        page.fill("#field-token", token)
        press(page, "Connect and test")
    page.goto(f"{house.address}/articles")
    page.locator("summary").click()
    page.set_input_files("#file", EXAMPLE)
    press(page, "Read it")
    page.goto(f"{house.address}/pieces/1?channel=1")
    press(page, "Send now")
    page.wait_for_selector(".state.sent")
    page.goto(f"{house.address}/articles/1/schedule")
    press(page, "Schedule 1")


def trouble(house: House) -> None:
    """One delivery failed and one is in doubt, as if its service had said so, or nothing."""
    with closing(sqlite3.connect(house.folder / "queue.db", timeout=30)) as database, database:
        for number, status, reason in (
            (3, "failed", "The server said no: 422, the picture is too large"),
            (4, "in-doubt", "The server did not answer within 30 s"),
            (5, "held", "The article no longer says it: look at it, then release or cancel it"),
        ):
            database.execute(
                "UPDATE delivery SET status = ?, reason = ?, next_at = NULL, slot_key = NULL WHERE id = ?",
                (status, reason, number),
            )
