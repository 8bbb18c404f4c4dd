from pathlib import Path

import pytest

from tests.cli.conftest import Pullquote

SECRET = "c2VjcmV0" * 5 + "c2U="


def _findings(pullquote: Pullquote, code: int) -> dict[str, dict[str, str]]:
    return {found["name"]: found for found in pullquote.json("doctor", code=code)["findings"]}


def test_a_fresh_installation_is_well(pullquote: Pullquote) -> None:
    found = _findings(pullquote, 0)
    assert {"SQLite", "schema", "key", "fonts", "templates", "time zones", "workspace", "daemon"} <= set(
        found
    )
    assert not [each for each in found.values() if each["level"] == "wrong"]
    assert found["key"]["says"] == "pullquote.key, mode 600"


def test_shows_each_setting_with_where_it_comes_from(
    pullquote: Pullquote, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULLQUOTE_SENDERS", "2")
    found = {each["name"]: each for each in pullquote.json("--database", "queue.db", "doctor")["settings"]}
    assert found["senders"] == {"name": "senders", "value": "2", "origin": "environment"}
    assert found["allow_networks"]["origin"] == "pullquote.toml"
    assert found["database"]["origin"] == "option"
    assert found["port"] == {"name": "port", "value": "8080", "origin": "default"}


def test_a_key_in_the_environment_is_not_shown(pullquote: Pullquote, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULLQUOTE_KEY", SECRET)
    result = pullquote("doctor")
    assert SECRET not in result.output
    assert "••• (set)" in result.stdout


def test_before_init_it_says_so_and_makes_nothing(bare: Pullquote) -> None:
    assert _findings(bare, 1)["database"]["advice"] == "pullquote init"
    assert list(bare.folder.iterdir()) == []


def test_finds_what_is_wrong(connected: Pullquote) -> None:
    Path("pullquote.key").chmod(0o644)
    connected("queue", "add", "1", "--channel", "us", "--at", "in 1 minute")
    connected("channels", "pause", "us", "--why", "a quiet week")
    found = _findings(connected, 1)
    assert found["us"]["says"] == "paused: a quiet week"
    assert found["key"]["advice"] == "chmod 600 pullquote.key"
    connected("channels", "resume", "us")
    connected.clock.advance(hours=1)
    found = _findings(connected, 1)
    assert found["overdue"]["level"] == "wrong"
    assert found["daemon"]["level"] == "wrong"
    assert "✗" in connected("doctor", code=1).stdout


def test_a_key_that_is_gone_is_not_made_anew(pullquote: Pullquote) -> None:
    Path("pullquote.key").unlink()
    assert _findings(pullquote, 1)["key"]["level"] == "wrong"
    assert not Path("pullquote.key").exists()


def test_a_broken_template_is_named_with_its_line(pullquote: Pullquote) -> None:
    Path("mine/posts").mkdir(parents=True)
    Path("mine/posts/quote.txt.j2").write_text("{{ quote.text }\n")
    Path("pullquote.toml").write_text('templates = "mine"\n')
    found = _findings(pullquote, 1)["templates"]
    assert "quote.txt.j2, line 1" in found["says"]
