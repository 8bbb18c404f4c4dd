from __future__ import annotations

from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain import accounts as rules
from scheduler.web import create_app
from tests.web.conftest import PASSWORD


def elsewhere(app: Pullquote, password: str = PASSWORD) -> TestClient:
    """The same person in another browser."""
    client = TestClient(create_app(app), follow_redirects=False, headers={"User-Agent": "Lynx <b>"})
    client.post("/sign-in", data={"email": "ada@example.com", "password": password})
    return client


def test_a_browser_is_signed_out_from_another(app: Pullquote, person: TestClient) -> None:
    other = elsewhere(app)
    assert other.get("/").status_code == 200
    page = person.get("/account").text
    assert "Lynx &lt;b&gt;" in page
    assert "this browser" in page
    person.post("/account/sign-out-others")
    assert other.get("/").status_code == 303
    assert person.get("/").status_code == 200


def test_a_new_password_needs_the_old_one(app: Pullquote, person: TestClient) -> None:
    other = elsewhere(app)
    wrong = person.post("/account/password", data={"old": "wrong", "new": "twelve other gulls"})
    assert wrong.status_code == 422
    assert "present password is not right" in wrong.text
    assert person.post("/account/password", data={"old": PASSWORD, "new": "short"}).status_code == 422
    done = person.post("/account/password", data={"old": PASSWORD, "new": "twelve other gulls"})
    assert done.status_code == 303
    assert other.get("/").status_code == 303
    assert elsewhere(app, "twelve other gulls").get("/").status_code == 200


def test_the_present_password_cannot_be_guessed_from_a_borrowed_browser(person: TestClient) -> None:
    tries = {"old": "wrong", "new": "twelve other gulls"}
    for _ in range(rules.TRIES):
        person.post("/account/password", data=tries)
    answer = person.post("/account/password", data=tries | {"old": PASSWORD})
    assert answer.status_code == 422
    assert "wait 15 minutes" in answer.text
