from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from fastapi.testclient import TestClient

from tests.web.test_articles import article

__all__ = ["article"]


def test_a_speaker_is_corrected_and_it_is_undone(person: TestClient, article: str) -> None:
    answer = person.post(f"{article}/quotes/2", data={"speaker": "Ines <Carvalho>", "used": "1"})
    page = person.get(answer.headers["location"]).text
    assert "<strong>Ines &lt;Carvalho&gt;</strong>" in page
    assert "corrected from Ines Carvalho" in page
    assert '<option value="Ines &lt;Carvalho&gt;">' in page
    assert "Quote 2 is corrected" in page
    assert re.search(rf'action="{article}/quotes/2">.*Undo</button>', page)
    before = dict(parse_qsl(urlsplit(answer.headers["location"]).query, keep_blank_values=True))
    person.post(f"{article}/quotes/{before.pop('quote')}", data=before)
    assert "corrected from" not in person.get(article).text


def test_a_quote_is_left_out_and_used_again(person: TestClient, article: str) -> None:
    person.post(f"{article}/quotes/2", data={"used": ""})
    page = person.get(article).text
    assert page.count("· left out") == 1
    assert page.count(">Use it<") == 1
    person.post(f"{article}/pieces", data={"again": "1"})
    person.post(f"{article}/quotes/2", data={"used": "1"})
    assert "left out" not in person.get(article).text


def test_what_cannot_be_is_said_on_the_article(person: TestClient, article: str) -> None:
    answer = person.post(f"{article}/quotes/2", data={"used": "1", "first": "9", "last": "9"})
    assert answer.status_code == 422
    assert re.search(r"has \d+ sentences", answer.text)
    assert person.post(f"{article}/quotes/99", data={"used": "1"}).status_code == 422


def test_an_address_that_was_made_up_offers_no_undo(person: TestClient, article: str) -> None:
    person.get(article)  # what was said is read
    page = person.get(f"{article}?quote=2&speaker=Mallory&used=1&first=1&last=0").text
    assert "Undo" not in page
