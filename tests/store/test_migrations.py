"""The migrations and the tables say the same."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from scheduler.store.engine import open_engine, reading, writing
from scheduler.store.migrations import upgrade
from scheduler.store.tables import WorkspaceRow


def test_the_migrations_make_the_tables(engine):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []


def test_opening_again_changes_nothing(tmp_path, clock):
    url = f"sqlite:///{tmp_path}/queue.db"
    engine = open_engine(url)
    with writing(engine) as session:
        session.add(WorkspaceRow(name="Harbour", created_at=clock()))
    upgrade(engine)
    with reading(open_engine(url)) as session:
        assert session.get(WorkspaceRow, 1).name == "Harbour"
