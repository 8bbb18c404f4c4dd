from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from scheduler.web.guard import MAX_BODY


@pytest.mark.parametrize("path", ["/u/x", "/health", "/static/pages.css", "/nowhere"])
def test_every_answer_leaves_a_browser_nothing_to_guess(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_a_body_has_a_limit(client: TestClient) -> None:
    assert client.post("/u/x", content=b"x" * MAX_BODY).status_code == 200
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/u/x", content=b"x" * (MAX_BODY + 1), headers=form)
    assert answer.status_code == 413
    assert "content-security-policy" in answer.headers


def test_a_body_of_unknown_length_has_the_same_limit(client: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1024

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert client.post("/u/x", content=endless(), headers=form).status_code == 413


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_there_is_no_map_of_the_house(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_pages_bring_their_own_style(client: TestClient) -> None:
    style = client.get("/static/pages.css")
    assert style.status_code == 200
    assert style.headers["content-type"].startswith("text/css")
    assert "url(" not in style.text
    assert client.get("/static/../guard.py").status_code == 404
