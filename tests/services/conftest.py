"""These run on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from scheduler.domain.addresses import networks
from scheduler.render.environment import environment
from scheduler.services import compose
from scheduler.services.deliver import Office
from scheduler.transport import Transport
from tests import world
from tests.both import engine  # noqa: F401 (a fixture)
from tests.conftest import Clock


@pytest.fixture
def office(engine: Engine, clock: Clock) -> Iterator[Office]:  # noqa: F811 (the fixture)
    """With the real transport, which reaches this machine only."""
    transport = Transport(clock, allowed=networks(["127.0.0.0/8"]), seconds=5.0)
    studio = compose.Studio(cards=None, environment=environment([]), base_url="https://news.ledger.example")  # type: ignore[arg-type]
    yield Office(engine, transport, world.VAULT, studio, clock, spread=lambda: 0.0)
    transport.close()
