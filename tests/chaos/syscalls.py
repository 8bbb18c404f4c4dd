"""SIGKILL at the n-th system call of each kind: between any two steps of the database, and of the network."""

from __future__ import annotations

import signal
from pathlib import Path

from tests.chaos import strace
from tests.chaos.installation import LATER, Books, Installation, until
from tests.chaos.proxy import proxied
from tests.chaos.receiver import Receiver
from tests.chaos.storm import Report
from tests.servers import serving

CALLS = ("pwrite64", "fdatasync", "connect", "sendto", "recvfrom")


def kill_at(folder: Path, database: str, kind: str, call: str, number: int) -> Report:
    """Kill a daemon when one of its threads asks for `call` the `number`-th time; another one goes on."""
    report, receiver = Report(), Receiver()
    with serving(receiver) as server, proxied(server, "", {"good": 1}) as (proxy, url):
        place = Installation(folder, database, kind, url, count=2, thread=2, senders=1)
        receiver.now = place.place.clock
        options = ("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={number}")
        daemon = strace.start(place.place, *options)
        until(lambda: daemon.poll() is not None or place.idle(), 60)
        strace.end(daemon)
        proxy.settle()
        place.pass_time(LATER)
        place.run_to_the_end()
        books = Books(place, receiver)
        place.close()
    report.sheet = books.sheet
    report.sheet["runs"] += 1
    if daemon.returncode == -signal.SIGKILL:  # strace ends as its child did
        report.sheet["kills"] += 1
        report.points[f"{call} #{number}"] += 1
    report.faults = [f"{kind}, {call} #{number}: {fault}" for fault in books.faults]
    return report
