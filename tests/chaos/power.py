"""A power failure: what was written and not yet synced is gone, in whole or in any part, and so are new file names.

A daemon's system calls are noted, and played again onto a copy of the database's files as they were before. At the
moment at which the first byte of a committing call leaves, the mark has to be on the disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.chaos import strace
from tests.chaos.installation import Installation, until
from tests.chaos.strace import Called

CALLS = "openat,pwrite64,ftruncate,fdatasync,fsync,unlink,connect,sendto"


@dataclass
class File:
    durable: bytes = b""
    named: bool = False  # its name is in the synced directory
    pending: list[Called] = field(default_factory=list)  # since it was last synced

    def sync(self) -> None:
        for call in self.pending:
            self.durable = _written(self.durable, call)
        self.pending = []

    def left(self, chance: Random | None) -> bytes:
        """What a power failure leaves: of what was not synced nothing, or what `chance` picks."""
        content = self.durable
        for call in self.pending:
            if chance is not None and chance.random() < 0.5:
                content = _written(content, call)
        return content


def _written(content: bytes, call: Called) -> bytes:
    if call.name == "ftruncate":
        (length,) = call.numbers
        return content[:length].ljust(length, b"\0")
    _, offset = call.numbers
    return content[:offset].ljust(offset, b"\0") + call.data + content[offset + len(call.data) :]


class Disk:
    """The files of one folder whose names begin with that of the database."""

    def __init__(self, database: Path):
        self._database = database
        found = database.parent.glob(f"{database.name}*")
        self.files = {str(path): File(path.read_bytes(), named=True) for path in found}

    def apply(self, call: Called) -> None:
        match call.name:
            case "openat" if self._ours(call.file):
                self.files.setdefault(call.file, File())
            case "unlink" if call.path in self.files:
                del self.files[call.path]
            case "pwrite64" | "ftruncate" if self._ours(call.file):
                self.files.setdefault(call.file, File()).pending.append(call)
            case "fdatasync" | "fsync" if call.file in self.files:
                self.files[call.file].sync()
            case "fsync" | "fdatasync" if call.file == str(self._database.parent):
                for file in self.files.values():
                    file.named = True

    def _ours(self, path: str) -> bool:
        """Not the shared memory of the WAL: it is made anew."""
        return path.startswith(str(self._database)) and not path.endswith("-shm")

    def fail(self, into: Path, chance: Random | None) -> Path:
        """Write what the power failure left into a folder, and return where its database is."""
        into.mkdir()
        for path, file in self.files.items():
            if file.named:
                (into / Path(path).name).write_bytes(file.left(chance))
        return into / self._database.name


@dataclass(frozen=True)
class Moment:
    """The bytes of a call to the receiver are about to leave; `disk` is as it is then."""

    head: bytes  # the first bytes of the request
    disk: Disk


def trace(place: Installation, log: Path) -> list[Called]:
    """What a daemon asks the kernel for while it sends all that is due."""
    options = (strace.FAST, "-yy", "-xx", "-s", "1000000", "-e", f"trace={CALLS}", "-o", str(log))
    daemon = strace.start(place.place, *options)
    try:
        until(place.settled, 90)
    finally:
        strace.end(daemon)
    return list(strace.read(log))


def moments(calls: Sequence[Called], disk: Disk, port: int) -> Iterator[Moment]:
    for call in calls:
        if (
            call.name == "sendto"
            and call.file.endswith(f":{port}]")
            and call.data[:5] in {b"POST ", b"PUT /"}
        ):
            yield Moment(call.data[:64], disk)
        disk.apply(call)


def marked(database: Path) -> int:
    """How many deliveries may be live, by what can be read after the failure. Raises where the file is damaged."""
    with closing(sqlite3.connect(database)) as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        assert said == "ok", said
        query = "SELECT count(*) FROM delivery WHERE committed_at IS NOT NULL OR status = 'sent'"
        (number,) = connection.execute(query).fetchone()
    return int(number)
