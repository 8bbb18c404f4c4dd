"""JSON of mails: what all readers share is written once, and comes out as if it had been written for each."""

from __future__ import annotations

import json
from enum import StrEnum
from html import escape

import pytest

from scheduler.domain.message import filled
from scheduler.transport import bodies
from scheduler.transport.bodies import dumped

PAGE = '<p title="“Zürich”">\\ %%PQ:name%%,\n\t%%PQ:name%%: %%PQ:url%%</p>'


class Word(StrEnum):
    YES = "yes"


@pytest.fixture(params=["orjson", "json"])
def _written_by(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "json":
        monkeypatch.setattr(bodies, "orjson", None)


@pytest.mark.usefixtures("_written_by")
@pytest.mark.parametrize("name", ["", "Ann", '"Ann" \\ <b>', "A\nn\u2028n", "😀", "\x00\x1f"])
def test_a_filled_text_is_written_like_any_other(name: str) -> None:
    page = filled(PAGE, {"name": name, "url": "https://example.com/?a=1&b=2"}, escape)
    assert dumped([{"html": page, "plain": str(page)}]) == dumped([{"html": "" + page, "plain": str(page)}])
    assert json.loads(dumped([page])) == [str(page)]


@pytest.mark.usefixtures("_written_by")
def test_what_is_unusual_is_written_all_the_same() -> None:
    assert dumped({"word": Word.YES, "number": 2**70}) == b'{"word":"yes","number":1180591620717411303424}'
