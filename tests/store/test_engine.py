from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from scheduler.domain.errors import PullquoteError
from scheduler.store import workspaces
from scheduler.store.engine import connect, open_engine, reading, shown, writing
from scheduler.store.tables import SlotRow, WorkspaceRow


@pytest.fixture
def engine(database):
    engine = open_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture
def file(tmp_path):
    return open_engine(f"sqlite:///{tmp_path}/queue.db")


def test_keeps_what_it_promised_to_keep(file):
    with file.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL: survives a power cut
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_the_file_is_its_owner_s_only(file, tmp_path):
    assert (tmp_path / "queue.db").stat().st_mode & 0o777 == 0o600


def test_an_error_rolls_everything_back(engine, clock):
    with pytest.raises(RuntimeError), writing(engine) as session:
        session.add(WorkspaceRow(name="Harbour", created_at=clock()))
        session.flush()
        raise RuntimeError
    with reading(engine) as session:
        assert session.get(WorkspaceRow, 1) is None


def test_a_row_must_belong_to_something(engine):
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.add(SlotRow(channel_id=7, weekday=0, time="09:00"))


def test_an_instant_without_a_zone_is_refused(engine, clock):
    with pytest.raises(Exception, match="an instant needs a time zone"), writing(engine) as session:
        session.add(WorkspaceRow(name="Harbour", created_at=clock().replace(tzinfo=None)))
        session.flush()


def test_a_reader_does_not_wait_for_a_writer(engine, clock):
    with writing(engine) as writer:
        writer.add(WorkspaceRow(name="Harbour", created_at=clock()))
        writer.flush()
        with reading(engine) as reader:
            assert reader.get(WorkspaceRow, 1) is None


def test_a_reader_s_view_stays_as_it_was(engine, clock):
    with reading(engine) as reader:
        assert workspaces.find(reader) is None
        with writing(engine) as writer:
            workspaces.add(writer, "Harbour", zone="UTC", language="en", now=clock())
        assert workspaces.find(reader) is None
    with reading(engine) as reader:
        assert workspaces.find(reader) is not None


def test_what_one_writer_has_checked_no_other_changes_before_it_writes(database, clock):
    """Two processes, as each has an engine of its own."""
    engines = [open_engine(database), open_engine(database)]
    checked = Event()

    def add_if_there_is_none(engine):
        with writing(engine) as session:
            if workspaces.find(session) is None:
                checked.wait(0.05)  # time enough for the other to check as well, if it could
                workspaces.add(session, f"W{id(engine)}", zone="UTC", language="en", now=clock())
                return 1
        return 0

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(add_if_there_is_none, engines)) == 1
    for engine in engines:
        engine.dispose()


def test_writers_that_name_what_they_expect_run_beside_others(postgres, clock):
    url = postgres.create()
    engine = open_engine(url)
    with writing(engine) as one, writing(engine, concurrent=True) as other:
        workspaces.add(one, "One", zone="UTC", language="en", now=clock())
        workspaces.add(other, "Other", zone="UTC", language="en", now=clock())
    with reading(engine) as session:
        assert {session.get(WorkspaceRow, id_).name for id_ in (1, 2)} == {"One", "Other"}
    engine.dispose()
    postgres.drop(url)


def test_postgresql_takes_a_text_that_holds_a_nul(engine, clock):
    with writing(engine) as session:
        row = workspaces.add(session, "Har\0bour", zone="UTC", language="en", now=clock())
        session.expire(row)
        assert row.name in {"Har\0bour", "Har\N{REPLACEMENT CHARACTER}bour"}


def test_reading_changes_nothing_on_postgresql(postgres):
    engine = open_engine(postgres.url("pullquote"))
    with pytest.raises(DBAPIError, match="read-only"), reading(engine) as session:
        session.execute(text("DELETE FROM workspace"))
    engine.dispose()


def test_a_connection_that_the_server_closed_is_replaced(postgres, monkeypatch):
    monkeypatch.setattr("scheduler.store.postgresql.IDLE", 0.0)
    engine = open_engine(postgres.url("pullquote"))
    with reading(engine) as session:
        (pid,) = session.execute(text("SELECT pg_backend_pid()")).one()
    postgres.execute(f"SELECT pg_terminate_backend({pid}, 5000)")
    with reading(engine) as session:
        assert session.execute(text("SELECT pg_backend_pid()")).scalar() != pid
    engine.dispose()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "queue.db", "://"])
def test_what_is_no_database_of_ours_is_refused_without_showing_it(url):
    with pytest.raises(PullquoteError, match="sqlite"):
        connect(url)


def test_a_missing_driver_is_said_with_what_to_install(monkeypatch):
    monkeypatch.setattr("scheduler.store.postgresql.find_spec", lambda _name: None)
    with pytest.raises(PullquoteError, match=r"pip install 'pullquote\[postgres\]'"):
        connect("postgresql://localhost/pullquote")


def test_an_address_is_shown_without_its_password():
    assert shown("postgresql://us:secret@db/pullquote") == "postgresql://us:***@db/pullquote"
    assert shown("secret") == "…"
