"""What strangers and other people's accounts try, on every route that there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.accounts import Role
from scheduler.services import schedule
from scheduler.store.tables import WorkspaceRow
from scheduler.store.tables_people import MembershipRow
from scheduler.web import create_app
from tests import world
from tests.conftest import Clock

OPEN = ("/u/", "/i/", "/health", "/sign-in", "/welcome/", "/static")
OWN = ("/sign-out", "/account/", "/pieces/1/measure")  # of oneself, or nothing is changed by it
HUGE = str(10**24)
FIELDS = ("channel", "piece", "delivery", "article", "chosen", "revision", "to")
FORM = {
    "slot": "2026-11-26T09:00",
    "text": "x",
    "do": "cancel",
    "look": "logo",
    "role": "headline",
    "day": "2026-11-26",
    "act": "add-1",
    "part": "x",
    "template": "plain",
    "size": "square",
}


def routes(app: Pullquote) -> list[tuple[str, str]]:
    """Method and path of each."""
    return sorted(
        {(m, path) for path, methods in _found(create_app(app).routes) for m in methods if m != "HEAD"}
    )


def _found(routes: Any) -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _found(inner.routes)
        elif getattr(route, "methods", None):
            yield route.path, route.methods


def filled(path: str, value: str = "1") -> str:
    return re.sub(r"\{\w+\}", value, path)


def closed(app: Pullquote, method: str | None = None) -> list[tuple[str, str]]:
    found = [(m, path) for m, path in routes(app) if not path.startswith(OPEN) and method in {None, m}]
    assert len(found) > 20
    return found


def made(app: Pullquote, clock: Clock) -> None:
    """An article, a piece, a channel and a delivery: number 1 of each."""
    with app.writing() as session:
        piece, channel = world.post(session, clock.now), world.channel(session, clock.now)
        schedule.queue_piece(session, piece, channel, now=clock.now, at=clock.now)


def numbers(value: str) -> dict[str, str]:
    return FORM | dict.fromkeys(FIELDS, value)


def test_nobody_comes_in(app: Pullquote, client: TestClient) -> None:
    for method, path in closed(app):
        answer = client.request(method, filled(path))
        assert (answer.status_code, answer.headers.get("location", "")[:8]) == (303, "/sign-in"), path


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUTHOR])
def test_who_may_only_look_changes_nothing(
    app: Pullquote, person: TestClient, clock: Clock, role: Role
) -> None:
    made(app, clock)
    with app.writing() as session:
        row = session.get(MembershipRow, 1)
        assert row
        row.role = role
    for _, path in closed(app, "POST"):
        if not filled(path).startswith(OWN):
            files = {"file": b"x"} if path.startswith("/brand/") else None
            answer = person.post(filled(path), data=numbers("1"), files=files)
            assert answer.status_code == 403, path
            assert f"Your role here is {role}" in answer.text


def test_another_workspace_is_not_here(app: Pullquote, person: TestClient, clock: Clock) -> None:
    made(app, clock)
    with app.writing() as session:  # theirs is the older one now: number 1 of everything is not
        session.add(WorkspaceRow(name="Theirs", created_at=clock.now))
        session.flush()
        for table in ("article", "channel"):
            session.connection().exec_driver_sql(f"UPDATE {table} SET workspace_id = 2")
    numbered = [
        (m, path) for m, path in closed(app) if re.search(r"\{(article|channel|piece|delivery)_id\}", path)
    ]
    assert len(numbered) > 20
    for method, path in numbered:
        name = filled(path).replace("/1/1", "/1/now") if path.endswith("{verb}") else filled(path)
        answer = person.request(method, name, data=numbers("1") if method == "POST" else None)
        assert answer.status_code == 404, (method, path)
    for path in ("/calendar/move", "/calendar/fill"):
        assert "There is no" in person.post(path, data=numbers("1")).text
    assert person.get("/brand/cards/plain/square?article=1").status_code == 404
    with app.reading() as session:
        assert session.connection().exec_driver_sql("SELECT status FROM delivery").all() == [("scheduled",)]


@pytest.mark.parametrize("number", [HUGE, str(2**31), "-1", "0", "x", "１"])
def test_a_number_that_is_none_is_answered(app: Pullquote, person: TestClient, number: str) -> None:
    for method, path in closed(app):
        if "/live" in path or path.startswith("/sign-out"):
            continue
        asked = {"page": number, "article": number, "channel": number, "done": number, "day": number}
        for name in {filled(path, number), filled(path)}:
            data = numbers(number) | {"deliveries": number} if method == "POST" else None
            answer = person.request(method, name, params=asked, data=data)
            assert answer.status_code < 500, (method, name)


def test_a_zero_character_is_refused_everywhere(app: Pullquote, person: TestClient, clock: Clock) -> None:
    made(app, clock)
    for method, path in closed(app, "POST"):
        if not path.startswith("/sign-out"):
            answer = person.request(method, filled(path), data=numbers("1") | {"name": "a\0b"})
            assert answer.status_code == 422, path
    assert person.get("/queue?channel=a%00b").status_code == 422
    assert person.get("/channels/new/a%00b").status_code == 422


def test_a_day_cannot_split_a_header(app: Pullquote, person: TestClient, clock: Clock) -> None:
    made(app, clock)
    with app.writing() as session:
        session.connection().exec_driver_sql("UPDATE delivery SET status = 'sent'")
    for day in ("x\r\nSet-Cookie: pullquote=mine", "2026-11-2\u0666"):
        answer = person.post("/calendar/move", data={"delivery": "1", "day": day})
        assert answer.status_code == 204
        assert "set-cookie" not in answer.headers
        assert answer.headers["location"].isascii()


def test_a_kind_of_file_that_is_none_is_answered(person: TestClient) -> None:
    assert person.post("/brand/remove", data={"look": "nonsense"}).status_code == 404


def test_nothing_chosen_is_said_where_it_was_asked(app: Pullquote, person: TestClient, clock: Clock) -> None:
    made(app, clock)
    answer = person.post("/calendar/bulk", data={"do": "cancel", "back": "/calendar?view=list&status=sent"})
    assert answer.headers["location"] == "/calendar?view=list&status=sent"
    assert "Nothing is chosen" in person.get("/calendar?view=list").text
    elsewhere = person.post("/calendar/bulk", data={"do": "cancel", "back": "//evil.example"})
    assert elsewhere.headers["location"] == "/"
    assert "No channel is chosen" in person.post("/articles/1/schedule").text
