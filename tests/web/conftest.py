"""The pages over a fresh database, without a server."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from scheduler.bootstrap import Pullquote, bootstrap
from scheduler.settings import Settings
from scheduler.web import create_app
from tests.conftest import Clock

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette asks for httpx2, and the product speaks httpx
    from fastapi.testclient import TestClient


@pytest.fixture
def app(tmp_path: Path, clock: Clock) -> Iterator[Pullquote]:
    settings = Settings(database=f"sqlite:///{tmp_path}/queue.db", key_file=tmp_path / "pullquote.key")
    app = bootstrap(settings, clock)
    yield app
    app.close()


@pytest.fixture
def client(app: Pullquote) -> Iterator[TestClient]:
    with TestClient(create_app(app), follow_redirects=False) as client:
        yield client
