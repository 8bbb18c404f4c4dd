"""The database: opening, upgrading, and the two ways to use it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.store import postgresql, sqlite
from scheduler.store.barriers import barred
from scheduler.store.migrations import upgrade


def open_engine(url: str) -> Engine:
    """Open the database at `url` and bring its schema up to date."""
    engine = connect(url)
    upgrade(engine)
    return engine


def connect(url: str) -> Engine:
    """An engine for `url`, its schema as it is. `sqlite://` is a database in memory, for tests."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise PullquoteError(
            "That is not a database: write sqlite:///queue.db or postgresql://…, say."
        ) from None
    match parsed.get_backend_name():
        case "sqlite":
            return sqlite.create(parsed)
        case "postgresql" | "postgres":
            return postgresql.create(parsed)
        case other:
            raise PullquoteError(f"{other} is no database that Pullquote knows: use sqlite or postgresql.")


def shown(url: str) -> str:
    """The address without its password."""
    try:
        return str(make_url(url))
    except ArgumentError:
        return "…"


def is_missing_file(url: str) -> bool:
    """Whether it is a file that opening would make."""
    parsed = make_url(url)
    return parsed.get_backend_name() == "sqlite" and not Path(str(parsed.database)).exists()


def is_embedded(engine: Engine) -> bool:
    """Whether the database is a file beside us, with one writer at a time."""
    return engine.dialect.name == "sqlite"


_writers: WeakKeyDictionary[Engine, Lock] = WeakKeyDictionary()


@contextmanager
def writing(engine: Engine, *, concurrent: bool = False) -> Iterator[Session]:
    """One transaction that may write: committed at the end, rolled back on an error.

    Writers come one after another, or what one has checked another could change before it writes. `concurrent` is
    for those whose every write names what it expects to find (a token, a state): where the database can, they run
    beside others. Writers of one process queue up here: SQLite would make them poll, ever more slowly.
    """
    alone = is_embedded(engine) or not concurrent
    options = engine.execution_options(writes="alone" if alone else "beside others")
    try:
        with (
            _writers.setdefault(engine, Lock()) if alone else nullcontext(),
            Session(options, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
    except DBAPIError as error:
        if (sentence := barred(error)) is not None:
            raise sentence from None
        raise


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A consistent view that takes no lock."""
    view = engine if is_embedded(engine) else engine.execution_options(**postgresql.SNAPSHOT)
    with Session(view, expire_on_commit=False) as session:
        yield session
