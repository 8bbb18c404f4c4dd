"""The processes of the demo: started, waited for with a limit, and always ended."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlencode
from urllib.request import urlopen

from scheduler.domain.errors import PullquoteError

PATIENCE = 30.0  # seconds for a process to begin, or to end


@contextmanager
def receiver(folder: Path) -> Iterator[str]:
    """The address of a receiver that runs in its own process and keeps what it gets in `folder`."""
    command = [sys.executable, "-m", "scheduler.demo.receiver", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            yield _first_line(process)
        finally:
            process.terminate()


def _first_line(process: subprocess.Popen[str]) -> str:
    line = process.stdout.readline().strip() if process.stdout else ""
    if not line:
        raise PullquoteError("The demo's receiver did not start: see what it said above.")
    return line


@contextmanager
def daemon(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A daemon in its own process. Whatever happens, it does not outlive the demo."""
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as process:  # noqa: S603
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def drain(process: subprocess.Popen[bytes]) -> tuple[int, float]:
    """Ask a daemon to finish; its exit code, and how many seconds it took."""
    started = monotonic()
    process.send_signal(signal.SIGTERM)
    try:
        return process.wait(PATIENCE), monotonic() - started
    except subprocess.TimeoutExpired:
        raise PullquoteError(f"The daemon did not drain within {PATIENCE:g} seconds.") from None


def one_click(url: str) -> None:
    """Leave a list as a mail program does (RFC 8058), after a scanner has looked at the link."""
    urlopen(url, timeout=PATIENCE).close()  # noqa: S310 (an address of our own daemon)
    form = {"List-Unsubscribe": "One-Click"}
    urlopen(url, data=urlencode(form).encode(), timeout=PATIENCE).close()  # noqa: S310


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def without_our_settings() -> None:
    """A demo must never touch an installation that the environment points at."""
    for name in [name for name in os.environ if name.upper().startswith("PULLQUOTE_")]:
        del os.environ[name]
