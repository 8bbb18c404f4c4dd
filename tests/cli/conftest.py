"""A folder of its own, a clock that stands still, and the commands as a person types them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any
from unittest.mock import patch

import pytest
from typer import testing
from typer.main import get_command
from typer.testing import CliRunner, Result

from scheduler.cli._app import app
from scheduler.cli._start import Start
from scheduler.demo.networks import TOKEN
from scheduler.demo.receiver import Receiver
from tests.conftest import Clock

COMMANDS = get_command(app)  # put together once: each call would do it again

ARTICLE = """\
# A town and its river

By Mei Lindqvist

2 March 2026

Dana Okafor has kept the books of the harbour for thirty years. She has seen four floods and seven mayors.

“The river does not read our plans,” says Okafor. “It reads the rain.”

The town rebuilt its quay after the flood, and then it rebuilt it again.

“Every time we built a higher wall, we also built a deeper basement,” she says. “I never understood that.”

Her colleague Tomas Reyes, who runs the pumps, is less patient.

“A pump is a promise with a fuse,” Reyes told the Ledger. “People want the promise and forget the fuse.”
"""


class Pullquote:
    """Runs commands. What a test does not expect to fail must not."""

    def __init__(self, clock: Clock, folder: Path):
        self.clock = clock
        self.folder = folder

    def __call__(self, *words: str, code: int = 0, typed: str | None = None) -> Result:
        with patch.object(testing, "_get_command", return_value=COMMANDS):
            result = CliRunner().invoke(app, list(words), input=typed, obj=Start(clock=self.clock))
        assert result.exit_code == code, f"{result.exit_code}: {result.output}\n{result.exception!r}"
        return result

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code).stdout)

    def refused(self, *words: str) -> str:
        """What it says when it refuses: one line on standard error, and nothing that looks like a traceback."""
        result = self(*words, code=1)
        assert "Traceback" not in result.output
        sentence = result.stderr.strip().splitlines()[-1]
        assert sentence.startswith("✗ ")
        return sentence.removeprefix("✗ ")


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Pullquote:
    """A folder in which nothing was set up."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return Pullquote(clock, tmp_path)


@pytest.fixture
def pullquote(bare: Pullquote) -> Pullquote:
    """A folder with a workspace."""
    Path("pullquote.toml").write_text('allow_networks = ["127.0.0.0/8"]\n')
    bare("init", "--name", "The Ledger", "--zone", "Europe/Amsterdam")
    return bare


@pytest.fixture
def made(pullquote: Pullquote) -> Pullquote:
    """A workspace with an article and its pieces."""
    Path("river.md").write_text(ARTICLE, encoding="utf-8")
    pullquote("add", "river.md")
    pullquote("split", "1")
    return pullquote


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    """The services of the demo, in a thread."""
    server = Receiver(tmp_path / "received")
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def connected(made: Pullquote, receiver: Receiver) -> Pullquote:
    """The same with a Mastodon account that can be posted to, mornings on working days."""
    server = receiver.networks["mastodon"].address
    fields = ("--set", f"server={server}", "--set", f"token={TOKEN}")
    made("channels", "add", "mastodon", "us", "--slots", "mon-fri 09:00 12:30", *fields)
    return made
