"""The body template of a webhook cannot be broken out of, and says what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.channels._template import fill, read

TEXTS, LISTS = {"text", "link"}, {"images"}


def filled(template: str, **values: Any) -> Any:
    return fill(read(template, texts=TEXTS, others=LISTS), values)


def test_fills_texts_and_whole_values() -> None:
    template = '{"a": "{{text}}", "b": ["see {{ link }}!", "{{images}}", 1, null, true], "c": {}}'
    assert filled(template, text="T", link="L", images=[{"alt": ""}]) == {
        "a": "T",
        "b": ["see L!", [{"alt": ""}], 1, None, True],
        "c": {},
    }


@given(st.text())
def test_no_value_breaks_out_of_its_place(text: str) -> None:
    shape = filled('{"a": "{{text}}", "b": "<{{text}}>"}', text=text)
    assert json.loads(json.dumps(shape)) == {"a": text, "b": f"<{text}>"}


def test_a_value_is_not_read_as_a_template() -> None:
    assert filled('["{{text}} {{link}}"]', text="{{link}}", link="L") == ["{{link}} L"]


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("hello", "not JSON"),
        ('{"a": {{text}}}', "write placeholders as texts"),
        ('{"a": "{{headline}}"}', r"no placeholder \{\{headline\}\}: choose from images, link, text"),
        ('{"a": "{{text"}', "does not end"),
        ('{"a": "{{text | upper}}"}', "does not end"),
        ('{"a": "{% if text %}{{}}"}', "does not end"),
        ('{"{{text}}": 1}', "only values can be placeholders"),
        ('{"a": "all: {{images}}"}', "must stand alone"),
        ("[" * 30 + "]" * 30, "too deep"),
        ("[" * 100_000 + "]" * 100_000, "too deep"),
    ],
)
def test_says_what_is_wrong(template: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read(template, texts=TEXTS, others=LISTS)
