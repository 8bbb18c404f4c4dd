from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from scheduler.domain.errors import PullquoteError
from scheduler.services.doctor_database import database, refuse_wrong_clock, server, sqlite, wal_is_safe
from scheduler.services.finding import Level
from scheduler.store import postgresql
from scheduler.store.engine import open_engine
from scheduler.store.postgresql import About

WELL = About(180004, "18.4", True, 90, timedelta(milliseconds=1), timedelta(milliseconds=3))


def now():
    return datetime.now(UTC)


@pytest.fixture
def running(postgres):
    engine = open_engine(postgres.url("pullquote"))
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 9), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((3, 53, 0), True),
    ],
)
def test_knows_where_the_bug_of_sqlite_is_mended(version, safe):
    assert wal_is_safe(version) is safe
    assert sqlite(version).level is (Level.FINE if safe else Level.NOTE)


def test_a_real_server_is_asked_and_found_well(running):
    about = postgresql.about(running, now)
    assert about.version // 10_000 >= postgresql.OLDEST
    assert about.may_change_tables
    assert timedelta() < about.round_trip < timedelta(seconds=10)
    assert abs(about.ahead) <= about.round_trip + timedelta(seconds=1)
    found = {finding.name: finding for finding in database(running, now)}
    assert {"PostgreSQL", "distance", "clock"} <= set(found)
    assert found["PostgreSQL"].level is Level.FINE


def worst(**values):
    return max((finding.level for finding in server(replace(WELL, **values))), key=list(Level).index)


@pytest.mark.parametrize(
    ("values", "level"),
    [
        ({}, Level.FINE),
        ({"version": 130009}, Level.WRONG),
        ({"may_change_tables": False}, Level.WRONG),
        ({"free": 3}, Level.NOTE),
        ({"round_trip": timedelta(milliseconds=40)}, Level.NOTE),
        ({"ahead": timedelta(seconds=2)}, Level.NOTE),
        ({"ahead": timedelta(seconds=-11)}, Level.WRONG),
    ],
)
def test_what_is_not_well_is_said(values, level):
    assert worst(**values) is level


def test_a_daemon_whose_clock_is_far_off_does_not_start(running):
    refuse_wrong_clock(running, now)
    with pytest.raises(PullquoteError, match=r"this machine's is \d+ s ahead of the database's"):
        refuse_wrong_clock(running, lambda: now() + timedelta(seconds=60))
    with pytest.raises(PullquoteError, match="behind"):
        refuse_wrong_clock(running, lambda: now() - timedelta(seconds=60))


def test_a_file_has_the_clock_of_its_machine(clock):
    refuse_wrong_clock(open_engine("sqlite://"), clock)
