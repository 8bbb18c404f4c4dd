from __future__ import annotations

import re

from fastapi.testclient import TestClient

from scheduler.web import static_files

MOST = 120 * 1024  # bytes that the first page may ask for, compressed


def test_a_file_is_kept_for_ever_at_the_address_of_its_content(client: TestClient) -> None:
    answer = client.get(static_files.address("app.css"))
    assert answer.headers["cache-control"] == static_files.FOR_EVER
    assert answer.headers["content-encoding"] == "gzip"
    assert client.get("/static/app.css").headers["cache-control"] == "no-cache"
    assert "immutable" not in client.get("/static/none.css?v=1").headers.get("cache-control", "")


def test_the_first_page_asks_for_little(person: TestClient) -> None:
    page = person.get("/").text
    wanted = re.findall(r'(?:src|href)="(/static/[^"]+\.(?:js|css)\?v=[0-9a-f]{12})"', page)
    assert len(wanted) == 3
    sizes = [int(person.get(path).headers["content-length"]) for path in wanted]
    assert sum(sizes) < MOST


def test_pages_are_not_compressed(person: TestClient) -> None:
    """They hold a token beside what others may have written: the length would tell of it."""
    assert "content-encoding" not in person.get("/account").headers
