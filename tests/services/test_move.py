"""A running installation goes to another database: every row, once, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from scheduler.domain.errors import PullquoteError
from scheduler.services import move
from scheduler.store import assets, channels, events, heartbeats, queue, workspaces
from scheduler.store.barriers import Barred
from scheduler.store.copying import tables
from scheduler.store.engine import connect, open_engine, reading, writing
from tests import world
from tests.conftest import Clock
from tests.postgres import Cluster

LEASE = timedelta(seconds=30)


@pytest.fixture
def old(tmp_path: Path, clock: Clock) -> Iterator[Engine]:
    """An installation with something in most tables, and one text that PostgreSQL has no letters for."""
    engine = open_engine(f"sqlite:///{tmp_path}/queue.db")
    with writing(engine) as session:
        hook = world.channel(session, clock())
        source = world.article(session, clock())
        for number in range(5):
            world.due(session, world.post(session, clock(), f"Post {number} 🌊", of=source), hook, clock())
        digest = assets.put(session, bytes(range(256)) * 50, "image/png", clock(), width=3)
        assets.remember(session, "k2", [(digest, "one"), (digest, "two")])
        assets.remember(session, "K1", [(digest, "three")])
        events.add(session, "test", "with a NUL\0", clock(), channel_id=hook.id)
        heartbeats.beat(session, "machine:1", clock())
    yield engine
    engine.dispose()


@pytest.fixture(params=["postgresql", "sqlite"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database to move to, of each kind: that one can come back is the same."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/new.db"
        return
    cluster: Cluster = request.getfixturevalue("postgres")
    url = cluster.create()
    yield url
    cluster.drop(url)


@pytest.fixture
def new(place: str) -> Iterator[Engine]:
    engine = connect(place)
    yield engine
    engine.dispose()


@pytest.fixture
def go(old: Engine, place: str, clock: Clock) -> Callable[..., list[move.Table]]:
    def go(
        source: Engine = old, url: str = place, tell: move.Tell = lambda *_: None, sleep: object = None
    ) -> list[move.Table]:
        return move.move(source, url, clock=clock, sleep=sleep or _never, tell=tell)  # type: ignore[arg-type]

    return go


def _never(_seconds: float) -> None:
    raise AssertionError("there was nothing to wait for")


def content(engine: Engine) -> dict[str, list[str]]:
    """All rows, a NUL shown as PostgreSQL stores it."""
    with engine.connect() as connection:
        return {
            table.name: sorted(
                str(tuple(row)).replace("\\x00", "�") for row in connection.execute(table.select())
            )
            for table in tables()
        }


def test_everything_is_there_and_the_numbers_go_on(old, go, clock, new):
    moved = {table.name: table for table in go()}
    assert moved["delivery"].rows == 5
    assert len(moved["asset"].digest) == 16
    assert content(new) == content(old)
    with writing(new) as session:
        assert workspaces.add(session, "Another", zone="UTC", language="en", now=clock()).id == 2
        assert queue.claim(session, clock(), owner="a", lease=LEASE)


def test_the_old_one_takes_no_changes_and_says_where_everything_went(old, go, clock):
    go()
    with pytest.raises(Barred, match="has moved to"), writing(old) as session:
        workspaces.add(session, "Late", zone="UTC", language="en", now=clock())
    with pytest.raises(Barred, match="PULLQUOTE_DATABASE"), writing(old, concurrent=True) as session:
        queue.claim(session, clock(), owner="a", lease=LEASE)
    with pytest.raises(PullquoteError, match="has moved to"), reading(old) as session:
        move.refuse_moved(session)
    with pytest.raises(PullquoteError, match="may have sent from there"):
        move.cancel(old)


def test_said_again_it_changes_nothing(go, clock, new):
    go()
    with writing(new) as session:
        workspaces.add(session, "Since then", zone="UTC", language="en", now=clock())
    assert go() == []


class Stopped(BaseException):
    """The process was killed."""


@pytest.mark.parametrize("step", range(0, 30, 5))
def test_killed_anywhere_it_goes_on(old, go, step, monkeypatch, new):
    """At any row of the copy, of the comparison, and between the two."""
    monkeypatch.setattr("scheduler.store.copying.ROWS", 2)
    told = []

    def tell(*what: object) -> None:
        told.append(what)
        if len(told) == step + 1:
            raise Stopped

    try:
        go(tell=tell)
    except Stopped:
        with pytest.raises(PullquoteError), reading(new) as session:
            move.refuse_moved(session)
    moved = {table.name: table.rows for table in go()}
    assert moved["delivery"] == 5
    assert moved["card"] == 3
    with reading(new) as session:
        move.refuse_moved(session)


def test_between_the_two_marks_of_its_beginning_too(old, go, monkeypatch):
    marks = iter([None, Stopped()])
    bar = move.barriers.bar_claims

    def once(session: object, sentence: str) -> None:
        stop = next(marks, None)
        if stop is not None:
            raise stop
        bar(session, sentence)

    monkeypatch.setattr(move.barriers, "bar_claims", once)
    with pytest.raises(Stopped):
        go()
    assert go()


def test_what_is_in_hand_is_settled_first(old, go, clock):
    with writing(old) as session:
        (row,) = queue.claim(session, clock(), owner="a", lease=LEASE)
    waits = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        with pytest.raises(Barred, match="is moving"), writing(old) as session:
            queue.claim(session, clock(), owner="b", lease=LEASE)
        if len(waits) == 3:
            with writing(old) as session:
                queue.owned(session, row.id, "a", owner="", status="sent", next_at=None)

    assert go(sleep=sleep)
    assert len(waits) == 3


def test_a_worker_that_died_is_waited_for_as_long_as_its_lease(old, go, clock):
    with writing(old) as session:
        queue.claim(session, clock(), owner="a", lease=LEASE)
    waits = []

    def sleep(seconds: float) -> None:
        waits.append(seconds)
        clock.advance(seconds=10)

    assert go(sleep=sleep)
    assert len(waits) == 3


def test_a_database_that_holds_something_is_refused(old, place, go, clock, new):
    open_engine(place).dispose()
    with writing(new) as session:
        workspaces.add(session, "Somebody else", zone="UTC", language="en", now=clock())
    with pytest.raises(PullquoteError, match="not empty"):
        go()
    with writing(old) as session:
        workspaces.add(session, "Still open", zone="UTC", language="en", now=clock())


def test_a_row_that_differs_stops_it(old, go, new):

    def spoil(what: str, *_: object) -> None:
        if what == "comparing workspace":
            with new.begin() as connection:
                connection.execute(text("UPDATE delivery SET reason = 'spoiled' WHERE id = 3"))

    with pytest.raises(PullquoteError, match=r"delivery \(id 3\) is not the same"):
        go(tell=spoil)
    with pytest.raises(PullquoteError), reading(new) as session:
        move.refuse_moved(session)


def test_given_up_the_old_one_goes_on(old, go, clock):
    def stop(what: str, *_: object) -> None:
        if what == "copying delivery":
            raise Stopped

    with pytest.raises(Stopped):
        go(tell=stop)
    with pytest.raises(Barred, match="--cancel"), writing(old) as session:
        workspaces.add(session, "Meanwhile", zone="UTC", language="en", now=clock())
    assert move.cancel(old)
    assert not move.cancel(old)
    with writing(old) as session:
        assert queue.claim(session, clock(), owner="a", lease=LEASE)
    with pytest.raises(PullquoteError, match="not empty"):
        go()


@pytest.mark.parametrize("place", ["postgresql"], indirect=True)
def test_there_and_back_again(old, go, postgres, tmp_path, clock):
    there, back = postgres.create(), f"sqlite:///{tmp_path}/back.db"
    go(url=there)
    middle = connect(there)
    go(source=middle, url=back)
    with pytest.raises(Barred, match="has moved to"), writing(middle) as session:
        channels.pause(session, 1, "late", clock())
    end = connect(back)
    assert content(end) == content(old)
    end.dispose()
    middle.dispose()
    postgres.drop(there)


def test_a_plan_writes_nothing(old, postgres, tmp_path, clock):
    url = postgres.create("template1")
    for place in (url, f"sqlite:///{tmp_path}/new.db"):
        assert {table.name: table.rows for table in move.plan(old, place)}["delivery"] == 5
    assert not (tmp_path / "new.db").exists()
    engine = connect(url)
    with engine.connect() as connection:
        assert not engine.dialect.has_table(connection, "delivery")
    engine.dispose()
    postgres.drop(url)
    with writing(old) as session:
        workspaces.add(session, "Still open", zone="UTC", language="en", now=clock())
