"""PostgreSQL: the same schema and the same rules, for any number of machines. Needs the extra `postgres`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from scheduler.domain.errors import PullquoteError

OLDEST = 14  # major version that the tests and the documentation speak for
LOCK_SECONDS = 30  # to wait for another writer, as on SQLite
IDLE = 10.0  # seconds after which a pooled connection is asked whether it still lives
#: Where the address does not say otherwise. A server that vanished without a word is given up after 20 seconds.
USUAL = {
    "application_name": "pullquote",
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,  # milliseconds
}
#: One key for whoever may not run beside another writer: migrations, and people's changes.
ONE_WRITER = 0x70756C6C71756F74  # "pullquot"

#: A view that stays the same from its first statement to its last, as on SQLite.
SNAPSHOT: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def create(url: URL) -> Engine:
    if find_spec("psycopg") is None:
        raise PullquoteError(
            "PostgreSQL needs a driver that is not installed: pip install 'pullquote[postgres]'."
        )
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        connect_args={name: value for name, value in USUAL.items() if name not in url.query},
        hide_parameters=True,  # in errors, which are logged: they hold addresses and messages
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "checkin", _note_time)
    event.listen(engine, "checkout", partial(_ask_whether_it_lives, engine.dialect))
    event.listen(engine, "begin", _begin)
    return engine


def _configure(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.adapters.register_dumper(str, _text_dumper())
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
        cursor.execute("SET timezone = 'UTC'")
        # A mark that is not on the disk is a duplicate after a power failure. Settings that wait for more are kept.
        cursor.execute(
            "SELECT set_config(name, 'on', false) FROM pg_settings"
            " WHERE name = 'synchronous_commit' AND setting = 'off'"
        )
    connection.commit()


@cache
def _text_dumper() -> type:
    """What a service answered may hold a NUL, which no text of PostgreSQL can; SQLite's can."""
    base: Any = import_module("psycopg.types.string").StrDumperUnknown

    class Dumper(base):  # type: ignore[misc]
        def dump(self, obj: str) -> Any:
            return super().dump(obj.replace("\0", "\N{REPLACEMENT CHARACTER}"))

    return Dumper


def _note_time(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info["used"] = monotonic()


def _ask_whether_it_lives(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: Any
) -> None:
    """Only after a pause: in a busy minute it would cost a round trip for each transaction."""
    if monotonic() - record.info.get("used", monotonic()) < IDLE:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _begin(connection: Connection) -> None:
    """Those who check first and write later come one after another, as on SQLite."""
    if connection.get_execution_options().get("writes") == "alone":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ONE_WRITER})")


def conninfo(engine: Engine) -> str:
    """The address as libpq takes it, with its password."""
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def make_schema(engine: Engine, name: str, statements: str) -> None:
    """A schema of somebody else's tables, where it is missing. Several processes may ask for it at once."""
    with engine.execution_options(writes="alone").begin() as connection:
        if connection.execute(text("SELECT to_regnamespace(:name)"), {"name": name}).scalar() is None:
            quoted = engine.dialect.identifier_preparer.quote(name)
            cursor = connection.connection.cursor()  # several statements at once
            cursor.execute(f"CREATE SCHEMA {quoted}; SET LOCAL search_path = {quoted}")
            cursor.execute(statements)
            cursor.close()


@dataclass(frozen=True)
class About:
    """What a server says of itself."""

    version: int  # 180004
    said: str  # "18.4"
    may_change_tables: bool
    free: int  # connections that it would still take
    round_trip: timedelta
    ahead: timedelta  # of its clock to ours; right to half a round trip


def about(engine: Engine, clock: Callable[[], datetime]) -> About:
    query = text(
        "SELECT current_setting('server_version_num')::int, current_setting('server_version'), "
        "has_schema_privilege(current_schema(), 'CREATE'), "
        "current_setting('max_connections')::int - (SELECT count(*) FROM pg_stat_activity), "
        "clock_timestamp() AT TIME ZONE 'UTC'"
    )
    with engine.connect() as connection:
        connection.execute(query)  # the first one also connects, and loads what the server caches
        before, began = clock(), monotonic()
        version, said, may, free, theirs = connection.execute(query).one()
        round_trip = timedelta(seconds=monotonic() - began)
    ahead = theirs.replace(tzinfo=UTC) - (before + round_trip / 2)
    return About(version, said.split()[0], bool(may), free, round_trip, ahead)
