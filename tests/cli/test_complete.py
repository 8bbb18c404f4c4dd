import pytest
from typer.testing import CliRunner

from scheduler.cli._app import app
from tests.cli.conftest import Pullquote


def _offered(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """What bash is offered for the last of `words`."""
    variables = {
        "_PULLQUOTE_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(["pullquote", *words]),
        "COMP_CWORD": str(len(words)),
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    said = CliRunner().invoke(app, [], prog_name="pullquote").stdout.split()
    for name in variables:
        monkeypatch.delenv(name)
    return said


def test_names_and_numbers_complete(connected: Pullquote, monkeypatch: pytest.MonkeyPatch) -> None:
    connected("lists", "create", "Readers")
    connected("queue", "add", "1", "--channel", "us")
    assert _offered(monkeypatch, "channels", "check", "u") == ["us"]
    assert _offered(monkeypatch, "channels", "add", "ma") == ["mailpit", "mastodon"]
    assert _offered(monkeypatch, "articles", "show", "") == ["1"]
    assert "1" in _offered(monkeypatch, "preview", "")
    assert _offered(monkeypatch, "queue", "show", "") == ["1"]
    assert _offered(monkeypatch, "lists", "show", "R") == ["Readers"]
    assert "queue" in _offered(monkeypatch, "q")


def test_there_is_nothing_to_offer_without_a_database(
    bare: Pullquote, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _offered(monkeypatch, "channels", "check", "") == []
    assert list(bare.folder.iterdir()) == []
