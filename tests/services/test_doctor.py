from datetime import timedelta

from scheduler.render.environment import environment
from scheduler.services import doctor
from scheduler.services.finding import Finding, Level
from scheduler.store import heartbeats
from scheduler.store.engine import reading, writing
from scheduler.store.vault import Vault
from tests import world


def test_the_schema_is_compared_with_the_newest(engine):
    assert doctor.schema(engine).level is Level.FINE
    with writing(engine) as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'older'")
    assert doctor.schema(engine).level is Level.WRONG


def test_a_key_that_others_can_read_is_wrong(tmp_path):
    path = tmp_path / "key"
    path.touch(0o600)
    assert doctor.key(path).level is Level.FINE
    path.chmod(0o640)
    assert doctor.key(path).level is Level.WRONG


def test_a_template_that_does_not_compile_is_named(tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "quote.txt.j2").write_text("{% if %}")

    class NoCards:
        def templates(self):
            return []

    found = doctor.templates(environment([tmp_path]), NoCards())
    assert found.level is Level.WRONG
    assert "quote.txt.j2, line 1" in found.says


def look(engine, clock, base_url="https://ledger.example", vault=world.VAULT) -> dict[str, Finding]:
    with reading(engine) as session:
        found = doctor.of_work(session, vault=vault, base_url=base_url, now=clock())
        return {each.name: each for each in found}


def test_a_database_without_a_workspace_is_wrong(engine, clock):
    assert look(engine, clock)["workspace"].advice == "pullquote init"


def test_a_daemon_is_wanted_where_deliveries_are_overdue(engine, clock):
    with writing(engine) as session:
        world.due(session, world.post(session, clock()), world.channel(session, clock()), clock())
    assert look(engine, clock)["daemon"].level is Level.NOTE
    clock.advance(minutes=30)
    assert look(engine, clock)["daemon"].level is Level.WRONG
    assert look(engine, clock)["overdue"].level is Level.WRONG
    with writing(engine) as session:
        heartbeats.beat(session, "here:1", clock() - timedelta(seconds=5))
    assert look(engine, clock)["daemon"] == Finding("daemon", "here:1")


def test_a_newsletter_wants_https_and_a_postal_address(engine, clock):
    with writing(engine) as session:
        world.channel(session, clock(), "mailpit", from_address="news@ledger.example")
    found = look(engine, clock, "http://localhost:8080")
    assert found["base_url"].level is found["address"].level is Level.NOTE
    assert "base_url" not in look(engine, clock)


def test_what_is_in_doubt_is_wrong_and_what_failed_is_a_note(engine, clock):
    with writing(engine) as session:
        channel = world.channel(session, clock())
        one, other = world.due(session, world.post(session, clock()), channel, clock(), 2)
        one.status, other.status = "in-doubt", "failed"
    found = look(engine, clock)
    assert found["in-doubt"].level is Level.WRONG
    assert found["failed"].level is Level.NOTE


def test_a_channel_that_the_key_does_not_open_is_wrong(engine, clock):
    with writing(engine) as session:
        name = world.channel(session, clock()).name
    assert name not in look(engine, clock)
    found = look(engine, clock, vault=Vault([b"x" * 32]))[name]
    assert found.level is Level.WRONG
    assert "another key" in found.says
