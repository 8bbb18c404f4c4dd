"""A reference that lies fails here."""

from __future__ import annotations

from pathlib import Path

from scheduler.channels import kinds
from scheduler.channels._docs import reference

PAGE = Path(__file__).resolve().parents[2] / "docs/reference/channels.md"


def test_the_reference_is_what_the_code_declares() -> None:
    assert PAGE.read_text() == reference(), (
        "run: python -m scheduler.channels._docs > docs/reference/channels.md"
    )


def test_the_reference_names_every_kind_and_field() -> None:
    page = reference()
    for kind, cls in kinds().items():
        assert f"\n## {kind}\n" in page
        assert cls.docs in page
        assert all(f"| `{name}` |" in page for name in cls.Config.model_fields)


def test_says_what_may_be_typed() -> None:
    page = reference()
    assert "| `visibility` | one of `public`, `unlisted`, `private` |" in page
    assert "| `signing_secret` | secret |" in page
    assert "| `headers` | names, each with a secret |" in page
    assert "300 graphemes and 3000 bytes" in page
