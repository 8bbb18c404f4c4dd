"""A real daemon in a process of its own, which is killed or stopped at a named point. No production code knows of it.

A failpoint is a seam that all code has to pass, and so is in code that is written later as well: a database commit
(`commit` before it, `committed` after it) or a socket to the receiver (`connect`, `connected`, `write`, `written`,
`read`, `answered`), be it a thread's or an event loop's: asyncio calls the same sockets, but reads only where an
answer is there, and is never seen to be connected. What goes many at a time passes two more, where the store writes
the marks (`start`) and the receipts (`sent`) of a round. A seam may be narrowed to one step, which is the function of
the services that it lies in, and to the n-th passing: "before_commit: committed #2" is after the second mark of a
committing call became durable. One that stands behind another is armed when that was passed: "start > written".
"""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock, get_ident
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.engine.default import DefaultDialect

from scheduler.bootstrap import bootstrap
from scheduler.daemon import Daemon
from scheduler.settings import Settings
from scheduler.store import ledger
from scheduler.transport import answers
from tests.chaos import kinds

DATABASE = ("commit", "committed")
NETWORK = ("connect", "connected", "write", "written", "read", "answered")
LEDGER = ("start", "sent")
SEAMS = DATABASE + NETWORK + LEDGER
#: The five states that a delivery can be found in, by the step that leads to each.
POINTS = {
    "claimed": "claim_next: committed",
    "composed": "prepare: committed",
    "committed": "before_commit: committed",
    "requested": "before_commit: committed > read",
    "answered": "_insist: commit",
}
#: The same for mail, which goes by the many: it is claimed, then frozen and marked at once, then settled.
MAIL_POINTS = {
    "claimed": "round: committed",
    "composed": "start > round: commit",
    "committed": "start > round: committed",
    "requested": "start > written",
    "answered": "sent > round: commit",
}
WHERE = ("scheduler.services.", "scheduler.daemon.")


@dataclass(frozen=True)
class Failpoint:
    """`step` is a function of the services; "" is any. `signal` is what the process sends itself there."""

    seam: str
    step: str = ""
    number: int = 1
    signal: int = signal.SIGKILL
    behind: Failpoint | None = None

    @classmethod
    def read(cls, text: str, **options: Any) -> Failpoint:
        before, _, last = text.rpartition(" > ")
        found = re.fullmatch(r"(?:(\w+): )?(\w+)(?: #(\d+))?", last)
        if found is None or found[2] not in SEAMS:
            raise ValueError(f"{text!r} is no failpoint: it is [failpoint >] [step:] seam [#number]")
        behind = cls.read(before) if before else None
        return cls(found[2], found[1] or "", int(found[3] or 1), behind=behind, **options)


@dataclass(frozen=True)
class Place:
    """What a daemon is started with. It names the point that it was killed at in the file `died`.

    All of them, and the receiver, have one clock: it is as many seconds ahead as the file `ahead` says.
    """

    database: str
    key_file: str
    receiver: str
    died: str
    ahead: str
    senders: int = 2
    call_seconds: float = 5.0
    lease_seconds: float = 10.0
    fast: bool = True  # whether the extra of that name is there

    def clock(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(Path(self.ahead).read_text()))


class Fuse:
    """Counts what passes, and sends the signal where the failpoint is."""

    def __init__(self, point: Failpoint | None, died: str):
        self._left = _chain(point)
        self._died = died
        self._passed = 0
        self._lock = Lock()

    def passes(self, seam: str) -> None:
        if not self._left or seam != self._left[0].seam:
            return
        step = _step()
        with self._lock:
            if not self._left or self._left[0].step not in {"", step}:
                return
            self._passed += 1
            if self._passed == self._left[0].number:
                self._reached(self._left.pop(0), f"{step}: {seam}")

    def _reached(self, point: Failpoint, where: str) -> None:
        self._passed = 0
        if not self._left:
            Path(self._died).write_text(where)
            signal.pthread_kill(
                get_ident(), point.signal
            )  # to this thread: it is to stop here, not a little later


def _chain(point: Failpoint | None) -> list[Failpoint]:
    return [] if point is None else [*_chain(point.behind), point]


def _step() -> str:
    """The innermost function of the services on the stack; "loop" where there is none."""
    frame = sys._getframe(2)
    while frame is not None:
        if str(frame.f_globals.get("__name__", "")).startswith(WHERE):
            return frame.f_code.co_name
        frame = frame.f_back
    return "loop"


def lay(fuse: Fuse, receiver: str) -> None:
    """Put the fuse into every commit, into the ledger, and into every socket to the receiver."""
    DefaultDialect.do_commit = _between(DefaultDialect.do_commit, fuse, "commit", "committed")
    for name in LEDGER:
        setattr(ledger, name, _between(getattr(ledger, name), fuse, "", name))
    port = urlsplit(receiver).port
    for names, before, after in (
        (("connect",), "connect", "connected"),
        (("send", "sendall", "sendmsg"), "write", "written"),
        (("recv", "recv_into"), "read", "answered"),
    ):
        for name in names:
            step = _between(getattr(socket.socket, name), fuse, before, after)
            setattr(socket.socket, name, _to(port, getattr(socket.socket, name), step))


def _between(step: Callable[..., Any], fuse: Fuse, before: str, after: str) -> Callable[..., Any]:
    def passed(*args: Any, **options: Any) -> Any:
        fuse.passes(before)
        result = step(*args, **options)
        fuse.passes(after)
        return result

    return passed


def _to(port: int | None, plain: Callable[..., Any], step: Callable[..., Any]) -> Callable[..., Any]:
    """`step` for a socket that talks, or is about to talk, to `port`; `plain` for any other."""

    def chosen(self: socket.socket, *args: Any, **options: Any) -> Any:
        peer = args[0] if args and isinstance(args[0], tuple) else None
        with suppress(OSError):
            peer = peer or self.getpeername()
        ours = isinstance(peer, tuple) and peer[1:2] == (port,)
        return (step if ours else plain)(self, *args, **options)

    return chosen


def run_daemon(place: Place, point: Failpoint | None = None) -> None:
    """The whole daemon as `pullquote run` starts it, with the clock of the place."""
    kinds.register()
    lay(Fuse(point, place.died), place.receiver)
    if not place.fast:
        answers.FAST = False
    settings = Settings(
        database=place.database,
        key_file=place.key_file,
        allow_networks=("127.0.0.0/8",),
        senders=place.senders,
        call_seconds=place.call_seconds,
        lease_seconds=place.lease_seconds,
    )
    Daemon(bootstrap(settings, clock=place.clock)).run()


if __name__ == "__main__":  # what strace starts
    run_daemon(Place(**json.loads(sys.argv[1])))
