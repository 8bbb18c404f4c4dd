from sqlalchemy import select

from scheduler.store.copies import copy_of
from scheduler.store.engine import reading, writing
from scheduler.store.tables import DeliveryRow
from tests import world


def test_a_copy_has_every_row_and_is_another_database(engine, clock, tmp_path):
    with writing(engine) as session:
        channel = world.channel(session, clock())
        world.due(session, world.post(session, clock()), channel, clock(), 3)
    if engine.dialect.name == "sqlite" and engine.url.database in {None, ""}:
        with engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"VACUUM INTO '{tmp_path}/queue.db'")
        url = f"sqlite:///{tmp_path}/queue.db"
    else:
        url = engine.url.render_as_string(hide_password=False)
    copy = copy_of(url)
    with writing(copy) as session:
        assert len(session.execute(select(DeliveryRow)).all()) == 3
        session.execute(DeliveryRow.__table__.delete())
    with reading(engine) as session:
        assert len(session.execute(select(DeliveryRow)).all()) == 3
    copy.dispose()
