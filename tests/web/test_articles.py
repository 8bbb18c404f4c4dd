from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from scheduler.bootstrap import Pullquote
from scheduler.domain.delivery import Status
from scheduler.store import queue
from tests import world
from tests.conftest import Clock

EXAMPLE = Path(__file__).parents[2] / "examples" / "interview.md"


@pytest.fixture
def article(person: TestClient) -> str:
    """The address of the example's page."""
    files = {"file": ("interview.md", EXAMPLE.read_bytes(), "text/markdown")}
    return str(person.post("/articles", files=files).headers["location"])


@pytest.fixture
def wire(app: Pullquote, person: TestClient, clock: Clock) -> int:
    with app.writing() as session:
        row = world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")
        world.slots(session, row, "daily 09:00 18:00")
        return row.id


def test_an_article_comes_with_its_quotes_in_place(person: TestClient, article: str) -> None:
    page = person.get(article).text
    assert "Mara Ellison" in page
    assert '<a href="#quote-2">A piano never really dies, it waits,</a>' in page
    assert "<strong>Ines Carvalho</strong>" in page
    assert "used in the headline" in page


def test_a_pasted_text_is_an_article(person: TestClient) -> None:
    answer = person.post("/articles", data={"text": "# Rain\n\n“It rains <b>today</b>,” said Ada Quist."})
    page = person.get(answer.headers["location"]).text
    assert "Ada Quist" in page
    assert "<b>today" not in page


def test_the_same_article_is_not_added_twice(person: TestClient, article: str) -> None:
    files = {"file": ("again.md", EXAMPLE.read_bytes(), "text/markdown")}
    answer = person.post("/articles", files=files, follow_redirects=True)
    assert str(answer.url).endswith(article)
    assert "You had this article already" in answer.text


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({}, "Give an address, a text or a file."),
        ({"address": "http://127.0.0.1:9/"}, "is not a public address"),
        ({"address": "nonsense"}, "nonsense"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_typed_is_lost(
    person: TestClient, data: dict[str, str], complaint: str
) -> None:
    answer = person.post("/articles", data=data | {"text": "" if not data else "kept"})
    assert answer.status_code == 422
    assert complaint in answer.text
    assert not data or ">kept</textarea>" in answer.text


def test_from_pieces_to_dates_and_back(app: Pullquote, person: TestClient, article: str, wire: int) -> None:
    assert 'id="pieces">Pieces <span class="count">11' in person.get(article).text
    planned = person.get(f"{article}/schedule").text
    assert "Schedule 10 deliveries" in planned
    assert "Mastodon does not send mail" in planned
    with app.reading() as session:
        assert queue.counts(session) == {}
    scheduled = person.post(f"{article}/schedule", data={"channel": [wire]}, follow_redirects=True)
    assert "10 deliveries are scheduled." in scheduled.text
    numbers = re.search(r'name="deliveries" value="([\d-]+)"', scheduled.text)
    assert numbers
    undone = person.post(f"{article}/take-back", data={"deliveries": numbers[1]}, follow_redirects=True)
    assert "10 deliveries are taken back." in undone.text
    with app.reading() as session:
        assert queue.counts(session) == {Status.CANCELLED: 10}


def test_a_piece_is_shown_as_the_network_will_show_it(
    app: Pullquote, person: TestClient, article: str, wire: int
) -> None:
    page = person.get("/pieces/1").text
    assert "/500" in page  # in the network's own unit
    assert f'src="/pieces/1/image/{wire}/1?v=1"' in page
    image = person.get(f"/pieces/1/image/{wire}/1")
    assert image.headers["content-type"] == "image/png"
    assert image.content.startswith(b"\x89PNG")
    assert person.get(f"/pieces/1/image/{wire}/2").status_code == 404


def test_an_issue_is_shown_in_a_frame_in_which_nothing_runs(
    app: Pullquote, person: TestClient, article: str, clock: Clock
) -> None:
    person.post(f"{article}/pieces")
    values = {"server": "http://127.0.0.1:8025", "from_address": "news@ledger.example", "from_name": "Ledger"}
    with app.writing() as session:
        mail = world.channel(session, clock.now, "mailpit", **values)
    page = person.get("/pieces/11").text
    assert f'<iframe class="mail" src="/pieces/11/mail/{mail.id}" title="The mail" sandbox>' in page
    policy = person.get(f"/pieces/11/mail/{mail.id}").headers["content-security-policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy


@pytest.mark.parametrize(
    "path", ["/articles/1", "/articles/1/schedule", "/pieces/1", "/articles/x", "/pieces/x"]
)
def test_another_workspaces_articles_are_not_there(
    app: Pullquote, person: TestClient, clock: Clock, path: str
) -> None:
    with app.writing() as session:
        piece = world.post(session, clock.now)
        article = world.article_of(session, piece)
        article.workspace_id = world.other_workspace(session, clock.now)
        session.add(article)
    assert person.get(path).status_code == 404
