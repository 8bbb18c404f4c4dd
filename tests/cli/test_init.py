import stat
from pathlib import Path

import pytest

from scheduler.cli.init import machine_zone
from tests.cli.conftest import Pullquote


def test_makes_the_database_the_key_and_a_workspace_and_says_what_is_next(bare: Pullquote) -> None:
    said = bare("init", "--name", "The Ledger", "--zone", "Asia/Tokyo", "--language", "de").stdout
    assert "queue.db, pullquote.key, the workspace “The Ledger” (Asia/Tokyo, de)" in said
    assert "1. pullquote add" in said
    assert "2. pullquote channels add" in said
    assert "3. pullquote run" in said
    assert stat.S_IMODE(Path("pullquote.key").stat().st_mode) == 0o600


def test_writes_nothing_twice(pullquote: Pullquote) -> None:
    before = {path: path.read_bytes() for path in (Path("pullquote.key"), Path("pullquote.toml"))}
    assert "nothing was changed" in pullquote("init", "--name", "Another").stdout
    assert {path: path.read_bytes() for path in before} == before
    assert pullquote.json("workspace")["name"] == "The Ledger"


def test_an_unknown_zone_makes_nothing(bare: Pullquote) -> None:
    assert "is not a time zone" in bare.refused("init", "--zone", "Amsterdam")
    assert list(bare.folder.iterdir()) == []


def test_guesses_the_zone_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", ":America/New_York")
    assert machine_zone() == "America/New_York"
    monkeypatch.setenv("TZ", "Nowhere/Land")
    monkeypatch.setattr(Path, "is_symlink", lambda _self: False)
    assert machine_zone() == "UTC"


def test_the_workspace_is_shown_and_changed(pullquote: Pullquote) -> None:
    pullquote(
        "workspace", "--address", "1 Quay", "--colour", "accent=#00aa77", "--zone", "UTC", "--language", "nl"
    )
    found = pullquote.json("workspace")
    assert found == {
        "name": "The Ledger",
        "zone": "UTC",
        "language": "nl",
        "brand": {"name": "The Ledger", "address": "1 Quay", "accent": "#00aa77"},
    }
    pullquote("workspace", "--colour", "accent=")
    assert "accent" not in pullquote.json("workspace")["brand"]
    assert "1 Quay" in pullquote("workspace").stdout
    assert "write it as #rrggbb" in pullquote.refused("workspace", "--colour", "accent=red")
    pullquote("workspace", "--colour", "red", code=2)


def test_a_key_that_is_gone_is_not_replaced_in_silence(pullquote: Pullquote) -> None:
    """A new one would open no channel, and no unsubscribe link of an old mail."""
    key = Path("pullquote.key")
    key.unlink()
    for command in (["articles"], ["channels"], ["run"]):
        assert "put it back" in pullquote.refused(*command)
    assert not key.exists()
    pullquote("init")
    pullquote("articles")
