import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.tables import SlotRow, WorkspaceRow


@pytest.fixture
def engine(tmp_path):
    return open_engine(f"sqlite:///{tmp_path}/queue.db")


def test_keeps_what_it_promised_to_keep(engine):
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL: survives a power cut
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_the_file_is_its_owner_s_only(engine, tmp_path):
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
