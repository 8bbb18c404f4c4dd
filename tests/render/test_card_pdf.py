"""The frames of a carousel as the pages of a PDF."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from scheduler.domain.errors import PullquoteError
from scheduler.render.card_pdf import Page, bind
from scheduler.render.output import Card

HOSTILE = '#quote("x") ]] $1 \\ " <b>&{{7*7}}'


def page(colour: str, alt: str, size: tuple[int, int] = (400, 300)) -> Page:
    data = io.BytesIO()
    Image.new("RGB", size, colour).save(data, "PNG")
    return Page(Card(data.getvalue(), "image/png", *size), alt)


def made(*pages: Page, title: str = "A bridge") -> bytes:
    return bind(pages, title=title, author="The Ledger", language="en-GB")


def test_each_frame_is_a_page_of_its_size() -> None:
    pdf = made(page("red", "one"), page("blue", "two", (200, 400)))
    assert pdf.startswith(b"%PDF-")
    assert re.findall(rb"/MediaBox\[([^\]]*)\]", pdf) == [b"0 0 300 225", b"0 0 150 300"]


def test_the_same_frames_make_the_same_bytes() -> None:
    assert made(page("red", "one")) == made(page("red", "one"))
    assert made(page("red", "one")) != made(page("red", "two"))


def test_words_are_words_and_no_program() -> None:
    assert made(page("red", HOSTILE), title=HOSTILE).startswith(b"%PDF-")


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduler.render.card_pdf.find_spec", lambda name: None)
    with pytest.raises(PullquoteError, match=r"install pullquote\[pdf\]"):
        made(page("red", "one"))
