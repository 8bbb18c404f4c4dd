from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain import accounts as rules
from scheduler.services import accounts
from scheduler.web.visitors import Visitors, inside
from tests import world
from tests.conftest import Clock
from tests.web.conftest import PASSWORD


def sign_in(client: TestClient, password: str = PASSWORD, **more: str):
    return client.post("/sign-in", data={"email": "ada@example.com", "password": password, **more})


@pytest.mark.parametrize("path", ["/", "/queue?show=sent", "/account", "/deliveries/1", "/live"])
def test_behind_the_door_nobody_comes_without_signing_in(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in")


def test_a_part_of_a_page_does_not_become_the_door(client: TestClient) -> None:
    answer = client.get("/queue", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["hx-redirect"] == "/sign-in?next=/queue"


def test_who_signs_in_comes_where_they_wanted_to_go(person: TestClient) -> None:
    person.post("/sign-out")
    assert person.get("/").status_code == 303
    assert 'value="/queue?show=sent"' in person.get("/sign-in?next=/queue%3Fshow%3Dsent").text
    answer = sign_in(person, next="/queue?show=sent")
    assert answer.headers["location"] == "/queue?show=sent"
    assert person.get("/").status_code == 200


@pytest.mark.parametrize(
    "path", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a\nb", ""]
)
def test_no_link_leads_elsewhere_after_signing_in(path: str) -> None:
    assert inside(path) == "/"


def test_the_cookie_is_for_this_site_and_no_script(client: TestClient, person: TestClient) -> None:
    person.post("/sign-out")
    cookie = sign_in(person).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie


def test_a_wrong_password_says_no_more_than_that(person: TestClient) -> None:
    person.post("/sign-out")
    wrong = sign_in(person, "wrong")
    nobody = person.post("/sign-in", data={"email": "eve@example.com", "password": "wrong"})
    assert wrong.status_code == nobody.status_code == 401
    assert accounts.WRONG in wrong.text
    assert wrong.text.replace("ada@", "eve@") == nobody.text


def test_guessing_is_answered_with_wait(person: TestClient) -> None:
    person.post("/sign-out")
    for _ in range(rules.TRIES):
        assert sign_in(person, "wrong").status_code == 401
    answer = sign_in(person)
    assert answer.status_code == 429
    assert "wait 15 minutes" in answer.text


def test_a_link_makes_one_account(app: Pullquote, client: TestClient, clock: Clock) -> None:
    with app.writing() as session:
        world.workspace(session, clock.now)
        token = accounts.owner_link(session, clock.now)
    assert "Welcome to The Harbour Ledger" in client.get(f"/welcome/{token}").text
    short = client.post(
        f"/welcome/{token}", data={"name": "Ada", "email": "ada@example.com", "password": "x"}
    )
    assert short.status_code == 422
    assert "10 to 256 characters" in short.text
    assert 'value="ada@example.com"' in short.text
    made = client.post(
        f"/welcome/{token}", data={"name": "Ada", "email": "ada@example.com", "password": PASSWORD}
    )
    assert made.headers["location"] == "/"
    assert "Ada" in client.get("/").text
    assert client.get(f"/welcome/{token}").status_code == 404


def test_a_form_of_another_page_does_nothing(person: TestClient) -> None:
    token = person.headers.pop("x-form-token")
    assert person.post("/sign-out").status_code == 403
    assert person.post("/sign-out", data={"form_token": "0" * 32}).status_code == 403
    assert person.get("/").status_code == 200
    assert person.post("/sign-out", data={"form_token": token}).status_code == 303
    assert person.get("/").status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_of_another_site_does_nothing(person: TestClient, headers: dict[str, str]) -> None:
    assert person.post("/sign-out", headers=headers).status_code == 403
    assert person.get("/").status_code == 200


def test_a_mail_program_still_unsubscribes_from_anywhere(client: TestClient) -> None:
    assert client.post("/u/x", headers={"Origin": "https://mail.example"}).status_code == 200


def test_over_https_the_cookie_is_tied_to_the_host(app: Pullquote, person: TestClient) -> None:
    settings = app.settings.model_copy(update={"base_url": "https://ledger.example"})
    visitors = Visitors(type(app)(**{**app.__dict__, "settings": settings}))
    assert visitors.cookie == "__Host-pullquote"
