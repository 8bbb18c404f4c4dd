from __future__ import annotations

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.services import public
from scheduler.store import assets
from tests.conftest import Clock

DATA = b"\xff\xd8\xff\xe0 a photograph"


@pytest.fixture
def path(app: Pullquote) -> str:
    with app.writing() as session:
        digest = assets.put(session, DATA, "image/jpeg", app.clock())
    return public.address(app.vault, "", digest, "image/jpeg", app.clock() + timedelta(days=1))


def test_a_signed_address_shows_the_image(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert (reply.status_code, reply.content) == (200, DATA)
    assert reply.headers["content-type"] == "image/jpeg"
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["cache-control"] == "public, max-age=86400, immutable"
    assert reply.headers["cross-origin-resource-policy"] == "cross-origin"


def test_a_network_may_ask_for_the_headers_alone(client: TestClient, path: str) -> None:
    reply = client.head(path)
    assert (reply.status_code, reply.content) == (200, b"")
    assert reply.headers["content-length"] == str(len(DATA))


def test_a_wrong_an_old_and_an_orphaned_address_get_the_same_answer(
    app: Pullquote, client: TestClient, path: str, clock: Clock
) -> None:
    until = clock() + timedelta(days=1)
    orphan = public.address(app.vault, "", "00" * 32, "image/png", until)
    forged = path.replace("/i/", "/i/A")[:-6] + ".jpeg"
    replies = [client.get(forged), client.get(orphan), client.get("/i/nothing"), client.get("/i/x.png")]
    clock.advance(days=1)
    replies.append(client.get(path))
    assert {(reply.status_code, reply.text) for reply in replies} == {
        (404, "There is no such image, or its address is no longer good.")
    }
