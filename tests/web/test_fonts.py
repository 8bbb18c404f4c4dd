from __future__ import annotations

import pytest
import uharfbuzz as hb
from fastapi.testclient import TestClient

from scheduler.web import fonts, static_files


@pytest.mark.parametrize("name", fonts.CUTS)
def test_a_font_of_the_pages_is_small_and_keeps_its_weights(client: TestClient, name: str) -> None:
    answer = client.get(f"/static/fonts/{name}")
    assert answer.headers["content-type"] == "font/ttf"
    assert "immutable" in answer.headers["cache-control"]
    assert int(answer.headers["content-length"]) < 48 * 1024
    face = hb.Face(answer.content)
    assert [(axis.tag, axis.min_value, axis.max_value) for axis in face.axis_infos] == [("wght", 400, 700)]
    assert {ord(each) for each in "aßő“”’–…→€"} <= set(face.unicodes)


def test_the_sheet_names_the_fonts_that_there_are(client: TestClient) -> None:
    sheet = (static_files.FOLDER / "app.css").read_text("utf-8")
    assert all(f"/static/fonts/{name}" in sheet for name in fonts.CUTS)
    assert client.get("/static/fonts/none.ttf").status_code == 404
