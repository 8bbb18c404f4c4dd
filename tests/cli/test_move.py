"""pullquote move-to: what people see of a move."""

from __future__ import annotations

from tests.cli.conftest import Pullquote


def test_moves_and_says_what_to_do_next(pullquote: Pullquote) -> None:
    assert "Nothing is moving" in pullquote("move-to", "--cancel").output
    planned = pullquote("move-to", "new.db", "--dry-run").output
    assert "Nothing was changed" in planned
    said = pullquote("move-to", "new.db").output
    assert "set PULLQUOTE_DATABASE" in said
    assert "pullquote.key" in said
    assert "moved there before" in pullquote("move-to", "new.db").output
    assert "has moved to sqlite:///new.db" in pullquote.refused("run", "--no-web")
    assert "has moved to" in pullquote.refused("workspace", "--language", "de")
    assert pullquote.json("--database", "new.db", "workspace")["name"]


def test_what_cannot_be_is_one_sentence(pullquote: Pullquote) -> None:
    assert "Name the new database" in pullquote.refused("move-to")
    assert "no database that Pullquote knows" in pullquote.refused("move-to", "mysql://localhost/x")
    assert "secret" not in pullquote.refused("move-to", "postgresql://us:secret@127.0.0.1:1/x")
