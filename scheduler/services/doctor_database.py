"""What is wrong with the database, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from sqlalchemy import Engine

from scheduler.domain.errors import PullquoteError
from scheduler.services.finding import Finding, Level
from scheduler.store import postgresql
from scheduler.store import sqlite as embedded
from scheduler.store.engine import is_embedded
from scheduler.store.postgresql import OLDEST, About

FAR = timedelta(milliseconds=5)  # a delivery costs about ten round trips
FEW = 15  # connections: what one more process may want
SKEW = timedelta(seconds=1)
WRONG = timedelta(seconds=10)  # a third of a lease: others would take over too early


def database(engine: Engine, clock: Callable[[], datetime]) -> Iterator[Finding]:
    if is_embedded(engine):
        yield sqlite(embedded.version())
    else:
        yield from server(postgresql.about(engine, clock))


def sqlite(at: tuple[int, int, int]) -> Finding:
    said = ".".join(map(str, at))
    if wal_is_safe(at):
        return Finding("SQLite", said)
    return Finding(
        "SQLite",
        f"{said} has a rare bug that can damage a database which several processes write to",
        Level.NOTE,
        "Run one daemon, and use a Python with SQLite 3.51.3 or newer when there is one for your system.",
    )


def wal_is_safe(at: tuple[int, int, int]) -> bool:
    """Whether the WAL-reset bug (https://sqlite.org/wal.html#walresetbug) is mended in that version."""
    mended_before = {(3, 44): 6, (3, 50): 7}  # in older lines
    return at >= (3, 51, 3) or at[2] >= mended_before.get(at[:2], 1000)


def server(about: About) -> Iterator[Finding]:
    yield _version(about)
    yield _distance(about)
    yield _clock(about)
    if not about.may_change_tables:
        advice = "GRANT CREATE ON SCHEMA public TO its user: upgrades change tables."
        yield Finding("permissions", "the user may not make tables", Level.WRONG, advice)
    if about.free < FEW:
        advice = "Raise max_connections: each daemon and worker uses up to 15."
        yield Finding("connections", f"{max(about.free, 0)} more are taken", Level.NOTE, advice)


def _version(about: About) -> Finding:
    if about.version >= OLDEST * 10_000:
        return Finding("PostgreSQL", about.said)
    advice = f"Upgrade to {OLDEST} or newer: nobody has tried Pullquote on it."
    return Finding("PostgreSQL", f"{about.said} is too old", Level.WRONG, advice)


def _distance(about: About) -> Finding:
    said = f"a round trip takes {about.round_trip.total_seconds() * 1000:.1f} ms"
    if about.round_trip <= FAR:
        return Finding("distance", said)
    return Finding(
        "distance", said, Level.NOTE, "Run daemon and workers near the database: a send takes about ten."
    )


def _clock(about: About) -> Finding:
    if abs(about.ahead) <= SKEW + about.round_trip:
        return Finding("clock", f"within {(SKEW + about.round_trip).total_seconds():.0f} s of the database's")
    level = Level.WRONG if abs(about.ahead) > WRONG else Level.NOTE
    return Finding("clock", _skewed(about.ahead), level, "Let this machine and the server keep time by NTP.")


def _skewed(ahead: timedelta) -> str:
    where = "behind" if ahead > timedelta() else "ahead of"
    return f"this machine's is {abs(ahead).total_seconds():.0f} s {where} the database's"


def refuse_wrong_clock(engine: Engine, clock: Callable[[], datetime]) -> None:
    """A daemon whose clock is far off would send at wrong times, and lose its leases to others, or take theirs."""
    if is_embedded(engine):
        return
    ahead = postgresql.about(engine, clock).ahead
    if abs(ahead) > WRONG:
        raise PullquoteError(f"The clocks differ: {_skewed(ahead)}. Set both by NTP, then start again.")
