"""pullquote run in its own process: the daemon, the pages beside it, and how both end."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from tests.cli.conftest import Pullquote

PATIENCE = 20  # seconds; a loaded machine takes a few to import everything


@pytest.mark.chaos
def test_serves_pages_sends_and_drains_on_sigterm(pullquote: Pullquote) -> None:
    with Path("pullquote.toml").open("a") as file:
        file.write("port = 0\n")
    command = [sys.executable, "-m", "scheduler.cli", "run"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().removeprefix("The pages are at ").strip()
            assert _answer(f"{address}/health") == 200
            process.send_signal(signal.SIGTERM)
            assert process.wait(PATIENCE) == 0
            assert process.stderr
            assert "nothing is in its hands" in process.stderr.read()
        finally:
            process.kill()


def _answer(url: str) -> int:
    """The status, once the daemon has had its first beat."""
    deadline = monotonic() + PATIENCE
    while True:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                status: int = answer.status
                return status
        except OSError:
            if monotonic() > deadline:
                raise
            sleep(0.05)


def test_a_port_that_is_taken_is_one_sentence(pullquote: Pullquote) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        with Path("pullquote.toml").open("a") as file:
            file.write(f"port = {port}\n")
        sentence = pullquote.refused("run")
    assert f"127.0.0.1:{port} cannot be listened on" in sentence
    assert "PULLQUOTE_PORT" in sentence
