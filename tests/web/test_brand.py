from __future__ import annotations

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from scheduler.bootstrap import Pullquote
from scheduler.store import workspaces
from tests import world
from tests.conftest import Clock

EXAMPLE = Path(__file__).parents[2] / "examples" / "interview.md"


def picture(size: tuple[int, int] = (64, 32)) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", size, "#a8391b").save(data, "PNG")
    return data.getvalue()


def upload(person: TestClient, data: bytes, **fields: str):
    files = {"file": ("logo.png", data, "image/png")}
    return person.post("/brand/pictures", files=files, data={"look": "logo", **fields}, follow_redirects=True)


def test_colours_and_name_are_kept_or_refused_in_a_sentence(app: Pullquote, person: TestClient) -> None:
    fields = {"name": "The Ledger", "accent": "#a8391b", "zone": "Europe/Oslo", "language": "nb"}
    assert "The brand is changed." in person.post("/brand", data=fields, follow_redirects=True).text
    with app.reading() as session:
        row = workspaces.get(session, 1)
    assert (row.brand["accent"], row.zone, row.language) == ("#a8391b", "Europe/Oslo", "nb")
    wrong = person.post("/brand", data=fields | {"accent": "red"})
    assert wrong.status_code == 422
    assert "no colour" in wrong.text
    nowhere = person.post("/brand", data=fields | {"zone": "Mars/Base"})
    assert "is not a time zone" in nowhere.text


def test_a_logo_is_kept_shown_and_taken_away(person: TestClient) -> None:
    page = upload(person, picture()).text
    assert 'src="/brand/files/1"' in page
    assert person.get("/brand/files/1").headers["content-type"].startswith("image/")
    gone = person.post("/brand/remove", data={"look": "logo", "name": ""}, follow_redirects=True).text
    assert 'src="/brand/files/1"' not in gone
    assert person.get("/brand/files/1").status_code == 404


@pytest.mark.parametrize(
    ("data", "fields", "complaint"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, "logo.png"),
        (b"", {}, "logo.png"),
        (None, {"look": "portrait"}, "Say whose portrait it is"),
        (None, {"look": "photo"}, "Choose what the picture is"),
        (None, {"look": "background", "name": "Sea", "at": "left"}, "is no place in a photo"),
    ],
)
def test_what_is_no_picture_of_a_brand_is_refused(
    person: TestClient, data: bytes | None, fields: dict[str, str], complaint: str
) -> None:
    answer = upload(person, picture() if data is None else data, **fields)
    assert answer.status_code == 422
    assert complaint in answer.text


def test_templates_are_shown_with_the_workspaces_own_quotes(person: TestClient) -> None:
    assert "Add an article" in person.get("/brand").text
    person.post("/articles", files={"file": ("interview.md", EXAMPLE.read_bytes(), "text/markdown")})
    page = person.get("/brand?size=wide").text
    assert 'src="/brand/cards/plain/wide?article=1"' in page
    card = person.get("/brand/cards/plain/wide?article=1")
    assert card.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(card.content)).size == (1200, 675)
    assert person.get("/brand/cards/nonsense/wide?article=1").status_code == 404
    assert person.get("/brand/cards/plain/wide?article=9").status_code == 404


def test_another_workspaces_brand_is_not_there(app: Pullquote, person: TestClient, clock: Clock) -> None:
    upload(person, picture())
    with app.writing() as session:
        article = world.article(session, clock.now)
        article.workspace_id = world.other_workspace(session, clock.now)
        session.add(article)
    assert person.get(f"/brand/cards/plain/square?article={article.id}").status_code == 404
