"""Alembic migrations, run by the product itself when it opens a database."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

HERE = Path(__file__).parent


def config() -> Config:
    settings = Config()
    settings.set_main_option("script_location", str(HERE).replace("%", "%%"))
    return settings


def upgrade(engine: Engine) -> None:
    """Bring the schema up to date. Several processes may do it at once: one does, the others find it done."""
    here, newest = revisions(engine)
    if here == newest:
        return
    with engine.execution_options(writes="alone").begin() as connection:
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """The revision that the database is at, and the newest there is."""
    newest = ScriptDirectory.from_config(config()).get_current_head()
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision(), newest
