from __future__ import annotations

from dataclasses import fields
from pathlib import Path

from scheduler.render.context import IssueContext, ItemContext, PostContext, QuoteContext
from scheduler.render.reference import contexts, page

PAGE = Path(__file__).parents[2] / "docs/reference/templates.md"


def test_the_reference_says_what_the_templates_know() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "python -m scheduler.render.reference > the page"


def test_every_variable_of_every_context_has_its_help() -> None:
    assert {QuoteContext, PostContext, ItemContext, IssueContext} <= set(contexts())
    for each in contexts():
        assert (each.__doc__ or "").count(f"{each.__name__}(") == 0, (
            "a context says which templates it is for"
        )
        assert all(variable.metadata.get("help") for variable in fields(each))
