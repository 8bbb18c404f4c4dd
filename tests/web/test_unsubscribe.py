from __future__ import annotations

import logging

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from scheduler.bootstrap import Pullquote
from scheduler.services import subscribe
from scheduler.store import subscribers
from tests import world

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def token(app: Pullquote) -> str:
    with app.writing() as session:
        workspace = world.workspace(session, app.clock())
        weekly = subscribe.create_list(session, workspace.id, "Weekly", now=app.clock())
        row = subscribe.add_subscriber(session, weekly, "jane@example.com", source="form", now=app.clock())
        return subscribe.token_for(app.vault, row.id)


def status(app: Pullquote) -> str:
    with app.reading() as session:
        row = subscribers.get_subscription(session, 1)
        assert row
        return row.status


def tampered(token: str) -> str:
    return token[:-1] + ("A" if token[-1] != "A" else "B")


def test_a_scanner_that_follows_the_link_changes_nothing(
    app: Pullquote, client: TestClient, token: str
) -> None:
    for _ in range(100):
        page = client.get(f"/u/{token}")
    assert page.status_code == 200
    assert "Nothing has changed yet" in page.text
    client.head(f"/u/{token}")
    client.options(f"/u/{token}")
    client.put(f"/u/{token}")
    assert status(app) == "confirmed"


def one_click(client: TestClient, path: str, encoding: str) -> Response:
    if encoding == "multipart":
        return client.post(path, files={name: (None, value) for name, value in ONE_CLICK.items()})
    return client.post(path, data=ONE_CLICK)


@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
def test_one_click_of_a_mail_program_unsubscribes(
    app: Pullquote, client: TestClient, token: str, encoding: str
) -> None:
    answer = one_click(client, f"/u/{token}", encoding)
    assert (answer.status_code, answer.content) == (200, b"")
    assert "set-cookie" not in answer.headers
    assert status(app) == "unsubscribed"
    assert one_click(client, f"/u/{token}", encoding).status_code == 200
    assert status(app) == "unsubscribed"


@pytest.mark.parametrize("body", [b"", b"%%%", b'{"a": 1}'])
def test_a_post_unsubscribes_whatever_its_body(
    app: Pullquote, client: TestClient, token: str, body: bytes
) -> None:
    assert client.post(f"/u/{token}", content=body).status_code == 200
    assert status(app) == "unsubscribed"


def test_a_person_who_presses_the_button_is_told(app: Pullquote, client: TestClient, token: str) -> None:
    page = client.get(f"/u/{token}").text
    assert '<form method="post">' in page
    assert '<button name="button" value="unsubscribe">' in page
    answer = client.post(f"/u/{token}", data={"button": "unsubscribe"})
    assert answer.status_code == 200
    assert "You are unsubscribed" in answer.text
    assert status(app) == "unsubscribed"


@pytest.mark.parametrize("data", [ONE_CLICK, {"button": "unsubscribe"}])
def test_the_answer_does_not_tell_whether_a_link_is_ours(
    app: Pullquote,
    client: TestClient,
    token: str,
    data: dict[str, str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    forged = [tampered(token), "x", "A" * 32, "%0a" * 9]
    with caplog.at_level(logging.WARNING):
        answers = [client.post(f"/u/{each}", data=data) for each in forged]
    assert len(caplog.records) == len(forged)
    assert "\n" not in caplog.records[-1].getMessage()
    assert status(app) == "confirmed"
    ours = client.post(f"/u/{token}", data=data)
    for answer in answers:
        assert (answer.status_code, answer.text) == (200, ours.text)
        assert dict(answer.headers) == dict(ours.headers)
    assert client.get(f"/u/{forged[0]}").text == client.get(f"/u/{token}").text


def test_the_page_needs_no_script_and_says_its_language(client: TestClient, token: str) -> None:
    for page in (client.get(f"/u/{token}").text, client.post(f"/u/{token}", data={"button": "1"}).text):
        assert '<html lang="en">' in page
        assert "<h1>" in page
        assert "<main>" in page
        assert "script" not in page
        assert "style=" not in page
        assert page.count("<title>") == 1
