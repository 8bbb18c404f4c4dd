from __future__ import annotations

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from scheduler.bootstrap import Pullquote
from scheduler.store import pieces
from tests import world
from tests.conftest import Clock

EXAMPLE = Path(__file__).parents[2] / "examples" / "interview.md"


@pytest.fixture
def card(app: Pullquote, person: TestClient, clock: Clock) -> str:
    with app.writing() as session:
        world.channel(session, clock.now, "mastodon", server="https://social.example", token="t")
    person.post("/articles", files={"file": ("interview.md", EXAMPLE.read_bytes(), "text/markdown")})
    return "/pieces/1"


def photo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (600, 400), (20, 90, 120)).save(file, "JPEG")
    return file.getvalue()


def content(app: Pullquote) -> pieces.Content:
    with app.reading() as session:
        return pieces.content(pieces.get(session, 1))


def test_a_look_is_picked_by_picture(app: Pullquote, person: TestClient, card: str) -> None:
    page = person.get(f"{card}/look?channel=1").text
    assert 'type="radio" name="template" value="plain" checked' in page
    assert f'src="{card}/thumb/quiet/square?v=1" alt="" loading="lazy"' in page
    small = person.get(f"{card}/thumb/quiet/square?v=1")
    assert small.headers["content-type"] == "image/webp"
    data = {"template": "quiet", "size": "story", "channel": 1}
    kept = person.post(f"{card}/look", data=data, follow_redirects=True)
    assert "The card looks like that now." in kept.text
    assert "Quiet, story" in kept.text
    assert (content(app).template, content(app).size) == ("quiet", "story")


def test_a_look_that_is_none_is_refused(app: Pullquote, person: TestClient, card: str) -> None:
    answer = person.post(f"{card}/look", data={"template": "nonsense", "size": "square"})
    assert answer.status_code == 422
    assert "there is no card template" in answer.text.lower()
    assert person.get(f"{card}/thumb/nonsense/square").status_code == 404


def test_a_photo_of_ones_own_and_what_must_stay_in_sight(
    app: Pullquote, person: TestClient, card: str
) -> None:
    person.post(f"{card}/look", data={"template": "photo", "size": "square"})
    person.post(f"{card}/photo", files={"file": ("sea.jpg", photo(), "image/jpeg")})
    digest = content(app).picture
    assert person.get(f"{card}/shot/{digest}").headers["content-type"] == "image/webp"
    person.post(f"{card}/photo", data={"digest": digest, "left": 20, "top": 80})
    assert content(app).focus == (0.2, 0.8)
    assert "your own" in person.get(f"{card}/look").text
    assert person.get(f"{card}/shot/{'0' * 64}").status_code == 404


def test_what_is_no_photo_is_refused_in_a_sentence(person: TestClient, card: str) -> None:
    person.post(f"{card}/look", data={"template": "photo", "size": "square"})
    answer = person.post(f"{card}/photo", files={"file": ("sea.jpg", b"no photo", "image/jpeg")})
    assert answer.status_code == 422
    assert "sea.jpg" in answer.text


def test_alternative_text_is_counted_and_kept(app: Pullquote, person: TestClient, card: str) -> None:
    page = person.get(card).text
    assert "/1,500 characters" in page
    assert "made by Pullquote" in page
    kept = person.post(f"{card}/alt", data={"alt": "A grey piano."}, follow_redirects=True).text
    assert "13/1,500 characters" in kept
    assert "made by Pullquote" not in kept
    assert content(app).alts == ("A grey piano.",)
