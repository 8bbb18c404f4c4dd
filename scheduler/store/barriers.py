"""Barriers around a database that is moving: triggers, so that nothing gets past them, of whatever version it is."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel

from scheduler.domain.errors import PullquoteError

SAYS = "pullquote: "  # begins what a barrier says; the rest is for people
NOT_MOVED = "move"  # the table that is written to all the while
CLAIMS = "NEW.owner <> '' AND NEW.owner <> OLD.owner"


class Barred(PullquoteError):
    """The database takes no changes."""


def barred(error: DBAPIError) -> Barred | None:
    """The sentence of a barrier, where one was the cause."""
    said = str(error.orig).partition("\n")[0]
    return Barred(said.removeprefix(SAYS)) if said.startswith(SAYS) else None


def bar_claims(session: Session, sentence: str) -> None:
    """No worker takes a delivery any more; what is in hand can still be settled."""
    if session.get_bind().dialect.name == "sqlite":
        _run(
            session,
            f"CREATE TRIGGER barrier_claims BEFORE UPDATE OF owner ON delivery WHEN {CLAIMS} "
            f"BEGIN SELECT RAISE(ABORT, {_quoted(sentence)}); END",
        )
        return
    _run(session, _function("barrier_claims", sentence))
    _run(
        session,
        f"CREATE TRIGGER barrier_claims BEFORE UPDATE OF owner ON delivery FOR EACH ROW WHEN ({CLAIMS}) "
        "EXECUTE FUNCTION barrier_claims()",
    )


def bar_all(session: Session, sentence: str) -> None:
    """No change at all."""
    embedded = session.get_bind().dialect.name == "sqlite"
    if not embedded:
        _run(session, _function("barrier", sentence))
    for table in _tables():
        for verb in ("INSERT", "UPDATE", "DELETE"):
            head = f'CREATE TRIGGER barrier_{table}_{verb.lower()} BEFORE {verb} ON "{table}" '
            if embedded:
                _run(session, f"{head} BEGIN SELECT RAISE(ABORT, {_quoted(sentence)}); END")
            else:
                _run(session, f"{head} FOR EACH STATEMENT EXECUTE FUNCTION barrier()")


def unbar(session: Session) -> None:
    """As if there had been no barrier."""
    if session.get_bind().dialect.name == "sqlite":
        found = session.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'barrier%'")
        )
        for name in list(found.scalars()):
            _run(session, f'DROP TRIGGER "{name}"')
    else:
        for function in ("barrier", "barrier_claims"):
            _run(session, f"DROP FUNCTION IF EXISTS {function}() CASCADE")


def _function(name: str, sentence: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION USING MESSAGE = {_quoted(sentence).replace('%', '%%')}; END $$"
    )


def _quoted(sentence: str) -> str:
    return "'" + (SAYS + sentence).replace("'", "’").replace("$", "") + "'"


def _tables() -> Iterable[str]:
    return [table.name for table in SQLModel.metadata.sorted_tables if table.name != NOT_MOVED]


def _run(session: Session, statement: str) -> None:
    session.connection().exec_driver_sql(statement)
