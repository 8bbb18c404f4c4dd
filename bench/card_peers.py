"""@vercel/og and headless Chromium, drawing the design of `designs/` in processes of their own.

`make bench-cards PEERS=1` installs the first from npm; Chromium is Debian's package of that name, or whichever
is on this machine.
"""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PEERS = Path(__file__).parent / "peers"
INSTALLED = Path(__file__).parents[1] / ".bench-peers"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable")


@dataclass
class Peer:
    name: str
    process: subprocess.Popen[str]

    def draw(self, job: Mapping[str, Any]) -> tuple[float, bytes]:
        """Seconds by its own clock, and the picture where `keep` asks for it."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} stopped: try its script in {PEERS} by hand")
        answer = json.loads(line)
        return answer["milliseconds"] / 1e3, base64.b64decode(answer["data"])


def install() -> None:
    """The packages of `peers/package.json`, into a folder that git ignores."""
    if shutil.which("npm") is None:
        print("No npm here: the peers are left out. Install Node 20 or newer.")
        return
    INSTALLED.mkdir(exist_ok=True)
    shutil.copy(PEERS / "package.json", INSTALLED)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=INSTALLED, check=True)


@contextmanager
def running() -> Iterator[list[Peer]]:
    """Those that are here; for each that is not, a word on how to get it."""
    peers = [Peer(name, _start(command)) for name, command in _commands()]
    try:
        yield peers
    finally:
        for peer in peers:
            assert peer.process.stdin
            assert peer.process.stdout
            peer.process.stdin.close()  # each ends with its input
            peer.process.wait(20)
            peer.process.stdout.close()


def _commands() -> Iterator[tuple[str, Sequence[str]]]:
    node, packages = shutil.which("node"), INSTALLED / "node_modules"
    if node is None or not packages.is_dir():
        print(
            "Without peers: `make bench-cards PEERS=1` installs @vercel/og and what drives Chromium from npm.\n"
        )
        return
    yield "@vercel/og", [node, str(PEERS / "og.mjs"), str(INSTALLED)]
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print("Without Chromium: install Debian's `chromium`.\n")
        return
    yield "Chromium", [node, str(PEERS / "chromium.mjs"), str(INSTALLED), browser]


def _start(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
