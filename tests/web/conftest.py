"""The pages over a fresh database, without a server."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.services import accounts
from scheduler.settings import Settings
from scheduler.web import create_app
from tests import world
from tests.conftest import Clock

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette asks for httpx2, and the product speaks httpx
    from fastapi.testclient import TestClient


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[Pullquote]:
    settings = Settings(database=f"sqlite:///{tmp_path}/queue.db", key=world.KEY)
    app = bootstrap(settings, clock)
    yield app
    app.close()


@pytest.fixture
def client(app: Pullquote) -> Iterator[TestClient]:
    with TestClient(create_app(app), follow_redirects=False) as client:
        yield client


PASSWORD = "nine harbour gulls"


@pytest.fixture
def person(app: Pullquote, client: TestClient, clock: Clock) -> TestClient:
    """The owner, signed in; the client sends the form token along."""
    with app.writing() as session:
        world.workspace(session, clock.now)
        token = accounts.owner_link(session, clock.now)
    answer = client.post(
        f"/welcome/{token}", data={"name": "Ada Quist", "email": "ada@example.com", "password": PASSWORD}
    )
    assert answer.status_code == 303
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', client.get("/account").text)
    assert found
    client.headers["x-form-token"] = found[1]
    return client
