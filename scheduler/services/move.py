"""Take a running installation over to another database: every row, or nothing.

drain: workers take no more, and what is in hand is settled
copy:  nothing changes any more; table by table, in parts; goes on where it was stopped
check: row by row
done:  the old database stays as it is, takes no changes for ever, and says where everything went
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from scheduler.domain.errors import PullquoteError
from scheduler.store import barriers, copying, moves
from scheduler.store.engine import connect, is_missing_file, open_engine, reading, shown, writing
from scheduler.store.migrations import revisions
from scheduler.store.tables_moves import MoveRow

DRAINING = 0.2  # seconds between two looks at what is in hand
Tell = Callable[[str, int, int], None]  # what is done, how many rows of it, of how many


class Stage(StrEnum):
    DRAIN = "drain"
    COPY = "copy"
    DONE = "done"


@dataclass(frozen=True)
class Table:
    name: str
    rows: int
    digest: str = ""  # of its content, the same in both


def plan(source: Engine, url: str) -> list[Table]:
    """What would be moved. Looks only; raises PullquoteError where it could not be done."""
    if not is_missing_file(url):
        target = connect(url)
        try:
            with _reached(url):
                empty = revisions(target)[0] is None
            if not empty:
                _fits(source, target)
        finally:
            target.dispose()
    return [Table(table.name, copying.count(source, table)) for table in copying.tables()]


def move(
    source: Engine, url: str, *, clock: Callable[[], datetime], sleep: Callable[[float], None], tell: Tell
) -> list[Table]:
    """Move everything from `source` to the database at `url`. Said again, it goes on; nothing where it was done."""
    with _reached(url):
        target = open_engine(url)
    try:
        token = _fits(source, target) or uuid4().hex
        if _is_over(source) and _is_over(target):
            return []
        here, there = shown(str(source.url)), shown(url)
        _begin(source, target, token, here, there, clock())
        _drain(source, clock, sleep, tell)
        _stage(source, token, Stage.COPY, there, None)
        _copy(source, target, tell)
        done = _check(source, target, tell)
        copying.continue_numbering(target)
        _hand_over(source, target, token, there, clock())
        return done
    finally:
        target.dispose()


def cancel(source: Engine) -> bool:
    """Give an unfinished move up: the old database takes changes again. False where there was none."""
    with writing(source) as session:
        row = moves.latest(session, "to")
        if row is None:
            return False
        if row.stage == Stage.DONE:
            raise PullquoteError(
                f"This installation has moved to {row.place}, and may have sent from there since: "
                "to come back, move from there to a new file."
            )
        barriers.unbar(session)
        moves.remove(session, row.token)
    return True


def refuse_moved(session: Session) -> None:
    """No daemon runs on a database that is moving, nor on one that was left."""
    gone, coming = moves.latest(session, "to"), moves.latest(session, "from")
    if gone is not None:
        raise PullquoteError(_said(gone.stage, gone.place))
    if coming is not None and coming.stage != Stage.DONE:
        raise PullquoteError(f"This database is not complete yet: move from {coming.place} once more.")


@contextmanager
def _reached(url: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        said = str(error.orig).partition("\n")[0]
        raise PullquoteError(
            f"{shown(url)} cannot be opened ({said}): check its address and password."
        ) from error


def _said(stage: str, place: str) -> str:
    if stage == Stage.DONE:
        return f"This installation has moved to {place}: set PULLQUOTE_DATABASE to it."
    return f"This installation is moving to {place}: wait until it is there, or say `pullquote move-to --cancel`."


def _fits(source: Engine, target: Engine) -> str | None:
    """The token of their move, where one was begun. Raises PullquoteError where the target is not for us."""
    with reading(source) as ours, reading(target) as theirs:
        gone, coming = moves.latest(ours, "to"), moves.latest(theirs, "from")
    if gone is not None and coming is not None and gone.token == coming.token:
        return gone.token
    if gone is not None:
        raise PullquoteError(f"{_said(gone.stage, gone.place)} It cannot move elsewhere.")
    if not any(copying.count(target, table) for table in copying.tables()):
        return coming.token if coming is not None else None
    raise PullquoteError("The new database is not empty: give one that is, for nothing is merged.")


def _begin(source: Engine, target: Engine, token: str, here: str, there: str, now: datetime) -> None:
    """The target first: without its token the source's could be taken for another move."""
    with writing(target) as session:
        if moves.latest(session, "from") is None:
            moves.add(
                session, MoveRow(token=token, direction="from", place=here, stage=Stage.COPY, started_at=now)
            )
            barriers.bar_claims(session, "This database is not complete yet: finish its move first.")
    with writing(source) as session:
        if moves.latest(session, "to") is None:
            moves.add(
                session, MoveRow(token=token, direction="to", place=there, stage=Stage.DRAIN, started_at=now)
            )
            barriers.bar_claims(session, _said(Stage.DRAIN, there))


def _drain(source: Engine, clock: Callable[[], datetime], sleep: Callable[[float], None], tell: Tell) -> None:
    """Until nothing is in hand, or its lease has ended: its worker died, and the row says what may be done."""
    most = 0
    while True:
        with reading(source) as session:
            left = moves.in_hand(session, clock())
        most = max(most, left)
        if most:
            tell("what is in hand", most - left, most)
        if not left:
            return
        sleep(DRAINING)


def _stage(source: Engine, token: str, stage: Stage, there: str, now: datetime | None) -> None:
    with writing(source) as session:
        row = moves.latest(session, "to")
        if row is not None and row.token == token and row.stage != Stage.DONE:
            row.stage, row.ended_at = stage, now
            session.flush()
            barriers.unbar(session)
            barriers.bar_claims(session, _said(stage, there))
            barriers.bar_all(session, _said(stage, there))


def _copy(source: Engine, target: Engine, tell: Tell) -> None:
    for table in () if _is_over(target) else copying.tables():
        total, done = copying.count(source, table), copying.count(target, table)

        def more(rows: int, name: str = table.name, total: int = total) -> None:
            nonlocal done
            done = min(total, done + rows)
            tell(f"copying {name}", done, total)

        copying.copy(source, target, table, more)


def _is_over(engine: Engine) -> bool:
    with reading(engine) as session:
        row = moves.latest(session, "from") or moves.latest(session, "to")
        return row is not None and row.stage == Stage.DONE


def _check(source: Engine, target: Engine, tell: Tell) -> list[Table]:
    checked = []
    for table in copying.tables():
        total, done = copying.count(source, table), 0

        def more(rows: int, name: str = table.name, total: int = total) -> None:
            nonlocal done
            done += rows
            tell(f"comparing {name}", done, total)

        checked.append(Table(table.name, total, copying.compare(source, target, table, more)))
    return checked


def _hand_over(source: Engine, target: Engine, token: str, there: str, now: datetime) -> None:
    """The source is closed for ever before the target may send."""
    _stage(source, token, Stage.DONE, there, now)
    with writing(target) as session:
        row = moves.latest(session, "from")
        if row is not None and row.stage != Stage.DONE:
            row.stage, row.ended_at = Stage.DONE, now
            session.flush()
            barriers.unbar(session)
