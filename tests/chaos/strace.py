"""Debian's `strace` around a daemon: to kill it at the n-th system call, or to note what it asked the kernel for."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tests.chaos.fire import Place

STRACE = ("strace", "-f", "-qq")
FAST = "--seccomp-bpf"  # stops at the traced calls only; strace 6.1 then counts wrongly for `when`
ROOT = Path(__file__).resolve().parents[2]


@cache
def works() -> bool:
    """Whether strace is there, and may trace."""
    found = shutil.which("strace")
    return (
        found is not None
        and subprocess.run([*STRACE, "-e", "trace=none", "true"], check=False).returncode == 0
    )


def start(place: Place, *options: str) -> subprocess.Popen[bytes]:
    """The daemon of `place`, as strace's child."""
    daemon = [sys.executable, "-m", "tests.chaos.fire", json.dumps(asdict(place))]
    return subprocess.Popen([*STRACE, *options, *daemon], cwd=ROOT, stderr=subprocess.DEVNULL)


def end(traced: subprocess.Popen[bytes]) -> None:
    """End the daemon, if it lives, and strace with it. Told to end itself, strace would leave the daemon behind."""
    children = Path(f"/proc/{traced.pid}/task/{traced.pid}/children")
    if traced.poll() is None:
        for child in children.read_text().split():
            os.kill(int(child), signal.SIGTERM)
    traced.wait(30)


@dataclass(frozen=True)
class Called:
    """A system call that returned. `file` is what its descriptor was: a path, or "TCP:[…->…]"."""

    name: str
    file: str
    data: bytes = b""
    numbers: tuple[int, ...] = ()  # what came after the data
    path: str = ""  # for calls that name one


LINE = re.compile(
    r"^(?P<pid>\d+) +(?P<name>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)(?:<(?P<opened>.*)>)?(?: \S+.*)?$"
)
STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def read(log: Path) -> Iterator[Called]:
    """The calls of a log in the order in which they returned."""
    for line in _whole(log.read_text().splitlines()):
        found = LINE.match(line)
        if found is None or int(found["result"]) < 0:
            continue
        name, rest = found["name"], found["rest"]
        strings = [bytes.fromhex(text.replace("\\x", "")) for text in STRING.findall(rest)]
        if name in {"openat", "unlink", "rename"}:
            yield Called(name, _plain(found["opened"] or ""), path=strings[0].decode() if strings else "")
            continue
        file = re.match(r"\d+<(.*?)>(?=, |$)", rest)
        numbers = tuple(int(n) for n in re.findall(r", (\d+)(?=, |$)", rest))
        yield Called(name, _plain(file[1] if file else ""), strings[0] if strings else b"", numbers)


def _plain(name: str) -> str:
    """The name of a file; those of sockets are not in hex."""
    escaped = re.match(r"(\\x[0-9a-f]{2})+", name)
    return bytes.fromhex(escaped[0].replace("\\x", "")).decode() if escaped else name


def _whole(lines: list[str]) -> Iterator[str]:
    """A call that others interrupted is joined, where it returned: only then is its effect certain."""
    begun: dict[str, str] = {}
    for line in lines:
        pid = line.partition(" ")[0]
        if line.endswith("<unfinished ...>"):
            begun[pid] = line.removesuffix("<unfinished ...>").rstrip()
        elif "resumed>" in line:
            rest = line.partition("resumed>")[2]
            yield begun.pop(pid, "") + rest
        else:
            yield line
